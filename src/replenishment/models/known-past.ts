/**
 * Past demand as models read it: events divided out, unseen periods as NaN, another item's history where borrowed.
 *
 * - An unseen period is NaN: never zero, and never skipped, since skipping would shift the dates of the others.
 * - A borrowed history fills the time before the item's own first period only, at a level that own periods soon
 *   outweigh.
 * - An item that sold often, then not at all for long, and sells again was not on sale between: it is a new item.
 */
import { believable } from "./believable.ts";
import { UsualSales } from "./usual-sales.ts";
import type { BorrowedHistory, PlanInput } from "../types.ts";
import { meanSeen } from "../statistics/mean.ts";

/** Days of own sales at which the own level weighs as much as the other item's. */
const BORROWED_DAYS = 14;

/** An item that comes back after fewer days than this is the same item still. */
const LEAST_ABSENCE_DAYS = 182;
/** Spare parts by the month come back after half a year as they were. */
const LEAST_ABSENT_PERIODS = 26;
/** How unlikely so many periods without a sale must be, by how often it sold before. */
const ABSENT = 1e-6;

export type PastInput = Pick<
  PlanInput,
  "history" | "inStock" | "historyFactors" | "borrowed" | "historyStart" | "periodDays" | "seasonalProfile"
>;

export interface Past {
  /** Demand per period, oldest first, ending with the period before the present one; NaN = unseen. */
  readonly demand: Float64Array;
  /** Periods of the item's own that were seen. */
  readonly ownSeen: number;
  /** Unseen periods at the end of the history. */
  readonly unseenTail: number;
  /** Share of the latest periods that sold until the shelf was empty. */
  readonly soldOut: number;
}

export function pastOf(input: PastInput): Past {
  const own = sinceReturn(
    seenDemand(input.history, input.inStock, input.historyFactors ?? null, input.periodDays),
    input.periodDays,
  );
  const ownSeen = countSeen(own);
  const demand = input.borrowed == null ? own : joined(own, ownSeen, input.borrowed, input.periodDays);
  let unseenTail = 0;
  while (unseenTail < demand.length && Number.isNaN(demand[demand.length - 1 - unseenTail])) unseenTail++;
  return { demand, ownSeen, unseenTail: unseenTail === demand.length ? 0 : unseenTail, soldOut: soldOutOf(input) };
}

/** Periods of which so many as sold out are counted. */
const LATEST = 20;

function soldOutOf({ history, inStock }: PastInput): number {
  if (inStock === null) return 0;
  let count = 0;
  for (let period = Math.max(0, history.length - LATEST); period < history.length; period++) {
    if (inStock[period] === false && history[period]! > 0) count++;
  }
  return count / LATEST;
}

function seenDemand(
  units: readonly number[],
  inStock: readonly boolean[] | null,
  factors: readonly number[] | null,
  periodDays: number,
): Float64Array {
  const demand = new Float64Array(units.length);
  const usual = inStock?.includes(false) === true ? new UsualSales(periodDays) : null;
  for (let period = 0; period < units.length; period++) {
    const factor = factors?.[period] ?? 1;
    const sold = factor > 0 ? believable(units[period]!) / factor : Number.NaN;
    demand[period] = inStock?.[period] === false ? usual!.soldOut(period, sold) : sold;
    usual?.learn(period, demand[period]!);
  }
  return demand;
}

/** The same, unseen up to the last return of the item. */
function sinceReturn(demand: Float64Array, periodDays: number): Float64Array {
  let [seen, sold, empty] = [0, 0, 0];
  for (let period = 0; period < demand.length; period++) {
    const units = demand[period]!;
    if (units === 0) empty++;
    if (!(units > 0)) continue;
    const isLong = empty >= LEAST_ABSENT_PERIODS && empty * periodDays >= LEAST_ABSENCE_DAYS;
    if (isLong && (1 - sold / (seen + 1)) ** empty < ABSENT) {
      demand.fill(Number.NaN, 0, period);
      seen = sold = empty = 0;
    }
    seen += empty + 1;
    sold++;
    empty = 0;
  }
  return demand;
}

function joined(own: Float64Array, ownSeen: number, borrowed: BorrowedHistory, periodDays: number): Float64Array {
  const lent = seenDemand(borrowed.history, borrowed.inStock, borrowed.historyFactors ?? null, periodDays);
  const firstOwn = ownSeen === 0 ? own.length : own.findIndex((units) => !Number.isNaN(units));
  const scale = Math.max(0, borrowed.scale);
  const level = borrowed.as === "replaces" ? scale : scale * towardsOwn(own, ownSeen, lent, scale, periodDays);
  const length = Math.max(own.length, lent.length);
  const before = length - own.length + firstOwn;
  return Float64Array.from({ length }, (_, index) => {
    const fromEnd = length - index;
    if (index >= before) return own[own.length - fromEnd]!;
    if (fromEnd > lent.length) return Number.NaN;
    const units = lent[lent.length - fromEnd]! * level;
    return units === units ? believable(units) : units;
  });
}

/** Factor on the borrowed level: 1 before the item's first day of sales, then moving towards the item's own level. */
function towardsOwn(own: Float64Array, ownSeen: number, lent: Float64Array, scale: number, periodDays: number): number {
  const theirs = scale * meanSeen(lent);
  if (ownSeen === 0 || believable(theirs) === 0) return 1;
  const weight = BORROWED_DAYS / periodDays;
  return ((ownSeen * meanSeen(own)) / theirs + weight) / (ownSeen + weight);
}

function countSeen(demand: Float64Array): number {
  let seen = 0;
  for (const units of demand) if (units === units) seen++;
  return seen;
}
