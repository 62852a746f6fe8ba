/**
 * An uploaded forecast by date: a point holds for its day. Days without a point are null here; the plan fills them from
 * history, or from the nearest points.
 */
import { COMMON_SHARE } from "../replenishment/paths/forecast-paths.ts";
import type { DemandForecast, ForecastPoint } from "../replenishment/types.ts";
import type { DemandHistory } from "./history.ts";
import { isOpen } from "./opening.ts";
import { nextPeriod, periodEnd, periodStart, periodsBetween, type SalesPeriod } from "./sales/periods.ts";
import type { Present } from "./ahead.ts";
import type { StoreFacts } from "./types.ts";
import { DAY_MS } from "../shared/durations.ts";
import { Z90 } from "../replenishment/statistics/normal.ts";

/** A period counts as forecast only when at least this share of its days has a point. */
const LEAST_SHARE = 0.5;

export interface ForecastDay {
  readonly day: number;
  readonly mean: number;
  readonly p10?: number | undefined;
  readonly p50?: number | undefined;
  readonly p90?: number | undefined;
  readonly std?: number | undefined;
}

export interface UploadedForecast {
  readonly days: readonly ForecastDay[];
  readonly uploadedAt: number;
}

/**
 * Splits rows of a week or a month each into days; the days add up to the row, in mean and in spread. A row is divided
 * among the days on which the store is open: closed days get no point.
 */
export function spreadForecast(
  rows: readonly ForecastDay[],
  period: SalesPeriod,
  store: StoreFacts | null = null,
): ForecastDay[] {
  if (period === "day") return [...rows];
  return rows.flatMap((row) => {
    const first = periodStart(period, row.day);
    const length = periodEnd(period, row.day) - first + 1;
    const all = Array.from({ length }, (_, index) => first + index);
    const open = all.filter((day) => isOpen(store, day));
    const days = open.length === 0 ? all : open;
    return days.map((day) => ({ day, ...dayOfPeriod(row, days.length) }));
  });
}

function dayOfPeriod({ mean, p10, p50, p90, std }: ForecastDay, count: number): ForecastPoint {
  // Spread of a sum of `count` days over that of one day, when COMMON_SHARE of the error variance is common.
  const widens = Math.sqrt((1 - COMMON_SHARE) * count + COMMON_SHARE * count ** 2);
  const middle = p50 ?? mean;
  return {
    mean: mean / count,
    ...(p50 === undefined ? {} : { p50: p50 / count }),
    ...(p10 === undefined ? {} : { p10: Math.max(0, middle / count - (middle - p10) / widens) }),
    ...(p90 === undefined ? {} : { p90: middle / count + (p90 - middle) / widens }),
    ...(std === undefined ? {} : { std: std / widens }),
  };
}

/** The coming periods of a forecast, the present one first; null when none of its points lies ahead. */
export function forecastAhead(
  uploaded: UploadedForecast,
  history: DemandHistory | null,
  store: StoreFacts | null,
  present: Present,
  now: number,
): DemandForecast | null {
  const { today, period } = present;
  const byDay = new Map(uploaded.days.filter((point) => point.day >= today).map((point) => [point.day, point]));
  if (byDay.size === 0) return null;
  const last = [...byDay.keys()].reduce((a, b) => Math.max(a, b));
  const points = periodsBetween(period, today, last).map((start) =>
    period === "day" ? pointOf(byDay.get(start)) : pointOfPeriod(byDay, start, nextPeriod(period, start), today, store),
  );
  return {
    points,
    ageDays: Math.max(0, (now - uploaded.uploadedAt) / DAY_MS),
    pastError: pastError(uploaded, history, today),
  };
}

function pointOf(day: ForecastDay | undefined): ForecastPoint | null {
  if (day === undefined) return null;
  const { day: _day, ...point } = day;
  return point;
}

/** Sum of a period's open days; when only a part of them has points, that sum is scaled to the whole. */
function pointOfPeriod(
  byDay: ReadonlyMap<number, ForecastDay>,
  start: number,
  next: number,
  today: number,
  store: StoreFacts | null,
): ForecastPoint | null {
  const from = Math.max(start, today);
  const days: ForecastDay[] = [];
  let closed = 0;
  for (let day = from; day < next; day++) {
    const point = byDay.get(day);
    if (!isOpen(store, day)) closed++;
    else if (point !== undefined) days.push(point);
  }
  const open = next - from - closed;
  if (days.length === 0 || days.length < open * LEAST_SHARE) return null;
  const scale = ((next - start) / (next - from)) * (open / days.length);
  const deviations = days.map(deviationOf);
  const widened = deviations.every((deviation) => deviation !== null)
    ? Math.sqrt(
        (1 - COMMON_SHARE) * deviations.reduce((sum, deviation) => sum + deviation ** 2, 0) +
          COMMON_SHARE * deviations.reduce((sum, deviation) => sum + deviation, 0) ** 2,
      )
    : null;
  return {
    mean: scale * days.reduce((sum, day) => sum + day.mean, 0),
    ...(widened === null ? {} : { std: scale * widened }),
  };
}

function deviationOf({ mean, p10, p50, p90, std }: ForecastDay): number | null {
  if (std !== undefined) return std;
  if (p90 !== undefined) return Math.max(0, p90 - (p50 ?? mean)) / Z90;
  return p10 === undefined ? null : Math.max(0, (p50 ?? mean) - p10) / Z90;
}

/** Mean absolute error of the forecast's past periods over mean demand; out-of-stock periods are ignored. */
function pastError(uploaded: UploadedForecast, history: DemandHistory | null, today: number): number | null {
  if (history === null) return null;
  const period = history.period ?? "day";
  const known = Math.min(history.completeThrough ?? Infinity, today - 1);
  const byDay = new Map(uploaded.days.map((point) => [point.day, point.mean]));
  let error = 0;
  let demand = 0;
  let start = history.firstDay;
  history.units.forEach((units, index) => {
    const next = nextPeriod(period, start);
    let mean: number | null = 0;
    for (let day = start; day < next && mean !== null; day++) {
      const point = byDay.get(day);
      mean = point === undefined ? null : mean + point;
    }
    if (mean !== null && history.inStock[index] !== false && next - 1 <= known) {
      error += Math.abs(units - mean);
      demand += units;
    }
    start = next;
  });
  return demand > 0 ? error / demand : null;
}
