/** Turns usage into cost: one term for each line of the price list, in dollars per million decisions. */
import type { Usage } from "./meter.ts";
import type { RecordBytes } from "../measures/record-bytes.ts";
import { PRICES } from "./prices.ts";

export interface Bill {
  readonly usd_per_million: number;
  /** Dollars per million decisions by term; `per_decision` is what was measured. */
  readonly terms: Readonly<Record<string, { readonly per_decision: number; readonly usd_per_million: number }>>;
  readonly largest_term: string;
}

export interface Measured extends Usage {
  readonly cpuMilliseconds: number;
  /** Spent at the model, in dollars. */
  readonly modelUsd: number;
}

/** The storage of a million decisions, and its cost. */
export interface AtRest extends RecordBytes {
  /** Dollars for a million decisions kept in D1 for a year. */
  readonly d1_usd_a_year: number;
  /** Dollars for their day in the item, after which the place is used again. */
  readonly item_usd_a_day: number;
}

const MILLION = 1e6;
const MONTHS = 12;
const DAYS = 365;

export function atRest(bytes: RecordBytes): AtRest {
  const { bytes_per_decision_d1: d1, bytes_per_decision_item: item } = bytes;
  return {
    ...bytes,
    d1_usd_a_year: d1 * MILLION * MONTHS * PRICES.d1ByteMonth,
    item_usd_a_day: (item * MILLION * MONTHS * PRICES.objectByteMonth) / DAYS,
  };
}

export function billFor(used: Measured, decisions: number): Bill {
  const lines: readonly (readonly [name: string, amount: number, price: number])[] = [
    ["worker_requests", used.requests, PRICES.request],
    ["cpu_ms", used.cpuMilliseconds, PRICES.cpuMillisecond],
    ["object_requests", used.objectRequests, PRICES.objectRequest],
    ["object_seconds", used.objectSeconds, PRICES.objectSecond],
    ["object_rows_read", used.objectRowsRead, PRICES.objectRowRead],
    ["object_rows_written", used.objectRowsWritten, PRICES.objectRowWritten],
    ["d1_rows_read", used.d1RowsRead, PRICES.d1RowRead],
    ["d1_rows_written", used.d1RowsWritten, PRICES.d1RowWritten],
    ["kv_reads", used.kvReads, PRICES.kvRead],
    ["kv_writes", used.kvWrites, PRICES.kvWrite],
    ["model", used.modelUsd, 1],
  ];
  const terms = Object.fromEntries(
    lines.map(([name, amount, price]) => [
      name,
      { per_decision: amount / decisions, usd_per_million: (amount / decisions) * price * MILLION },
    ]),
  );
  const [largest] = Object.entries(terms).toSorted(([, a], [, b]) => b.usd_per_million - a.usd_per_million);
  return {
    usd_per_million: Object.values(terms).reduce((sum, term) => sum + term.usd_per_million, 0),
    terms,
    largest_term: largest![0],
  };
}
