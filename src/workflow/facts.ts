/**
 * What a workflow reads besides its trigger: the item's settings, demand history and forecast, its open orders, and how
 * people are to be asked. The item loads them; nothing here fetches anything.
 */
import type { UploadedForecast } from "../world/forecast.ts";
import type { DemandHistory } from "../world/history.ts";
import type { Outage } from "../world/outages.ts";
import type { BorrowedDemand, DatedLot } from "../world/plan-input.ts";
import type { WorldSlice } from "../world/types.ts";
import type { ItemTerms } from "./item-terms.ts";
import type { ItemOrder, LeadObservation, ReceivedOrder, ReportedOrder } from "./orders/item-order.ts";
import type { StandingNo } from "./no.ts";
import type { ReviewPolicy } from "./review.ts";

/** A trigger as the edge parsed it; the item's identity is passed separately. */
export interface Trigger {
  /** Negative = units owed to customers. */
  readonly currentStock: number;
  /** Null = not said: the item's setting, else none. */
  readonly safetyStock: number | null;
  readonly onOrder: number | null;
  /** Every open order as the sender knows them; absent or null = not said. */
  readonly openOrders?: readonly ReportedOrder[] | null;
  readonly backordered: number;
  /** Units on the shelf that are promised to customers. */
  readonly reserved?: number;
  /** What is on the shelf by expiry; units beyond the lots have no known date. */
  readonly lots?: readonly DatedLot[] | null;
  /** True: a store's past is replayed in order, so an old count is no reason to ask. */
  readonly backfill?: boolean;
  readonly terms: ItemTerms;
  readonly notes: string | null;
  readonly occurredAt: number | null;
}

/** What is stored about an item. A part that could not be read is null, and `unavailable` says so. */
export interface ItemInputs {
  readonly terms: ItemTerms;
  /** True when settings are stored, be they empty: a catalogue may only list the item. */
  readonly hasSettings?: boolean;
  readonly history: DemandHistory | null;
  readonly forecast: UploadedForecast | null;
  /** Sales of a predecessor or of a like item, where the settings name one that has any. */
  readonly borrowed?: BorrowedDemand | null;
  /** True when the stores could not be asked: the decision is then labelled a fallback. */
  readonly unavailable: boolean;
  /** Changes whenever any part changes, so a change is noticed without comparing the parts (I6). */
  readonly version: string;
}

export interface Facts {
  readonly inputs: ItemInputs;
  readonly world: WorldSlice;
  readonly openOrders: readonly ItemOrder[];
  /** What past orders took against their promise, oldest first. */
  readonly leadTimes: readonly LeadObservation[];
  /** When the item had nothing to sell, by the counts before this one. */
  readonly outages: readonly Outage[];
  /** Units received after the newest count, and therefore not included in it. */
  readonly receivedSince: number;
  /** Orders that arrived in the last weeks. */
  readonly receivedOrders: readonly ReceivedOrder[];
  /** Quantities of recent orders, newest last. */
  readonly recentOrders: readonly number[];
  /** What a person last refused of this item, or left unanswered; absent or null = nothing. */
  readonly standingNo?: StandingNo | null;
  readonly policy: ReviewPolicy;
}

/**
 * True when nothing is stored about the item. When that cannot be checked, the answer is false: an outage must not
 * stop a decision.
 */
export function isUnknown({ hasSettings, history, forecast, unavailable }: ItemInputs): boolean {
  return !unavailable && hasSettings !== true && history === null && forecast === null;
}
