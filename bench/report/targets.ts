/** The project's targets as ratios of one run. */
import { DISTANCE_MS } from "../measures/batch.ts";
import type { Figures } from "../measures/round.ts";
import type { Report } from "./report.ts";

/** A target of the project: our figure divided by the other system's. */
export interface Target {
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
