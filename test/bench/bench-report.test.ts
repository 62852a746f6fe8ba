import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { medians, type Figures } from "../../bench/measures/round.ts";
import { writeJson } from "../../bench/report/json-report.ts";
import type { Report } from "../../bench/report/report.ts";
import { targetsOf } from "../../bench/report/targets.ts";
import type { RunFigures } from "../../bench/measures/store-run.ts";

const figures = (changes: Partial<Figures> = {}): Figures => ({
  rps_1: 500,
  rps_16: 1_000,
  p50_ms_16: 8,
  p99_ms_16: 30,
  cpu_s_per_1000: 0.5,
  fsyncs_per_request: 1,
  fsyncs_all_files: 1,
  first_touch_rps: 300,
  first_touch_cpu_s_per_1000: 2,
  rss_mb: 100,
  startup_ms: 1_000,
  ...changes,
});

const aRun = (items: number): RunFigures => ({
  items,
  seconds: items / 400,
  cpu_s: items / 500,
  memory_mb: 300,
  object_rows_written: items,
  d1_rows_written: items,
  d1_calls: items / 50,
  waiting: items * 0.12,
  items_per_s: 400,
  single_rps: 500,
  distant_single_rps: 40,
});

function reportOf(systems: Readonly<Record<string, Figures>>): Report {
  const rest = { title: "", versions: {}, durability: "", without: "", lostAfterKill: 0 };
  return {
    machine: { date: "", cpu: "", cores: 2, memoryGb: 8, os: "", node: "" },
    mode: "short",
    rounds: 1,
    systems: Object.entries(systems).map(([name, of]) => ({ name, figures: of, ...rest })),
    sustained: { seconds: 1, rps: 1, decisions: 1, debt: 0, caughtUpAfterMs: 0, lost: 0 },
    items: { ours: { few: 1, among_many: 1.05, reopened: 3 }, floor: { few: 0.5, among_many: 0.5, reopened: 2 } },
    queue: { short_ms: 10, long_ms: 11 },
    batch: {
      one_sender: { single_rps: 500, batched_rps: 1_000 },
      one_distant_sender: { single_rps: 40, batched_rps: 400 },
      many_senders: { single_rps: 800, batched_rps: 1_000 },
    },
    coldStarts: { ours: { ms: 3_000, cpu_s: 0.4, idle_mb: 120 }, floor: { ms: 2_000, cpu_s: 0.1, idle_mb: 75 } },
    bytes: { bytes_per_decision_item: 700, bytes_per_decision_d1: 1_250 },
    runs: { run_1000: aRun(1_000), run_10000: aRun(10_000) },
    sizes: { bundle_gzip_kb: 600, evaluated_gzip_kb: 170 },
  };
}

const ratio = (report: Report, what: string) => targetsOf(report).find((target) => target.what === what)?.ratio;

test("medians are taken figure by figure, and a figure that was not measured stays unknown", () => {
  const rounds = [figures({ rps_16: 900 }), figures({ rps_16: 1_200, rss_mb: 90 }), figures({ rps_16: 1_000 })];
  expect(medians(rounds)).toMatchObject({ rps_16: 1_000, rss_mb: 100 });
  expect(medians(rounds.map((round) => ({ ...round, fsyncs_per_request: null }))).fsyncs_per_request).toBeNull();
});

test("ratios put the floor's cost below ours and a peer's above", () => {
  const report = reportOf({
    floor: figures({ cpu_s_per_1000: 0.4, rps_16: 1_250 }),
    stockwarden: figures(),
    langgraph_sqlite: figures({ cpu_s_per_1000: 4, rps_16: 200 }),
  });
  expect(ratio(report, "CPU of the request path over the floor's")).toBeCloseTo(1.25);
  expect(ratio(report, "throughput of the request path over the floor's")).toBeCloseTo(0.8);
  expect(ratio(report, "throughput over langgraph_sqlite")).toBeCloseTo(5);
  expect(ratio(report, "CPU of langgraph_sqlite over ours")).toBeCloseTo(8);
});

test("delivery is what the Worker costs above its request path, without the simulators of the whole", () => {
  const report = reportOf({
    stockwarden: figures(),
    stockwarden_delivery: figures({ cpu_s_per_1000: 0.8 }),
    stockwarden_whole: figures({ cpu_s_per_1000: 3 }),
  });
  expect(ratio(report, "delivery's CPU over the request path's")).toBeCloseTo(0.6);
});

test("an idle item's cost is shown beside a busy one's, and beside the floor's own", () => {
  const report = reportOf({ stockwarden: figures() });
  expect(ratio(report, "CPU of a busy item's decision, many items over few")).toBeCloseTo(1.05);
  expect(ratio(report, "CPU of an idle item's decision over a busy one's")).toBeCloseTo(3);
  expect(ratio(report, "CPU of an idle item's decision over the floor's")).toBeCloseTo(1.5);
  expect(ratio(report, "throughput of batches over single calls, one sender 20 ms away")).toBeCloseTo(10);
});

test("a run is judged beside single calls from a distance, as every real sender's are", () => {
  const report = reportOf({ stockwarden: figures() });
  expect(ratio(report, "items a second of a run over single calls, one sender 20 ms away")).toBeCloseTo(10);
  expect(ratio(report, "CPU an item of a run, many items over few")).toBeCloseTo(1);
});

test("the JSON has cold starts, bytes, sizes and runs at its top level", () => {
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-report-"));
  try {
    writeJson(join(folder, "report.json"), reportOf({ stockwarden: figures() }));
    expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8"))).toMatchObject({
      cold_start_ms: 3_000,
      cold_start_cpu_s: 0.4,
      idle_isolate_mb: 120,
      bytes_per_decision_item: 700,
      bytes_per_decision_d1: 1_250,
      bundle_gzip_kb: 600,
      evaluated_gzip_kb: 170,
      run_1000: { items: 1_000, single_rps: 500, distant_single_rps: 40 },
      run_10000: { items: 10_000, cpu_s: 20 },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
