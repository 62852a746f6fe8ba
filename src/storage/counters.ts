/**
 * Counters that survive isolates, evictions, crashes, repeated delivery and retention; raised for a batch of projected
 * workflows in the same transaction that stores them.
 *
 * - A workflow adds what it counts for now less what its stored row had counted: nothing when the stored row is as new,
 *   so repeated, late and reordered projections count once.
 * - The statements read the stored rows, so they come BEFORE the upsert of `workflows` in the batch, and the upsert
 *   writes `metrics`.
 * - Rows written: one a distinct product and action in the batch, and one a small counter that moved (a decision on the
 *   statistical path moves none), however many workflows the batch holds.
 */
import { latencyColumns } from "../metrics/counter-store.ts";
import { RESULTS } from "../metrics/metric-names.ts";
import type { ProjectionFacts } from "../metrics/projection-facts.ts";

/** One element of the JSON array that the statements read. */
export interface CountedProjection {
  readonly id: string;
  readonly version: number;
  readonly product_id: string;
  readonly metrics: ProjectionFacts;
}

/** Counting columns of `decision_stats`, each with the decisions that it counts. */
export const DECISION_COLUMNS = [
  ...latencyColumns(),
  ...RESULTS.map((result) => ({ name: result, condition: `result = '${result}'` })),
];
