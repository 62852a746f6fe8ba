/**
 * When an item had nothing to sell, by its own counts: from a count of 0 until the next count above 0, or a receipt.
 * Sales of that time reveal nothing about demand. Outages are stored in the workflow rows, so they cost no extra row.
 */

/** Moments; the end is null while it lasts. */
export interface Outage {
  readonly from: number;
  readonly to: number | null;
}

/** Outages kept: over a year's worth for an item that runs out every week. */
const MOST_OUTAGES = 64;

export interface Count {
  readonly at: number;
  readonly onHand: number;
}

/** The outages after a new count; the same array where nothing changed. `receivedAt`: moments at which goods came. */
export function followOutages(
  outages: readonly Outage[],
  count: Count,
  receivedAt: readonly number[],
): readonly Outage[] {
  const open = outages.at(-1);
  if (open === undefined || open.to !== null) {
    return count.onHand > 0 ? outages : [...outages, { from: count.at, to: null }].slice(-MOST_OUTAGES);
  }
  const back = receivedAt.filter((at) => at > open.from && at <= count.at);
  if (back.length === 0 && count.onHand <= 0) return outages;
  const closed = { from: open.from, to: back.reduce((a, b) => Math.min(a, b), count.at) };
  const before = outages.slice(0, -1);
  return count.onHand > 0
    ? [...before, closed]
    : [...before, closed, { from: count.at, to: null }].slice(-MOST_OUTAGES);
}

/**
 * The part of a day that an outage covers: `all` of it, its `end` (sold out in the evening), or its `start` (goods came
 * during the day).
 */
export type OutageOfDay = "none" | "start" | "end" | "all";

/**
 * By day from `from` to `to`, both included; only days that an outage touches. `dayOf` gives the store's day of a
 * moment.
 */
export function outageDays(
  outages: readonly Outage[],
  from: number,
  to: number,
  dayOf: (moment: number) => number,
): ReadonlyMap<number, OutageOfDay> {
  const days = new Map<number, OutageOfDay>();
  for (const outage of outages) {
    const first = dayOf(outage.from);
    const last = outage.to === null ? to + 1 : dayOf(outage.to);
    for (let day = Math.max(first, from); day <= Math.min(last, to); day++) {
      const here = day > first && day < last ? "all" : day === last ? "start" : "end";
      days.set(day, worseOf(days.get(day) ?? "none", here));
    }
  }
  return days;
}

function worseOf(a: OutageOfDay, b: OutageOfDay): OutageOfDay {
  const order: readonly OutageOfDay[] = ["none", "start", "end", "all"];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
