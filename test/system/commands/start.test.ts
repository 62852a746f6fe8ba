import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort, isTaken } from "../../../scripts/lib/server/ports.ts";
import { localEnvPath, readEnvFile } from "../../../scripts/lib/server/local-settings.ts";

const ROOT = join(import.meta.dirname, "../../..");
const RUNNING_LINE = "The server runs until Ctrl-C.";
const ANSWER = /ID=\S+\s+curl -X POST \S+\/approve\/[\s\S]*?'\{.*?\}'/u;
const TRY_IT = /curl -X POST \S+\/inventory-trigger [\s\S]*?'\{[\s\S]*?\}'/u;
const OUTPUT_WITHIN_MS = 240_000;
const PORT_FREE_WITHIN_MS = 60_000;

interface Start {
  readonly child: ChildProcess;
  output(): string;
}

let persistTo = "";
let port = 0;
let current: Start | null = null;

beforeAll(async () => {
  persistTo = join(mkdtempSync(join(tmpdir(), "stockwarden-start-")), "state");
  port = await freePort();
});

afterAll(async () => {
  current?.child.kill("SIGINT");
  if (current !== null) await exitCode(current);
  rmSync(join(persistTo, ".."), { recursive: true, force: true });
});

/** As `npm start` runs it, without npm between us and the signals. */
function start(
  flags: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  script = "scripts/start.ts",
): Start {
  const child = spawn(process.execPath, [script, ...flags], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), PERSIST_TO: persistTo, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  return { child, output: () => chunks.join("") };
}

async function untilRunning(started: Start, line = RUNNING_LINE): Promise<string> {
  const deadline = Date.now() + OUTPUT_WITHIN_MS;
  while (!started.output().includes(line)) {
    if (started.child.exitCode !== null || Date.now() > deadline)
      throw new Error(`npm start did not get there:\n${started.output()}`);
    await sleep(50);
  }
  return started.output();
}

/** Waits for the end; null after a signal. */
async function exitCode({ child }: Start): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode;
}

