/** The report for people. */
import { formatTable } from "../../scripts/lib/command/table.ts";
import { DISTANCE_MS } from "../measures/batch.ts";
import type { RunFigures } from "../measures/store-run.ts";
import type { Report, SystemReport } from "./report.ts";
import { targetsOf } from "./targets.ts";

export function printReport(report: Report): void {
  const { machine } = report;
  console.log(
    `\n${machine.date} · ${machine.cores} x ${machine.cpu} · ${machine.memoryGb} GB · ${machine.os} · Node ` +
      `${machine.node}`,
  );
  console.log(`${report.mode} mode, medians of ${report.rounds} round(s); 16 connections unless it says 1\n`);
  printSystems(report.systems);
  printWhole(report);
  for (const run of [report.runs.run_1000, report.runs.run_10000]) printRun(run);
  console.log("\nRatios of this run");
  printRatios(report);
  for (const system of report.systems) printConditions(system);
}

function printSystems(systems: readonly SystemReport[]): void {
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
      systems.map(({ title, figures: f }) => [
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
}

/** What is measured of Stockwarden as a whole. */
function printWhole(report: Report): void {
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
  const { bytes } = report;
  console.log(
    `A plain hold at rest: ${bytes.bytes_per_decision_item.toFixed(0)} bytes in the item, ` +
      `${bytes.bytes_per_decision_d1.toFixed(0)} in D1.`,
  );
}

function printRun(run: RunFigures): void {
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

function printRatios(report: Report): void {
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
}

function printConditions(system: SystemReport): void {
  console.log(`\n${system.title}`);
  console.log(
    `  versions    ${Object.entries(system.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}`,
  );
  console.log(`  durability  ${system.durability}; ${system.lostAfterKill} acknowledged writes lost by SIGKILL`);
  if (system.without !== "") console.log(`  without     ${system.without}`);
}
