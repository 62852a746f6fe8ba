/**
 * Finds periods that sold far more than those around them: a bulk order, an event nobody entered, a typing error.
 */
import { chanceOfAtLeast } from "./gamma-tail.ts";

/** Periods around one from which its usual sales are estimated. */
const WINDOW = 56;
/** Fewest other periods that an estimate needs. */
const LEAST_OTHERS = 14;
/**
 * Sales are assumed to vary by at least this share of their mean: a few equal days make no other one surprising.
 */
const LEAST_VARIATION = 0.25;

export interface Sample {
  readonly units: readonly number[];
  readonly seen: readonly boolean[];
  readonly factors: readonly number[] | null;
}

/**
 * How unlikely a period's sales were by those around it, 0..1; 1 where that is unknown. `usual` is the others' mean.
 */
export function surprise(
  { units, seen, factors }: Sample,
  index: number,
  season: (index: number) => number = () => 1,
): { readonly chance: number; readonly times: number } {
  const level = (at: number): number => units[at]! / ((factors?.[at] ?? 1) * Math.max(1e-9, season(at)));
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let at = Math.max(0, index - WINDOW); at < Math.min(units.length, index + WINDOW); at++) {
    if (at === index || seen[at] !== true) continue;
    const value = level(at);
    count++;
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, count);
  if (count < LEAST_OTHERS || !(mean > 0)) return { chance: 1, times: 1 };
  const variance = Math.max(squares / count - mean ** 2, (LEAST_VARIATION * mean) ** 2);
  return { chance: chanceOfAtLeast(level(index), mean, variance), times: level(index) / mean };
}

/**
 * A sale is left out of learning when it is this many times the others' mean, and nearly impossible given them.
 */
const FAR_TIMES = 8;
const FAR_CHANCE = 1e-9;
/** The newest seen periods are left in: a person is asked about those. */
const ASKED_ABOUT = 7;

/** Indices of single sales far from all others, older than the last few. */
export function farFromAllOthers(sample: Sample): number[] {
  const { units, seen } = sample;
  const total = units.reduce((sum, value, index) => (seen[index] === true ? sum + value : sum), 0);
  const count = seen.reduce((sum, is) => sum + (is ? 1 : 0), 0);
  const mean = total / Math.max(1, count);
  const found: number[] = [];
  let newer = 0;
  for (let index = units.length - 1; index >= 0; index--) {
    if (seen[index] !== true) continue;
    newer++;
    // Most sales are far below the threshold: this cheap check skips the exact one for them.
    if (newer <= ASKED_ABOUT || units[index]! < (FAR_TIMES / 2) * mean) continue;
    const { chance, times } = surprise(sample, index);
    if (times >= FAR_TIMES && chance < FAR_CHANCE) found.push(index);
  }
  return found;
}
