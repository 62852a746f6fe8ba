/**
 * `npm run bench`: Stockwarden against its floor and its peers, in turn, on this machine, in one run. Honesty is
 * checked before anything is timed.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choiceFlag, commandFlags } from "../scripts/lib/command/command-flags.ts";
import { fromInvocationFolder } from "../scripts/lib/command/invocation.ts";
import { builtWorker } from "../scripts/lib/build/built-worker.ts";
import { sizeOf } from "../scripts/lib/build/worker-size.ts";
import { measureBatch } from "./measures/batch.ts";
import { measureColdStarts } from "./measures/cold-start.ts";
import { floor } from "./floor/system.ts";
import { measureItems, measureQueue } from "./measures/flatness.ts";
import { probe } from "./measures/honesty.ts";
import { langgraph } from "./langgraph/system.ts";
import { applyLoad } from "./measures/apply-load.ts";
import { installPackages } from "./measures/install.ts";
import { thisMachine } from "./report/machine.ts";
import { measureRound, medians, type Figures } from "./measures/round.ts";
import { measureRecordBytes, type RecordBytes } from "./measures/record-bytes.ts";
import { Progress } from "./report/progress.ts";
import { writeJson } from "./report/json-report.ts";
import { printReport } from "./report/printed-report.ts";
import type { Report, SystemReport } from "./report/report.ts";
import { FULL, SHORT, SMOKE } from "./scales.ts";
import { restate } from "./restate/system.ts";
import type { Serving, SystemUnderTest } from "./serving/serving.ts";
import { stockwarden } from "./stockwarden/system.ts";
import { measureRuns, type RunFigures } from "./measures/store-run.ts";
import { sustain, type Sustained } from "./measures/sustained.ts";
import { steadyTrigger } from "./workload/workload.ts";

/** As the JSON report calls them. */
const SYSTEMS = [
  "floor",
  "stockwarden",
  "stockwarden_delivery",
  "stockwarden_whole",
  "langgraph_sqlite",
  "restate",
  "restate_best",
] as const;
/** The request path once more, with items that have decided often. */
const AFTER_MANY = "stockwarden_1000_decisions";
/** Parts that can be measured alone, and are in every whole report. */
const PARTS = ["run", "bytes"] as const;
const USAGE = `npm run bench [-- --short | --smoke] [--json FILE] [--only NAME,NAME]
Measures the Worker against its floor and against the same workflow on LangGraph.js and Restate.
  --short       in a few minutes, roughly where things stand
  --smoke       only that everything works
  --json FILE   writes the report as JSON, too
  --only NAMES  of ${SYSTEMS.join(", ")};
                or one part alone: ${PARTS.join(", ")}`;

const flags = commandFlags(USAGE, {
  short: { type: "boolean" },
  smoke: { type: "boolean" },
  json: { type: "string" },
  only: { type: "string" },
});
const part = PARTS.find((name) => name === flags.only) ?? null;
const wanted: readonly string[] =
  flags.only === undefined || part !== null
    ? SYSTEMS
    : flags.only.split(",").map((name) => choiceFlag("--only", name, SYSTEMS));
