/**
 * A season that comes earlier or later than in other years: winter, Easter, the start of school. Sales of the latest
 * weeks are compared with the profile as it is and as it would be some weeks later or earlier. Level and noise explain
 * most differences, so a shift is believed only where it explains them far better.
 */
import { DAYS_PER_WEEK } from "./day-numbers.ts";

/** Weeks that are compared. */
const COMPARED = 12;
/** Weeks of shift at most, either way. */
const MOST_SHIFT = 3;
/** Gain of log likelihood that a shift needs, and that each further week needs over a smaller shift. */
const LEAST_GAIN = 4;
const GAIN_PER_WEEK = 0.5;
/** Variance of a week's log sales that neither season nor chance explains. */
const VARIATION = 0.02;

/**
 * Weeks by which the season is late; below 0 = early. `demand`: of the past, NaN = unseen, in the item's own units;
 * `unit`: what it counts as one; `factor`: by period, 0 = the present one.
 */
export function weeksLate(
  demand: Float64Array,
  unit: number,
  factor: (period: number) => number,
  periodDays: number,
): number {
  const periods = DAYS_PER_WEEK / periodDays;
  if (!Number.isInteger(periods)) return 0;
  const season: number[] = [];
  for (let week = -MOST_SHIFT; week < COMPARED + MOST_SHIFT; week++) {
    let sum = 0;
    for (let period = 1; period <= periods; period++) sum += factor(-week * periods - period);
    season.push(sum);
  }
  const weeks: { readonly sold: number; readonly week: number }[] = [];
  for (let week = 0; week < COMPARED; week++) {
    let [sold, seen] = [0, 0];
    for (let period = 1; period <= periods; period++) {
      const units = demand[demand.length - week * periods - period];
      if (units === undefined || units !== units) continue;
      sold += units / unit;
      seen++;
    }
    if (seen > 0) weeks.push({ sold: (sold * periods) / seen, week });
  }
  const all = weeks.reduce((sum, { sold }) => sum + sold, 0);
  if (weeks.length < COMPARED / 2 || all === 0) return 0;
  const likelihood = (shift: number): number => {
    const expected = weeks.map(({ week }) => season[week + shift + MOST_SHIFT]!);
    const level = all / expected.reduce((sum, units) => sum + units, 0);
    const squares = weeks.reduce(
      (sum, { sold }, at) => sum + Math.log((sold + 1) / (level * expected[at]! + 1)) ** 2,
      0,
    );
    return (-weeks.length / 2) * Math.log(squares / weeks.length + VARIATION + weeks.length / all);
  };
  let late = 0;
  let most = likelihood(0) + LEAST_GAIN - GAIN_PER_WEEK;
  for (let weeksOff = 1; weeksOff <= MOST_SHIFT; weeksOff++) {
    for (const shift of [-weeksOff, weeksOff]) {
      const gain = likelihood(shift) - GAIN_PER_WEEK * weeksOff;
      if (gain > most) [late, most] = [shift, gain];
    }
  }
  return late;
}
