/**
 * How weekdays differ, from an item's own days. Two things shrink each factor to 1, whichever is the stronger:
 *
 * - how noisy a day is: n / (n + cv^2 / WEEKDAY_VARIANCE), the normal-normal posterior mean;
 * - how far all weekdays together differ by chance: the positive part of Lindley's (1962) shrinkage towards a common
 *   mean. A steady item's factors would otherwise be the luck of a few weeks.
 */
import { DAYS_PER_WEEK } from "./day-numbers.ts";
import { weekPosition, type Residue } from "./residue.ts";

/** No week or weekday is believed to sell less than this share: dividing by less would invent demand. */
export const FACTOR_FLOOR = 0.05;
/** Days of history before weekdays are distinguished: four of each. */
const WEEKDAYS_FROM = 28;
/** Variance of a true weekday factor around 1: how different weekdays of a shop usually are (30 %). */
const WEEKDAY_VARIANCE = 0.09;

type FactorOfPeriod = (period: number) => number;

export interface Weekdays {
  /** By position in the week, index 0 = the weekday of the present period. */
  readonly factors: Float64Array;
  /**
   * Sales of whole weeks over what the factors predict from the mean adjusted day. It corrects a bias: with weekday
   * factors shrunk to 1 the predicted sum of a week is too small.
   */
  readonly wholeWeeks: number;
  readonly residue: Residue;
}

/** Seen days, and sums of their units and of the units' squares, by position in the week. */
interface DaySums {
  readonly seen: Float64Array;
  readonly units: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Null when the history is too short. A weekday that was never seen has nothing of its own: its factor is 1.
 */
export function weekdaysOf(demand: Float64Array, week: FactorOfPeriod | null): Weekdays | null {
  if (demand.length < WEEKDAYS_FROM) return null;
  const sums = sumsOf(demand, week);
  const count = total(sums.seen);
  const mean = total(sums.units) / Math.max(1, count);
  if (count < WEEKDAYS_FROM || !(mean > 0)) return null;
  const prior = Math.max(0, total(sums.squares) / count / (mean * mean) - 1) / WEEKDAY_VARIANCE;
  const shares = sums.units.map((units, day) => (sums.seen[day] === 0 ? 1 : units / mean / sums.seen[day]!));
  const shown = shareShown(sums);
  const factors = shares.map((share, day) => {
    const seen = sums.seen[day]!;
    return seen === 0 ? 1 : Math.max(FACTOR_FLOOR, 1 + Math.min(shown, seen / (seen + prior)) * (share - 1));
  });
  const adjusted = total(shares.map((share, day) => share / factors[day]!));
  const wholeWeeks = total(shares) / ((adjusted / DAYS_PER_WEEK) * total(factors));
  return { factors, wholeWeeks, residue: residueOf(factors, sums) };
}

function sumsOf(demand: Float64Array, week: FactorOfPeriod | null): DaySums {
  const [seen, units, squares] = [0, 1, 2].map(() => new Float64Array(DAYS_PER_WEEK)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  // The position is incremented because a remainder for each day would take a large part of a first plan's time.
  let position = weekPosition(-demand.length);
  for (let index = 0; index < demand.length; index++, position = position === DAYS_PER_WEEK - 1 ? 0 : position + 1) {
    let sold = demand[index]!;
    if (sold !== sold) continue;
    if (week !== null) sold /= week(index - demand.length);
    seen[position]! += 1;
    units[position]! += sold;
    squares[position]! += sold * sold;
  }
  return { seen, units, squares };
}

/** The part of the weekdays' differences that is more than chance, 0..1. */
function shareShown({ seen, units, squares }: DaySums): number {
  const count = total(seen);
  const kinds = seen.filter((days) => days > 0).length;
  const between = total(units.map((sum, day) => sum ** 2 / Math.max(1, seen[day]!)));
  const within = Math.max(0, total(squares) - between) / (count - kinds);
  const chance = (kinds - 3) * within;
  return chance > 0 ? Math.max(0, 1 - chance / (between - total(units) ** 2 / count)) : 1;
}

function residueOf(factors: Float64Array, { seen, units, squares }: DaySums): Residue {
  const means = units.map((sum, day) => sum / seen[day]! / factors[day]!);
  let [sum, square, within] = [0, 0, 0];
  for (let day = 0; day < DAYS_PER_WEEK; day++) {
    if (seen[day] === 0) continue;
    sum += units[day]! / factors[day]!;
    square += squares[day]! / factors[day]! ** 2;
    within += squares[day]! / factors[day]! ** 2 - seen[day]! * means[day]! ** 2;
  }
  const mean = sum / total(seen);
  const variance = square - sum * mean;
  return {
    share: means.map((each) => each / mean),
    unexplained: variance > 0 ? Math.sqrt(Math.min(1, Math.max(0, within / variance))) : 1,
  };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
