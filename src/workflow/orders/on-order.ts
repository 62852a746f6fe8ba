/**
 * Which open orders count (I9): an order counts from the moment it is decided until it is received, cancelled, or
 * overdue beyond its grace. A sender who knows its own orders is believed for all but the youngest of ours.
 */
import { withoutDust } from "../../shared/without-dust.ts";
import { isFewPieces } from "./few-pieces.ts";
import { isNamedIn, promisedDayOf, type ItemOrder, type ReportedOrder } from "./item-order.ts";
import type { Snapshot } from "../types/snapshot.ts";
import { DAY_MS } from "../../shared/durations.ts";

/** Half the lead time, a day at least: an order later than that is more likely lost than delayed. */
const GRACE_FRACTION = 0.5;

export interface CountedOrder {
  readonly quantity: number;
  /** Days since it was placed. */
  readonly ageDays: number;
  /** Null = the arrival is unknown. */
  readonly expectedAt: number | null;
  /** The store's day of it, where that is known. */
  readonly expectedOn?: number;
  /** By the service's own clock: not late before this. */
  readonly dueAfter?: number;
  /** The last few pieces of an order: once they are late, the plan no longer counts on them. */
  readonly isRest?: boolean;
}

export interface CountedOrders {
  /** Orders that will arrive. */
  readonly counted: readonly CountedOrder[];
  readonly total: number;
  /** Too late to count; still listed as open until somebody receives or cancels them. */
  readonly overdue: readonly { readonly quantity: number; readonly expectedAt: number }[];
  /** Orders of ours that the sender no longer lists: received or cancelled without telling us. */
  readonly gone: readonly ItemOrder[];
}

/** Units that arrive only after the order that follows one placed now would: they do not help the need of now. */
export function unitsTooLate(
  { counted }: CountedOrders,
  { leadTimeDays, reviewPeriodDays }: Pick<Snapshot, "leadTimeDays" | "reviewPeriodDays">,
  itemNow: number,
): number {
  if (counted.length === 0) return 0;
  const inTime = itemNow + (leadTimeDays + reviewPeriodDays) * DAY_MS;
  return sum(counted.filter(({ expectedAt }) => expectedAt !== null && expectedAt > inTime));
}

/** A purchase order's day as its noon: west of Greenwich it has only begun by then, and is not over. */
function promiseOf(order: ItemOrder): Pick<CountedOrder, "expectedAt" | "expectedOn"> {
  const { expectedAt, isMoment } = order;
  const day = promisedDayOf(order);
  if (day === null) return { expectedAt };
  if (isMoment === true) return { expectedAt, expectedOn: day };
  return { expectedAt: expectedAt === day * DAY_MS ? expectedAt + DAY_MS / 2 : expectedAt, expectedOn: day };
}

const NONE: CountedOrders = { counted: [], total: 0, overdue: [], gone: [] };

