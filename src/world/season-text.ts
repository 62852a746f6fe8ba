/** A store's season as the page of an item shows it. */
import { isoWeekIndex } from "../replenishment/models/day-numbers.ts";
import { about } from "../replenishment/words/numbers.ts";
import { weekName } from "../replenishment/words/week-name.ts";
import type { Season } from "./types.ts";

export interface SeasonText {
  /** `Christmas week: 2.8 times the usual`. */
  readonly atArrival: string;
  readonly now: string;
  readonly from: string;
}

/** `today`: the store's day; `arrivesOn`: the day on which an order placed now would arrive. */
export function seasonText(season: Season, today: number, arrivesOn: number): SeasonText {
  const of = (day: number): string =>
    `${weekName(day)}: ${about(season.weeks[isoWeekIndex(day)] ?? 1)} times the usual`;
  return {
    atArrival: of(arrivesOn),
    now: of(today),
    from: season.source === "set" ? "set by you" : `learned from ${season.items} items, ${season.spanWeeks} weeks`,
  };
}
