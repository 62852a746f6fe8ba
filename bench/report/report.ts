/** The benchmark's report: a table for people, JSON for tools. */
import { writeFileSync } from "node:fs";
import { formatTable } from "../../scripts/lib/command/table.ts";
import type { Machine } from "./machine.ts";
import type { Figures } from "../measures/round.ts";
import type { Sustained } from "../measures/sustained.ts";
import { DISTANCE_MS, type BatchFigures } from "../measures/batch.ts";
import type { ColdStarts } from "../measures/cold-start.ts";
import type { ItemCosts, QueueCosts } from "../measures/flatness.ts";
import type { RecordBytes } from "../measures/record-bytes.ts";
import type { RunFigures } from "../measures/store-run.ts";

export interface SystemReport {
  readonly name: string;
  readonly title: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly durability: string;
  readonly without: string;
  readonly lostAfterKill: number;
  readonly figures: Figures;
}

export interface Report {
  readonly machine: Machine;
  readonly mode: "full" | "short" | "smoke";
  readonly rounds: number;
  readonly systems: readonly SystemReport[];
  readonly sustained: Sustained;
  readonly items: { readonly ours: ItemCosts; readonly floor: ItemCosts };
  readonly queue: QueueCosts;
  readonly batch: BatchFigures;
  readonly coldStarts: ColdStarts;
  readonly bytes: RecordBytes;
  readonly runs: { readonly run_1000: RunFigures; readonly run_10000: RunFigures };
  readonly sizes: { readonly bundle_gzip_kb: number; readonly evaluated_gzip_kb: number };
}

/** A target of the project: our figure divided by the other system's. */
interface Target {
  readonly what: string;
  readonly ratio: number;
  readonly bound: number;
  readonly kind: "at most" | "at least";
}

export function targetsOf(report: Report): Target[] {
  const figure = (name: string): Figures | undefined => report.systems.find((system) => system.name === name)?.figures;
  const ours = figure("stockwarden");
  const delivery = figure("stockwarden_delivery");
  const floor = figure("floor");
  const targets: Target[] = [];
  const add = (what: string, ratio: number | undefined, kind: Target["kind"], bound: number): void => {
    if (ratio !== undefined && Number.isFinite(ratio)) targets.push({ what, ratio, kind, bound });
  };
  if (ours === undefined) return targets;
  add("fsyncs a decision in the item's object", ours.fsyncs_per_request ?? undefined, "at most", 1.1);
  if (floor !== undefined) {
    add("CPU of the request path over the floor's", ours.cpu_s_per_1000 / floor.cpu_s_per_1000, "at most", 1.4);
    add("throughput of the request path over the floor's", ours.rps_16 / floor.rps_16, "at least", 0.75);
    add(
      "first touch over the floor's, CPU",
      ours.first_touch_cpu_s_per_1000 / floor.first_touch_cpu_s_per_1000,
      "at most",
      1.5,
    );
  }
  if (delivery !== undefined)
    add("delivery's CPU over the request path's", delivery.cpu_s_per_1000 / ours.cpu_s_per_1000 - 1, "at most", 1);
  for (const [name, throughput, cpu] of [
    ["langgraph_sqlite", 5, 6],
    ["restate", 3, 6],
    ["restate_best", 1.9, 4],
  ] as const) {
    const peer = figure(name);
    if (peer === undefined) continue;
    add(`throughput over ${name}`, ours.rps_16 / peer.rps_16, "at least", throughput);
    add(`CPU of ${name} over ours`, peer.cpu_s_per_1000 / ours.cpu_s_per_1000, "at least", cpu);
  }
  const filled = figure("stockwarden_1000_decisions");
  if (filled !== undefined)
    add(
      "CPU after 1,000 decisions an item over the first ones",
      filled.cpu_s_per_1000 / ours.cpu_s_per_1000,
      "at most",
      1.1,
    );
  const { batch, coldStarts, items, queue } = report;
  add("time of a cold start over the floor's", coldStarts.ours.ms / coldStarts.floor.ms, "at most", 1.3);
  add("CPU of a cold start over the floor's", coldStarts.ours.cpu_s / coldStarts.floor.cpu_s, "at most", 1.3);
  for (const [who, { single_rps, batched_rps }] of [
    ["one sender", batch.one_sender],
    [`one sender ${DISTANCE_MS} ms away`, batch.one_distant_sender],
    ["many senders", batch.many_senders],
  ] as const) {
    add(`throughput of batches over single calls, ${who}`, batched_rps / single_rps, "at least", 3);
  }
  add("CPU of a busy item's decision, many items over few", items.ours.among_many / items.ours.few, "at most", 1.1);
  add("CPU of an idle item's decision over a busy one's", items.ours.reopened / items.ours.few, "at most", 1.1);
  add("CPU of an idle item's decision over the floor's", items.ours.reopened / items.floor.reopened, "at most", 1.4);
  const { run_1000, run_10000 } = report.runs;
  add(
    "CPU an item of a run, many items over few",
    run_10000.cpu_s / run_10000.items / (run_1000.cpu_s / run_1000.items),
    "at most",
    1.1,
  );
  // Judged for a sender at a distance, as every real one is.
  add(
    `items a second of a run over single calls, one sender ${DISTANCE_MS} ms away`,
    run_10000.items_per_s / run_10000.distant_single_rps,
    "at least",
    3,
  );
  add("kB of a plain hold in the item", report.bytes.bytes_per_decision_item / 1_000, "at most", 1);
  add("kB of a plain hold in D1", report.bytes.bytes_per_decision_d1 / 1_000, "at most", 1.5);
  add("kB gzip that a trigger evaluates", report.sizes.evaluated_gzip_kb, "at most", 150);
  add("kB gzip of the upload", report.sizes.bundle_gzip_kb, "at most", 350);
  add("CPU of a queue page, many pending over few", queue.long_ms / queue.short_ms, "at most", 1.1);
  return targets;
}