const mode: Report["mode"] = flags.smoke === true ? "smoke" : flags.short === true ? "short" : "full";
const scale = { full: FULL, short: SHORT, smoke: SMOKE }[mode];
installPackages();
const work = mkdtempSync(join(tmpdir(), "stockwarden-bench-"));
try {
  if (part === null) {
    const report = await run();
    printReport(report);
    if (flags.json !== undefined) writeJson(fromInvocationFolder(flags.json), report);
  } else {
    const measured = await (part === "run" ? runsMeasured() : measureBytes());
    const text = JSON.stringify({ machine: thisMachine(new Date()), mode, ...measured }, null, 2);
    console.log(text);
    if (flags.json !== undefined) writeFileSync(fromInvocationFolder(flags.json), `${text}\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.exit(0);

/** Named for the full scale; a shorter one says in each how many items it had. */
async function runsMeasured(): Promise<{ readonly run_1000: RunFigures; readonly run_10000: RunFigures }> {
  const metered = stockwarden("metered", join(work, "builds"));
  const pauses = { restMs: scale.runRestMs, idleMs: scale.flatness.idleMs };
  const { few, many } = await measureRuns(metered, join(work, "runs"), scale.runItems, pauses);
  return { run_1000: few, run_10000: many };
}

async function measureBytes(whole = stockwarden("whole", join(work, "builds"))): Promise<RecordBytes> {
  return measureRecordBytes(whole, join(work, "bytes"), scale.storedDecisions);
}

async function run() {
  const progress = new Progress();
  progress.say("building the Workers");
  const builds = join(work, "builds");
  const ours = {
    requestPath: stockwarden("request-path", builds),
    delivery: stockwarden("delivery", builds),
    whole: stockwarden("whole", builds),
    confirmed: stockwarden("confirmed", builds),
    floor: floor(builds),
  };
  const { requestPath, delivery, whole } = ours;
  const systems = [ours.floor, requestPath, delivery, whole, langgraph(), restate("default"), restate("best")].filter(
    ({ name }) => wanted.includes(name),
  );
  const lost = await checkHonesty(systems, progress);
  const rounds = await measureRounds(systems, ours, progress);
  const others = await measureOthers(ours, progress);
  const { uploadGzip, evaluatedGzip } = sizeOf(await builtWorker());
  progress.end();

  const described: SystemUnderTest[] = [
    ...systems,
    {
      ...requestPath,
      name: AFTER_MANY,
      title: `Stockwarden, request path, ${scale.decisionsBefore} decisions an item`,
    },
  ];
  return {
    machine: thisMachine(new Date()),
    mode,
    rounds: scale.rounds,
    systems: described.map(({ name, title, versions, durability, without }): SystemReport => ({
      name,
      title,
      versions,
      durability,
      without,
      lostAfterKill: lost.get(name) ?? 0,
      figures: medians(rounds.get(name)!),
    })),
    ...others,
    sizes: { bundle_gzip_kb: uploadGzip / 1024, evaluated_gzip_kb: evaluatedGzip / 1024 },
  };
}

type Stockwarden = ReturnType<typeof stockwarden>;

interface Ours extends Readonly<Record<"requestPath" | "delivery" | "whole" | "confirmed", Stockwarden>> {
  readonly floor: SystemUnderTest;
}

/** Every system in turn, and again, so that a busy minute of the machine meets all of them. Figures by system. */
async function measureRounds(
  systems: readonly SystemUnderTest[],
  { requestPath, delivery }: Ours,
  progress: Progress,
): Promise<ReadonlyMap<string, readonly Figures[]>> {
  progress.say(`filling ${scale.filledItems} items with ${scale.decisionsBefore} decisions each`);
  const filled = join(work, "filled");
  await withServing(delivery, filled, fill);
  const figuresOf = new Map<string, Figures[]>();
  const keep = (name: string, figures: Figures): void =>
    void figuresOf.set(name, [...(figuresOf.get(name) ?? []), figures]);
  for (let round = 1; round <= scale.rounds; round++) {
    for (const system of systems) {
      progress.say(`round ${round} of ${scale.rounds}: ${system.title}`);
      const folder = join(work, `${system.name}-${round}`);
      keep(system.name, await withServing(system, folder, (serving) => measureRound(serving, scale)));
    }
    progress.say(`round ${round} of ${scale.rounds}: Stockwarden after ${scale.decisionsBefore} decisions an item`);
    const few = { ...scale, items: scale.filledItems };
    keep(AFTER_MANY, await withServing(requestPath, filled, (serving) => measureRound(serving, few)));
  }
  return figuresOf;
}

/** What is measured once, of Stockwarden and of the floor. */
async function measureOthers({ requestPath, delivery, whole, confirmed, floor: bare }: Ours, progress: Progress) {
  progress.say(`sustained load for ${scale.sustainedSeconds} s`);
  const sustained: Sustained = await withServing(whole, join(work, "sustained"), async (serving) => {
    await serving.prepare(0, scale.items);
    return sustain(serving, scale.items, scale.sustainedSeconds);
  });
  progress.say("few items, many, and idle ones");
  const inItems = (serving: Serving) => measureItems(serving, scale.flatness);
  const items = {
    ours: await withServing(confirmed, join(work, "items"), inItems),
    floor: await withServing(bare, join(work, "items-floor"), inItems),
  };
  progress.say("few pending reviews, and many");
  const queue = await withServing(whole, join(work, "queue"), (serving) => measureQueue(serving, scale.flatness));
  progress.say("batches against single calls");
  const batch = await withServing(delivery, join(work, "batch"), (serving) =>
    measureBatch(serving, scale.items, scale.batchedDecisions),
  );
  progress.say("cold starts");
  // The request path alone: on the platform a start includes no simulators.
  const coldStarts = await measureColdStarts(requestPath, bare, work, scale.rounds);
  progress.say("bytes at rest");
  const bytes = await measureBytes(whole);
  progress.say("a morning's run");
  const runs = await runsMeasured();
  return { sustained, items, queue, batch, coldStarts, bytes, runs };
}

/** Throws when two systems differ in a decision, or when one loses what it acknowledged. */
async function checkHonesty(systems: readonly SystemUnderTest[], progress: Progress): Promise<Map<string, number>> {
  const lostBy = new Map<string, number>();
  let expected: string | null = null;
  for (const system of systems) {
    progress.say(`honesty: ${system.title}`);
    const decides = system.name !== "floor";
    const { decisions, written, lost } = await probe(system, join(work, `${system.name}-probe`), decides);
    if (decides) {
      const said = decisions.join("\n");
      expected ??= said;
      if (said !== expected) throw new Error(`${system.title} decides otherwise:\n${said}\ninstead of\n${expected}`);
    }
    if (lost > 0) throw new Error(`${system.title} lost ${lost} of ${written} acknowledged writes by SIGKILL`);
    lostBy.set(system.name, lost);
  }
  return lostBy;
}

async function fill(serving: Serving): Promise<void> {
  await serving.prepare(0, scale.filledItems);
  await applyLoad({
    serving,
    connections: 16,
    until: { requests: scale.filledItems * scale.decisionsBefore },
    trigger: (n) => steadyTrigger(n % scale.filledItems, n),
  });
}

async function withServing<S extends Serving, T>(
  system: { start(folder: string): Promise<S> },
  folder: string,
  use: (serving: S) => Promise<T>,
): Promise<T> {
  const serving = await system.start(folder);
  try {
    return await use(serving);
  } finally {
    await serving.kill();
  }
}
