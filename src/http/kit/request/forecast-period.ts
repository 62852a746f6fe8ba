/**
 * Spreads weekly or monthly forecast rows over their days, and notices rows that look weekly or monthly without saying
 * so. Pure.
 */
import { Problem } from "../../../api/problems.ts";
import { spreadForecast, type ForecastDay } from "../../../world/forecast.ts";
import { periodStart, spacingOf, type SalesPeriod } from "../../../world/sales/periods.ts";
import type { StoreFacts } from "../../../world/types.ts";

/** Ten years: longer forecasts are a mistake of dates. */
const MOST_DAYS = 3_660;

/** @param period undefined = not stated by the caller. */
export function dailyForecast(
  points: readonly ForecastDay[],
  period: SalesPeriod | undefined,
  store: StoreFacts | null,
): ForecastDay[] {
  if (period === undefined) {
    const spacing = spacingOf(points.map(({ day }) => day));
    if (spacing !== null) {
      throw refused(
        "period",
        `is needed: ${spacing}, or day`,
        `The points are as far apart as if each were a ${spacing}'s demand. Send period=${spacing}, or ` +
          "period=day if they are days.",
      );
    }
  }
  if (period === undefined || period === "day") return [...points];
  const starts = points.map(({ day }) => periodStart(period, day));
  if (new Set(starts).size < starts.length)
    throw refused("points", `has two rows of one ${period}`, `Two rows lie in one ${period}.`);
  const days = spreadForecast(points, period, store).toSorted((a, b) => a.day - b.day);
  if (days.length > MOST_DAYS)
    throw refused("points", `reach over more than ${MOST_DAYS} days`, `The forecast is longer than ${MOST_DAYS} days.`);
  return days;
}

function refused(pointer: string, message: string, detail: string): Problem {
  return new Problem("validation_failed", detail, { errors: [{ pointer, message }] });
}