export function printReport(report: Report): void {
  const { machine } = report;
  console.log(
    `\n${machine.date} · ${machine.cores} x ${machine.cpu} · ${machine.memoryGb} GB · ${machine.os} · Node ` +
      `${machine.node}`,
  );
  console.log(`${report.mode} mode, medians of ${report.rounds} round(s); 16 connections unless it says 1\n`);
  console.log(
    formatTable(
      [
        { title: "system" },
        ...[
          "req/s (1)",
          "req/s",
          "p50 ms",
          "p99 ms",
          "CPU s/1000",
          "fsyncs",
          "first touch/s",
          "CPU s/1000",
          "MB",
          "start ms",
        ].map((title) => ({ title, align: "right" as const })),
      ],
      report.systems.map(({ title, figures: f }) => [
        title,
        f.rps_1.toFixed(0),
        f.rps_16.toFixed(0),
        f.p50_ms_16.toFixed(0),
        f.p99_ms_16.toFixed(0),
        f.cpu_s_per_1000.toFixed(2),
        f.fsyncs_per_request?.toFixed(2) ?? "no strace",
        f.first_touch_rps.toFixed(0),
        f.first_touch_cpu_s_per_1000.toFixed(2),
        f.rss_mb.toFixed(0),
        f.startup_ms.toFixed(0),
      ]),
    ),
  );
  const { sustained } = report;
  console.log(
    `\nSustained for ${sustained.seconds.toFixed(0)} s with delivery: ${sustained.rps.toFixed(0)} decisions/s; ` +
      `debt when the load ended ${sustained.debt} of ${sustained.decisions}, delivered ` +
      `${sustained.caughtUpAfterMs} ms later, lost ${sustained.lost}.`,
  );
  const { ours, floor } = report.items;
  console.log(
    `An item that was idle, CPU s/1000: ${ours.reopened.toFixed(2)} against ${ours.few.toFixed(2)} for a busy one; ` +
      `the floor ${floor.reopened.toFixed(2)} against ${floor.few.toFixed(2)}.`,
  );
  const { coldStarts, sizes } = report;
  console.log(
    `A cold start to the first answer: ${coldStarts.ours.ms.toFixed(0)} ms and ` +
      `${coldStarts.ours.cpu_s.toFixed(2)} s of CPU against ` +
      `${coldStarts.floor.ms.toFixed(0)} ms and ${coldStarts.floor.cpu_s.toFixed(2)} s; idle after it ` +
      `${coldStarts.ours.idle_mb.toFixed(0)} MB ` +
      `against ${coldStarts.floor.idle_mb.toFixed(0)}. Upload ${sizes.bundle_gzip_kb.toFixed(0)} kB gzip, ` +
      `evaluated ${sizes.evaluated_gzip_kb.toFixed(0)}.`,
  );
  const { bytes, runs } = report;
  console.log(
    `A plain hold at rest: ${bytes.bytes_per_decision_item.toFixed(0)} bytes in the item, ` +
      `${bytes.bytes_per_decision_d1.toFixed(0)} in D1.`,
  );
  for (const run of [runs.run_1000, runs.run_10000]) {
    console.log(
      `A run of ${run.items} items: ${run.seconds.toFixed(1)} s, ${run.cpu_s.toFixed(1)} s of CPU, ` +
        `${run.memory_mb.toFixed(0)} MB, ` +
        `${run.d1_calls} calls of D1, ${run.object_rows_written + run.d1_rows_written} rows, ${run.waiting} ` +
        "questions; " +
        `${run.items_per_s.toFixed(0)} items a second against ${run.distant_single_rps.toFixed(0)} single calls from ` +
        `${DISTANCE_MS} ms away (${(run.items_per_s / run.distant_single_rps).toFixed(1)} times) and ` +
        `${run.single_rps.toFixed(0)} over loopback (${(run.items_per_s / run.single_rps).toFixed(2)} times).`,
    );
  }
  console.log("\nRatios of this run");
  console.log(
    formatTable(
      [{ title: "what" }, { title: "ratio", align: "right" }, { title: "target", align: "right" }, { title: "" }],
      targetsOf(report).map(({ what, ratio, kind, bound }) => [
        what,
        ratio.toFixed(2),
        `${kind} ${bound}`,
        (kind === "at most" ? ratio <= bound : ratio >= bound) ? "met" : "MISSED",
      ]),
    ),
  );
  for (const system of report.systems) {
    console.log(`\n${system.title}`);
    console.log(
      `  versions    ${Object.entries(system.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(", ")}`,
    );
    console.log(`  durability  ${system.durability}; ${system.lostAfterKill} acknowledged writes lost by SIGKILL`);
    if (system.without !== "") console.log(`  without     ${system.without}`);
  }
}

export function writeJson(path: string, report: Report): void {
  const systems = Object.fromEntries(
    report.systems.map(({ name, figures, title, versions, durability, without, lostAfterKill }) => [
      name,
      {
        ...figures,
        title,
        versions,
        durability,
        without,
        acknowledged_writes_lost: lostAfterKill,
      },
    ]),
  );
  const { machine, mode, rounds, sustained, items, queue, batch, coldStarts, bytes, runs, sizes } = report;
  const written = {
    machine,
    mode,
    rounds,
    systems,
    sustained,
    items,
    queue,
    batch,
    ...coldStartFields(coldStarts),
    ...bytes,
    ...runs,
    ...sizes,
    ratios: targetsOf(report),
  };
  writeFileSync(path, `${JSON.stringify(written, null, 2)}\n`);
}

function coldStartFields({ ours, floor }: ColdStarts): Readonly<Record<string, number>> {
  return {
    cold_start_ms: ours.ms,
    cold_start_cpu_s: ours.cpu_s,
    idle_isolate_mb: ours.idle_mb,
    cold_start_floor_ms: floor.ms,
    cold_start_floor_cpu_s: floor.cpu_s,
    idle_isolate_floor_mb: floor.idle_mb,
  };
}
