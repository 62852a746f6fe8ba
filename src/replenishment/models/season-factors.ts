/** The season of a year's weeks, from what was seen of them. */
import { WEEKS } from "./day-numbers.ts";
import { FACTOR_FLOOR } from "./weekdays.ts";

/** 53 factors with a mean of 1. A week that was never seen (null) takes the mean of its neighbours in the year. */
export function seasonFactors(weeks: readonly (number | null)[]): number[] {
  const factors = weeks.map(
    (factor, week) => factor ?? ((weeks.at(week - 1) ?? 1) + (weeks[(week + 1) % WEEKS] ?? 1)) / 2,
  );
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / WEEKS;
  return factors.map((factor) => Math.max(FACTOR_FLOOR, factor / mean));
}
