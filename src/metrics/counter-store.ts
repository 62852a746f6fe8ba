/** What the metrics need of a database: counters to raise and to read. Implemented in `src/storage`. */
import { LATENCY_BUCKETS_MS } from "./metric-names.ts";

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
  /** Size of the whole database. */
  readonly bytes: number;
}

export interface CounterStore {
  /** Adds what an isolate has counted: counter key -> increment. */
  add(tallies: Readonly<Record<string, number>>): Promise<void>;
  /** All counters and gauges, as of one moment. */
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
