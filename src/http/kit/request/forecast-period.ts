/**
 * Spreads rows of a forecast for weeks or months over their days, and notices rows that look like such without saying
 * so. Pure.
 */
import { Problem } from "../../../api/problems.ts";
import type { ForecastDay } from "../../../world/forecast.ts";
import { nextPeriod, periodStart, spacingOf, type SalesPeriod } from "../../../world/sales/periods.ts";

/** Ten years: longer forecasts are a mistake of dates. */
const MOST_DAYS = 3_660;

/** @param period undefined = the caller did not say. */
export function dailyForecast(points: readonly ForecastDay[], period: SalesPeriod | undefined): ForecastDay[] {
  if (period === undefined) {
    const spacing = spacingOf(points.map(({ day }) => day));
    if (spacing !== null) {
      throw refused(
        "period",
        `is needed: ${spacing}, or day`,
        `The points are as far apart as if each were a ${spacing}'s demand. Send period=${spacing}, or period=day if they are days.`,
      );
    }
  }
  if (period === undefined || period === "day") return [...points];
  const days = new Map<number, ForecastDay>();
  for (const point of points) {
    const start = periodStart(period, point.day);
    if (days.has(start)) throw refused("points", `has two rows of one ${period}`, `Two rows lie in one ${period}.`);
    for (const day of spread(point, start, nextPeriod(period, start))) days.set(day.day, day);
    if (days.size > MOST_DAYS)
      throw refused(
        "points",
        `reach over more than ${MOST_DAYS} days`,
        `The forecast is longer than ${MOST_DAYS} days.`,
      );
  }
  return [...days.values()].toSorted((a, b) => a.day - b.day);
}

/**
 * Days of equal demand, independent of each other: their sum has the row's mean and, but for the cut at zero, its
 * spread.
 */
function spread({ mean, p10, p50, p90, std }: ForecastDay, start: number, end: number): ForecastDay[] {
  const count = end - start;
  const daily = mean / count;
  const quantile = (value: number | undefined): number | undefined =>
    value === undefined ? undefined : Math.max(0, daily + (value - mean) / Math.sqrt(count));
  const shape = {
    mean: daily,
    p10: quantile(p10),
    p50: quantile(p50),
    p90: quantile(p90),
    std: std === undefined ? undefined : std / Math.sqrt(count),
  };
  return Array.from({ length: count }, (_, index) => ({ day: start + index, ...shape }));
}

function refused(pointer: string, message: string, detail: string): Problem {
  return new Problem("validation_failed", detail, { errors: [{ pointer, message }] });
}
