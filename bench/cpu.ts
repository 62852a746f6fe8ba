/**
 * `npm run bench:cpu`: shows where a Worker's CPU goes under the benchmark's load, by the inspector's sampling
 * profiler.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choiceFlag, commandFlags, countFlag } from "../scripts/lib/command/command-flags.ts";
import { fromInvocationFolder } from "../scripts/lib/command/invocation.ts";
import { freePort } from "../scripts/lib/server/ports.ts";
import { formatTable } from "../scripts/lib/command/table.ts";
import { floor } from "./floor/system.ts";
import { applyLoad } from "./measures/apply-load.ts";
import type { SystemUnderTest } from "./serving/serving.ts";
import { stockwarden } from "./stockwarden/system.ts";
import { steadyTrigger } from "./workload/workload.ts";

const ITEMS = 50;
const CONNECTIONS = 16;
/** Enough to touch every item and to let the compiler optimise the path. */
const WARM_UP_REQUESTS = 1_000;
/** Fine enough for steps of a few microseconds that run thousands of times. */
const SAMPLING_MICROSECONDS = 200;
const SHOWN = 40;

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The part of the inspector's protocol that is needed: call and answer. */
class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #last = 0;

  static async open(port: number): Promise<Inspector> {
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
      id: string;
      webSocketDebuggerUrl: string;
    }[];
    const target = targets.find(({ id }) => id.includes("worker")) ?? targets[0];
    if (target === undefined) throw new Error("the inspector lists no Worker");
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", reject, { once: true });
    });
    return new Inspector(socket);
  }

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(String(data)) as { id?: number; result?: unknown };
      if (message.id === undefined) return;
      this.#waiting.get(message.id)?.(message.result);
      this.#waiting.delete(message.id);
    });
  }

  call(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const id = ++this.#last;
    const answered = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answered;
  }

  close(): void {
    this.#socket.close();
  }
}

const PARTS = ["request-path", "delivery", "whole", "floor"] as const;
const USAGE = `npm run bench:cpu [-- --requests 4000] [--of ${PARTS.join("|")}] [--out FILE.cpuprofile]
Shows which functions use the CPU time of a decision.
  --requests N   decisions to look at
  --of PART      request-path, unless it says another
  --out FILE     the profile as a browser's developer tools open it`;

const flags = commandFlags(USAGE, {
  requests: { type: "string", default: "4000" },
  of: { type: "string", default: "request-path" },
  out: { type: "string" },
});
const requests = countFlag("--requests", flags.requests);
const part = choiceFlag("--of", flags.of, PARTS);
const work = mkdtempSync(join(tmpdir(), "stockwarden-profile-"));
try {
  const inspectorPort = await freePort();
  const serving = await systemOf(part).start(join(work, "state"), { inspectorPort });
  await serving.prepare(0, ITEMS);
  const trigger = (n: number) => steadyTrigger(n % ITEMS, n);
  await applyLoad({ serving, connections: CONNECTIONS, until: { requests: WARM_UP_REQUESTS }, trigger });
  const inspector = await Inspector.open(inspectorPort);
  await inspector.call("Profiler.enable");
  await inspector.call("Profiler.setSamplingInterval", { interval: SAMPLING_MICROSECONDS });
  await inspector.call("Profiler.start");
  const load = await applyLoad({ serving, connections: CONNECTIONS, until: { requests }, trigger });
  const { profile } = (await inspector.call("Profiler.stop")) as { profile: Profile };
  inspector.close();
  await serving.kill();
  if (flags.out !== undefined) writeFileSync(fromInvocationFolder(flags.out), JSON.stringify(profile));
  print(profile, load.requests);
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exit(0);

function systemOf(name: (typeof PARTS)[number]): SystemUnderTest {
  const builds = join(work, "builds");
  return name === "floor" ? floor(builds) : stockwarden(name, builds, { names: "kept" });
}

function print(profile: Profile, requests: number): void {
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const own = new Map<string, number>();
  let busy = 0;
  profile.samples.forEach((id, index) => {
    const frame = frames.get(id)!;
    const name = frame.functionName === "" ? "(anonymous)" : frame.functionName;
    if (name === "(idle)") return;
    const spent = profile.timeDeltas[index] ?? 0;
    busy += spent;
    const key = `${name} ${frame.url.split("/").at(-1) ?? ""}:${frame.lineNumber + 1}`;
    own.set(key, (own.get(key) ?? 0) + spent);
  });
  console.log(`${requests} decisions; ${(busy / requests).toFixed(0)} microseconds each in this isolate\n`);
  console.log(
    formatTable(
      [{ title: "us/decision", align: "right" }, { title: "share", align: "right" }, { title: "function" }],
      [...own]
        .toSorted((a, b) => b[1] - a[1])
        .slice(0, SHOWN)
        .map(([name, spent]) => [(spent / requests).toFixed(1), `${((100 * spent) / busy).toFixed(1)} %`, name]),
    ),
  );
}