/** `receivedSince`: units received after the count, which a list or total of the count's own moment still holds. */
export function countOrders(
  orders: readonly ItemOrder[],
  snapshot: Pick<Snapshot, "onOrder" | "openOrders" | "leadTimeDays" | "occurredAt" | "receivedAt" | "backfill">,
  orderSyncMs: number,
  itemNow: number,
  receivedSince: number,
): CountedOrders {
  if (orders.length === 0 && snapshot.onOrder === null && snapshot.openOrders == null) return NONE;
  const oldestFirst = orders.toSorted((a, b) => a.placedAt - b.placedAt);
  const own = (order: ItemOrder): CountedOrder => ({
    quantity: order.quantity,
    ageDays: Math.max(0, (itemNow - order.placedAt) / DAY_MS),
    ...promiseOf(order),
    ...(isFewPieces(order) ? { isRest: true } : {}),
    ...(order.madeAt === undefined ? {} : { dueAfter: order.madeAt + order.expectedAt - order.placedAt }),
  });
  const grace = graceMs(snapshot.leadTimeDays);
  // Counts carry the sender's dates, so an order is late only once the service's own clock agrees.
  const realNow = snapshot.backfill === true ? Infinity : itemNow - snapshot.occurredAt + snapshot.receivedAt;
  const isLate = ({ expectedAt, dueAfter = -Infinity }: CountedOrder): boolean =>
    expectedAt !== null && itemNow > expectedAt + grace && realNow > dueAfter + grace;
  if (snapshot.onOrder === null && snapshot.openOrders == null) {
    return split(oldestFirst.map(own), isLate, [], itemNow);
  }
  // An order that is not sent yet cannot be in the sender's total, and what a run says again of an earlier count knows
  // nothing of an order that was reported since.
  const isYoung = ({ placedAt, toldAt = placedAt, purchase }: ItemOrder): boolean =>
    itemNow - placedAt < orderSyncMs || toldAt > itemNow || (purchase !== undefined && purchase.stage !== "sent");
  const young = oldestFirst.filter(isYoung);
  const old = oldestFirst.filter((order) => !young.includes(order));
  if (snapshot.openOrders != null) {
    const listed = withoutReceived(snapshot.openOrders, receivedSince);
    const names = new Set(snapshot.openOrders.map(({ reference }) => reference));
    const unlisted = young.filter((order) => !isNamedIn(order, names));
    const reported = listed.map((order) => ({
      quantity: order.quantity,
      ageDays: order.placedAt === null ? ageByPromise(order, snapshot, itemNow) : (itemNow - order.placedAt) / DAY_MS,
      expectedAt: order.expectedAt,
      ...(order.expectedOn === undefined ? {} : { expectedOn: order.expectedOn }),
    }));
    const gone = old.filter((order) => !isNamedIn(order, names));
    return split([...reported, ...unlisted.map(own)], isLate, gone, itemNow);
  }
  const { kept, gone, unknown } = matchToSender(old, Math.max(0, (snapshot.onOrder ?? 0) - receivedSince));
  const counted = [
    ...kept.map(own),
    // The sender's orders that we did not place: their age is unknown, so half the lead time is assumed.
    ...(unknown > 0 ? [{ quantity: unknown, ageDays: snapshot.leadTimeDays / 2, expectedAt: null }] : []),
    ...young.map(own),
  ];
  return { counted, total: sum(counted), overdue: [], gone };
}

/** Milliseconds by which an order may be late and still count. */
function graceMs(leadTimeDays: number): number {
  return Math.max(1, leadTimeDays * GRACE_FRACTION) * DAY_MS;
}

function split(
  orders: readonly CountedOrder[],
  isLate: (order: CountedOrder) => boolean,
  gone: readonly ItemOrder[],
  itemNow: number,
): CountedOrders {
  const awaited = orders.filter(({ isRest, expectedAt }) => isRest !== true || itemNow <= (expectedAt ?? Infinity));
  const counted = awaited.filter((order) => !isLate(order)).toSorted(byArrival);
  const overdue = awaited.filter(isLate).map(({ quantity, expectedAt }) => ({ quantity, expectedAt: expectedAt ?? 0 }));
  return { counted, total: sum(counted), overdue, gone };
}

/** Fixed order of counted orders, so the same orders give the same plan wherever they come from. */
function byArrival(a: CountedOrder, b: CountedOrder): number {
  return (a.expectedAt ?? 0) - (b.expectedAt ?? 0) || a.ageDays - b.ageDays || a.quantity - b.quantity;
}

/** Goods received since the list was made close its orders, the earliest first. */
function withoutReceived(orders: readonly ReportedOrder[], received: number): ReportedOrder[] {
  let left = received;
  return orders
    .toSorted((a, b) => a.expectedAt - b.expectedAt)
    .flatMap((order) => {
      const taken = Math.min(left, order.quantity);
      left = withoutDust(left - taken);
      const rest = withoutDust(order.quantity - taken);
      return rest > 0 ? [{ ...order, quantity: rest }] : [];
    });
}

function ageByPromise(order: ReportedOrder, { leadTimeDays }: Pick<Snapshot, "leadTimeDays">, itemNow: number): number {
  return Math.max(0, leadTimeDays - Math.max(0, (order.expectedAt - itemNow) / DAY_MS));
}

/** Keeps the newest of our older orders until the sender's total is reached; the older rest is gone. */
function matchToSender(oldestFirst: readonly ItemOrder[], total: number) {
  const kept: ItemOrder[] = [];
  const gone: ItemOrder[] = [];
  let unknown = total;
  for (const order of oldestFirst.toReversed()) {
    const quantity = Math.min(order.quantity, unknown);
    if (quantity > 0) kept.unshift({ ...order, quantity });
    if (quantity < order.quantity) gone.unshift({ ...order, quantity: withoutDust(order.quantity - quantity) });
    unknown = withoutDust(unknown - quantity);
  }
  return { kept, gone, unknown };
}

function sum(orders: readonly { readonly quantity: number }[]): number {
  return withoutDust(orders.reduce((total, order) => total + order.quantity, 0));
}
