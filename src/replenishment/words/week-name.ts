/** Weeks of the year as a buyer names them. */
import { isChristmasWeek, isoWeekIndex } from "../models/day-numbers.ts";

/** The ISO weeks of two days, as at the beginning of a sentence. */
export function weekName(firstDay: number, lastDay: number = firstDay): string {
  const [first, last] = [isoWeekIndex(firstDay) + 1, isoWeekIndex(lastDay) + 1];
  if (first !== last) return `Weeks ${first} to ${last} of the year`;
  return isChristmasWeek(firstDay) ? "Christmas week" : `Week ${first} of the year`;
}
