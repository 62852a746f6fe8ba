/** What the chart draws: recent demand, and the projected stock under each possible answer. Plain values. */
import { nextPeriod } from "../world/sales/periods.ts";
import type { DemandHistory } from "../world/history.ts";
import type { LastingFacts } from "./lasting-text.ts";

export interface DemandPoint {
  readonly day: number;
  readonly units: number;
  /** False = out of stock that day, so the units are less than what was wanted. */
  readonly inStock: boolean;
}

export interface Band {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export interface Projection {
  readonly label: string;
  readonly quantity: number;
  /** Stock at the end of each coming day, today first. */
  readonly days: readonly Band[];
  readonly lasting: LastingFacts;
}

export interface ChartData {
  /** Day of the store's calendar, as all days here. */
  readonly today: number;
  readonly onHand: number;
  readonly safetyStock: number;
  /** Day (from today, 0-based) at which an order placed now arrives. */
  readonly arrivalDay: number;
  readonly demand: readonly DemandPoint[];
  readonly approve: Projection;
  readonly reject: Projection;
  /** The quantity that a reviewer is trying out; null when none is typed. */
  readonly tried: Projection | null;
}

const SPARKS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/** Days of demand that a message shows in one line. */
export const SPARKLINE_DAYS = 14;

/** Demand as one line of block characters, for mail and Slack. */
export function sparkline(demand: readonly DemandPoint[]): string {
  const highest = Math.max(...demand.map((point) => point.units), 0);
  if (highest <= 0) return "";
  return demand
    .map((point) => SPARKS[Math.min(SPARKS.length - 1, Math.floor((point.units / highest) * SPARKS.length))]!)
    .join("");
}

/** The last days of a history, dated. */
export function recentDemand(history: DemandHistory | null, days: number): DemandPoint[] {
  if (history === null) return [];
  const period = history.period ?? "day";
  const points: DemandPoint[] = [];
  let start = history.firstDay;
  history.units.forEach((units, index) => {
    const next = nextPeriod(period, start);
    // A week's or a month's units are drawn evenly over its days.
    for (let day = start; day < next; day++) {
      points.push({ day, units: units / (next - start), inStock: history.inStock[index] !== false });
    }
    start = next;
  });
  return points.slice(Math.max(0, points.length - days));
}
