/** Orders of an item as decisions and plans see them. Dates are in item time (see `itemTime`). */
import { DAY_MS } from "../../shared/durations.ts";
import type { OrderPurchase } from "./order-purchase.ts";

/** An open order that this service decided. `quantity` is what is still outstanding. */
export interface ItemOrder {
  /** The decision behind it; of an order that a person added to a purchase order, that order's id. */
  readonly workflowId: string;
  readonly quantity: number;
  /** The quantity originally ordered; present only where it is known. */
  readonly ordered?: number;
  readonly placedAt: number;
  readonly expectedAt: number;
  /** The store's day of it, where a day was named. */
  readonly expectedOn?: number;
  /** The supplier named a moment: `expectedAt` is no day, also where it is the start of one. */
  readonly isMoment?: boolean | undefined;
  /**
   * When it was decided, by the service's own clock instead of item time; absent in older rows and for orders made
   * elsewhere.
   */
  readonly madeAt?: number;
  /** Of an order made elsewhere: when it was reported, in item time. */
  readonly toldAt?: number;
  /** See `orderKey`. */
  readonly key?: string;
  /** The number under which the supplier knows it. */
  readonly reference?: string | null;
  /** Its place on a purchase order; absent = an order at once. */
  readonly purchase?: OrderPurchase;
  /** When it was first promised, where the supplier has named another date since. */
  readonly promisedAt?: number;
}

/**
 * The store's day for which an order is promised; null = only the moment is known. A purchase order's is kept as the
 * start of its day in UTC, which west of Greenwich is the day before.
 */
export function promisedDayOf({ expectedAt, expectedOn, isMoment, purchase }: ItemOrder): number | null {
  const isDay = purchase !== undefined && isMoment !== true && expectedAt === purchase.arrivesOn * DAY_MS;
  if (isDay) return purchase.arrivesOn;
  return expectedOn ?? null;
}

/** Everything by which others may name an order; the supplier's own reference may have replaced the first one. */
export function namesOf({ workflowId, reference, purchase }: ItemOrder): readonly string[] {
  return [workflowId, reference, purchase?.number].filter((name) => name != null);
}

export function isNamedIn(order: ItemOrder, names: ReadonlySet<string | null>): boolean {
  return namesOf(order).some((name) => names.has(name));
}

/** Prefix that replaces a workflow's id where an order was made elsewhere. */
const ELSEWHERE = "elsewhere:";

export function elsewhereId(reference: string): string {
  return ELSEWHERE + reference;
}

/** An open order that the sender names. */
export interface ReportedOrder {
  readonly reference: string | null;
  readonly quantity: number;
  readonly expectedAt: number;
  /** The store's day, where the sender named a day. */
  readonly expectedOn?: number;
  readonly placedAt: number | null;
}

/** Days that an order took, and days promised when it was placed. */
export interface LeadObservation {
  readonly promisedDays: number;
  readonly tookDays: number;
  /** Share of the order's units that came then; absent = all of them. */
  readonly share?: number;
}

/** An order that has arrived in full. */
export interface ReceivedOrder {
  readonly workflowId: string;
  readonly quantity: number;
  readonly receivedAt: number;
}
