/**
 * Keeps the models of a history for as long as the history itself is in memory: an item decides many times between two
 * uploads, and fitting costs a good part of a plan. Same input, same answer, kept or not (P2).
 */
import { prepare, type Prepared } from "./prepare.ts";
import type { PlanInput } from "./types.ts";

interface Kept {
  /** What `prepare` reads beside the history. */
  readonly inStock: readonly boolean[] | null;
  readonly terms: string;
  readonly prepared: Prepared;
}

const kept = new WeakMap<readonly number[], Kept>();

/** For histories that are replaced, never changed in place. */
export function preparedOnce(input: PlanInput): Prepared {
  const { history, inStock, historyStart, periodDays, leadTime, openOrders, reviewPeriod, periodsLeft, seasonalProfile } = input;
  const terms = JSON.stringify([historyStart, periodDays, leadTime, openOrders, reviewPeriod, periodsLeft, seasonalProfile]);
  const known = kept.get(history);
  if (known !== undefined && known.inStock === inStock && known.terms === terms) return known.prepared;
  const prepared = prepare(input);
  kept.set(history, { inStock, terms, prepared });
  return prepared;
}