/** One story in order: each start costs seconds, so a test goes on where the one before it left the server. */
describe("npm start", () => {
  it("decides a morning of forty items, asks three, two of them with a history, and says how to answer", async () => {
    current = start();
    const output = await untilRunning(current);
    const table = output
      .split("\n")
      .filter((line) => /\b(restock|hold)\b.* [01]\.\d\d +(plan|fallback|waits for you)$/u.test(line));
    expect(table).toHaveLength(40);
    const asking = table.filter((line) => line.endsWith("waits for you"));
    expect(asking).toHaveLength(3);
    expect(asking.filter((line) => line.includes(" a day "))).toHaveLength(2);
    expect(table.filter((line) => /\bplan$/u.test(line)).length).toBeGreaterThanOrEqual(30);
    expect(output).toContain(`${asking.length} wait for a human.`);
    // With its defaults a normal shop asks about no more than 12 % of its decisions; each guard's part is said.
    expect(asking.length / table.length).toBeLessThanOrEqual(0.12);
    expect(output).toMatch(/Asked about 3 of 40 \(7\.5 %\): .*stale history 1/u);

    const { API_KEY: key } = readEnvFile(localEnvPath(persistTo));
    expect(output).toContain(`Local key     ${key}`);
    expect(statSync(localEnvPath(persistTo)).mode & 0o777).toBe(0o600);
    expect(output).toContain(`http://localhost:${port}/inbox`);
    expect(output.trimEnd().split("\n").slice(-6)).toEqual([
      "Orders to 2 of 3 suppliers are due today:",
      expect.stringMatching(/^ {2}[a-z-]+ +\d+\.\d\d EUR$/),
      expect.stringMatching(/^ {2}[a-z-]+ +\d+\.\d\d EUR$/),
      `Look at them, change and send them: http://localhost:${port}/orders`,
      "",
      RUNNING_LINE,
    ]);
    expect(output.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(await outcomeAsPrinted(output, TRY_IT)).toMatch(/"recommended_action":"restock"/u);
    expect(await outcomeAsPrinted(output, ANSWER)).toMatch(/"status":"completed"/u);
  });

  it("refuses a port that is taken by the first one, in one paragraph", async () => {
    const second = start();
    expect(await exitCode(second)).toBe(1);
    expect(second.output()).toContain(`Port ${port} is taken, perhaps by a Stockwarden that already runs.`);
    expect(second.output()).not.toContain("    at ");
  });

  it("refuses a half-set configuration in one paragraph, with the missing names", async () => {
    const halfSet = start([], {
      PORT: String(await freePort()),
      REVIEW_EMAIL_TO: "ana@example.com",
      PERSIST_TO: join(persistTo, "../other"),
    });
    expect(await exitCode(halfSet)).toBe(1);
    expect(halfSet.output()).toContain("REVIEW_EMAIL_FROM is not set");
    expect(halfSet.output()).not.toContain("    at ");
  });

  it("ends with its children on Ctrl-C, and frees the port", async () => {
    current?.child.kill("SIGINT");
    expect(current === null ? null : await exitCode(current)).toBe(0);
    expect(await isTaken(port)).toBe(false);
  });

  it("keeps the state on a second start and repeats nothing", async () => {
    current = start();
    const output = await untilRunning(current);
    expect(output).toContain("The state of earlier starts is kept");
    expect(output).not.toContain("newspaper-weekend");
    expect(output).toMatch(/\b[12] waits? for a human/u);
  });

  it("leaves no server behind even when it is killed", async () => {
    current?.child.kill("SIGKILL");
    const deadline = Date.now() + PORT_FREE_WITHIN_MS;
    while ((await isTaken(port)) && Date.now() < deadline) await sleep(100);
    expect(await isTaken(port)).toBe(false);
  });

  it("posts the morning again when asked to", async () => {
    current = start(["--morning"]);
    expect(await untilRunning(current)).toMatch(/newspaper-weekend .*(restock|hold)/u);
    current.child.kill("SIGINT");
    await exitCode(current);
  });

  it("--empty loads no sample store: a server for one's own data, and the way to it", async () => {
    current = start(["--empty"], { PERSIST_TO: join(persistTo, "../empty") });
    const output = await untilRunning(current);
    expect(output).toContain("It is empty. Load your own files at /import");
    expect(output).toContain(`http://localhost:${port}/`);
    expect(output).not.toMatch(/restock|wait for a human|sample store was loaded/u);
    expect(output.split("\n").filter((line) => line.length > 100)).toEqual([]);
    const { API_KEY: key } = readEnvFile(localEnvPath(join(persistTo, "../empty")));
    const stores = await fetch(`http://localhost:${port}/stores`, { headers: { Authorization: `Bearer ${key}` } });
    expect(await stores.json()).toMatchObject({ stores: [] });
    current.child.kill("SIGINT");
    await exitCode(current);
  });
});

it("npm run dev says where the server is and prints its key", async () => {
  current = start([], { PERSIST_TO: join(persistTo, "../empty") }, "scripts/dev.ts");
  const output = await untilRunning(current, "Ctrl-C stops it.");
  const { API_KEY: key } = readEnvFile(localEnvPath(join(persistTo, "../empty")));
  expect(output).toContain(`Stockwarden http://localhost:${port}`);
  expect(output).toContain(`local key ${key}`);
});

/** Types a printed command into a shell, as the newcomer would; what it says. */
async function outcomeAsPrinted(output: string, command: RegExp): Promise<string> {
  const typed = (command.exec(output)?.[0] ?? "false").replace("curl ", "curl -s ");
  const shell = spawn("sh", ["-c", typed], { stdio: ["ignore", "pipe", "inherit"] });
  const said: string[] = [];
  shell.stdout?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  await once(shell, "close");
  return said.join("");
}
