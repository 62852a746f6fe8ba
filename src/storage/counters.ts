/**
 * Counters that survive isolates, evictions, crashes, repeated delivery and retention; raised for a batch of projected
 * workflows in the same transaction that stores them.
 *
 * C1. A workflow adds what it counts for now less what its stored row had counted: nothing when the stored row is as new,
 *     so repeated, late and reordered projections count once.
 * C2. The statements read the stored rows, so they stand BEFORE the upsert of `workflows` in the batch, and the upsert
 *     writes `metrics`.
 * C3. Rows written: one a distinct product and action in the batch, and one a small counter that moved (a decision on the
 *     statistical path moves none), however many workflows the batch holds.
 */
import { LATENCY_BUCKETS_MS, RESULTS } from "../metrics/metric-names.ts";
import type { ProjectionFacts } from "../metrics/projection-facts.ts";

/** One element of the JSON array that the statements read. */
export interface CountedProjection {
  readonly id: string;
  readonly version: number;
  readonly product_id: string;
  readonly metrics: ProjectionFacts;
}

/** A row as the database gives it; `GET /metrics` makes numbers and texts of what it shows. */
export type CounterRow = Readonly<Record<string, unknown>>;

export interface CounterRows {
  /** Rows of `decision_stats`, each with the `product_id` of its slot; null = the slot of all others. */
  readonly decisions: readonly CounterRow[];
  /** `series`, `value`. */
  readonly small: readonly CounterRow[];
  /** `pending`, `overdue`, `oldest`. */
  readonly reviews: CounterRow;
  readonly parked: number;
}

export interface CounterStore {
  /** Adds what an isolate has counted: counter key -> increment. */
  add(tallies: Readonly<Record<string, number>>): Promise<void>;
  /** All there is to show, as of one moment. */
  read(now: number): Promise<CounterRows>;
}

/** The bucket columns of `decision_stats` in ascending order, each with the latencies it holds. */
export function latencyColumns(): readonly { readonly name: string; readonly condition: string }[] {
  const bounded = LATENCY_BUCKETS_MS.map((bound, at) => ({
    name: `le_${bound}`,
    condition:
      at === 0 ? `latency_ms <= ${bound}` : `latency_ms > ${LATENCY_BUCKETS_MS[at - 1]} AND latency_ms <= ${bound}`,
  }));
  return [...bounded, { name: "le_inf", condition: `latency_ms > ${LATENCY_BUCKETS_MS.at(-1)}` }];
}

/** Counting columns of `decision_stats`, each with the decisions that it counts. */
export const DECISION_COLUMNS = [
  ...latencyColumns(),
  ...RESULTS.map((result) => ({ name: result, condition: `result = '${result}'` })),
];
