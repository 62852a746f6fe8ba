/** Demand ahead: the factor of closures and events on each coming period, and how much of the present one is over. */
import { eventFactor, eventsBetween } from "./events.ts";
import { isOpen } from "./opening.ts";
import { nextPeriod, periodStart, type SalesPeriod } from "./sales/periods.ts";
import { usualOpenShare, type PastWorld } from "./past.ts";

/** Longer than any horizon: a plan prices leftovers over only a few reviews after the arrival. */
const MOST_DAYS = 1_200;

export interface Present {
  /** The day in which the stock was counted. */
  readonly today: number;
  /** Share of that day's demand that is still ahead. */
  readonly shareAhead: number;
  readonly period: SalesPeriod;
}

/**
 * Factor of each period from the present one on, for `days` days; null = all 1. The present period's factor covers only
 * what is left of it: the plan itself subtracts the part that is over.
 */
export function factorsAhead(world: PastWorld, present: Present, days: number): readonly number[] | null {
  const { store, events } = world;
  const { today, period, shareAhead } = present;
  const end = today + Math.min(MOST_DAYS, Math.ceil(days));
  const ahead = eventsBetween(events, today, end).filter((event) => event.factor !== 1);
  if (ahead.length === 0 && store === null) return null;
  const factors: number[] = [];
  const usual = period === "day" ? 1 : usualOpenShare(store);
  for (let start = periodStart(period, today); start < end;) {
    const next = nextPeriod(period, start);
    let weight = 0;
    let sum = 0;
    for (let day = Math.max(start, today); day < next; day++) {
      const share = day === today ? Math.max(shareAhead, 1e-6) : 1;
      weight += share;
      if (isOpen(store, day)) sum += share * eventFactor(ahead, day);
    }
    factors.push(usual > 0 ? sum / (weight * usual) : 0);
    start = next;
  }
  return factors.every((factor) => Math.abs(factor - 1) < 1e-12) ? null : factors;
}

/** Share of the present period that is over. */
export function elapsedShare({ today, period, shareAhead }: Present): number {
  const start = periodStart(period, today);
  const length = nextPeriod(period, today) - start;
  return Math.min(1, Math.max(0, (today - start + 1 - shareAhead) / length));
}
