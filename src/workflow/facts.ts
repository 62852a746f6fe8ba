/**
 * What a workflow reads of the world beside its trigger: the item's settings, demand history and forecast, its open
 * orders, and how people are to be asked. The item loads them; nothing here fetches anything.
 */
import type { DemandHistory } from "../world/history.ts";
import type { ItemOrder, ReceivedOrder } from "./item-order.ts";
import type { ReviewPolicy } from "./review.ts";
import type { Snapshot } from "./types.ts";

export const DAY_MS = 86_400_000;

/** An item's settings; the first ten may come with a trigger too, and then replace the stored ones. Absent = not said. */
export interface ItemTerms {
  readonly leadTimeDays?: number | undefined;
  readonly reviewPeriodDays?: number | undefined;
  readonly holdingCost?: number | undefined;
  readonly shortageCost?: number | undefined;
  readonly serviceLevel?: number | undefined;
  readonly unitCost?: number | undefined;
  readonly minOrderQuantity?: number | undefined;
  readonly packSize?: number | undefined;
  readonly maxStock?: number | undefined;
  readonly shelfLifeDays?: number | undefined;
  readonly name?: string | undefined;
  readonly supplierId?: string | undefined;
  readonly supplierSku?: string | undefined;
  readonly gtin?: string | undefined;
  /** What a supplier counts in; `units` is the default for `packSize`. */
  readonly orderUnit?: { readonly name: string; readonly units: number } | undefined;
  readonly safetyStock?: number | undefined;
  /** In the store's currency; `unitCost` is in the supplier's. */
  readonly price?: number | undefined;
  readonly fixedOrderCost?: number | undefined;
  /** The last day of demand, in days since 1970-01-01. */
  readonly phaseOutOn?: number | undefined;
  readonly unmet?: "lost" | "backorder" | undefined;
  /** Another item's history, scaled, for an item without enough of its own; no store = the item's own. */
  readonly like?:
    | { readonly productId: string; readonly storeId?: string | undefined; readonly factor: number }
    | undefined;
  /** The predecessor in the same store, whose history is this item's. */
  readonly replaces?: string | undefined;
}

/** A trigger as the edge parsed it; the item's identity travels beside it. */
export interface Trigger {
  /** Negative = units owed to customers. */
  readonly currentStock: number;
  readonly safetyStock: number;
  readonly onOrder: number | null;
  readonly backordered: number;
  readonly terms: ItemTerms;
  readonly notes: string | null;
  readonly occurredAt: number | null;
}

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

/** What is stored about an item. A part that could not be read is null, and `unavailable` says so. */
export interface ItemInputs {
  readonly terms: ItemTerms;
  readonly history: DemandHistory | null;
  readonly forecast: UploadedForecast | null;
  /** True when the stores could not be asked: the decision is then labelled a fallback. */
  readonly unavailable: boolean;
  /** Changes whenever any part changes, so that a moved world is noticed without comparing it (I6). */
  readonly version: string;
}

export interface Facts {
  readonly inputs: ItemInputs;
  readonly openOrders: readonly ItemOrder[];
  /** Days that past orders really took, oldest first. */
  readonly observedLeadDays: readonly number[];
  /** Units received after the newest count, which that count therefore does not hold. */
  readonly receivedSince: number;
  /** Orders of the last weeks that have come in. */
  readonly receivedOrders: readonly ReceivedOrder[];
  /** Quantities of recent orders, newest last. */
  readonly recentOrders: readonly number[];
  readonly policy: ReviewPolicy;
}

/**
 * Item time of a moment: the clock of the counts that the store sends. A trigger that says when the stock was counted
 * sets it; orders, receipts and ages are dated by it, so that a store's past days can be played again as they were.
 */
export function itemTime(snapshot: Pick<Snapshot, "occurredAt" | "receivedAt">, now: number): number {
  return snapshot.occurredAt + Math.max(0, now - snapshot.receivedAt);
}
