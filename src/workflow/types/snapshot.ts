/** The stock count that a workflow decides on. */
import type { Costs, OrderConstraints } from "../../replenishment/types.ts";
import type { DatedLot } from "../../world/plan-input.ts";
import type { CalendarTerms } from "../../world/supply-terms.ts";
import type { ItemTerms } from "../item-terms.ts";
import type { ReportedOrder } from "../orders/item-order.ts";

/** The trigger as the item understood it: the request, filled from the item's settings, then from defaults. */
export interface Snapshot {
  /** Units on the shelf; negative stock on the wire arrives here as `backordered`. */
  readonly onHand: number;
  readonly backordered: number;
  readonly safetyStock: number;
  /** Open orders as the sender knows them; null = not given, the item's own count. */
  readonly onOrder: number | null;
  readonly leadTimeDays: number;
  readonly reviewPeriodDays: number;
  readonly costs: Costs;
  /** The target where no costs were given; `costs` then only express it as a ratio. */
  readonly serviceLevel?: number | null;
  /** In the supplier's money. */
  readonly unitCost: number | null;
  /** Value of one unit of that money in the store's; absent = it is the same, null = unknown. */
  readonly rate?: number | null | undefined;
  readonly constraints: OrderConstraints;
  readonly shelfLifeDays: number | null;
  readonly notes: string | null;
  /** What the trigger said, for making the snapshot again with present settings (I6); absent in older records. */
  readonly said?: SaidByTrigger;
  /** Absent: demand waits where backorders exist. */
  readonly unmet?: "lost" | "backorder";
  /** Units by which the count was below zero without being owed to anybody. */
  readonly belowZero?: number;
  /** The order opportunity that lead time and review period belong to; absent or null without a supplier. */
  readonly calendar?: CalendarTerms | null;
  readonly openOrders?: readonly ReportedOrder[] | null | undefined;
  readonly lots?: readonly DatedLot[] | null | undefined;
  /** Last day of demand. */
  readonly phaseOutOn?: number | null;
  readonly orderUnit?: { readonly name: string; readonly units: number } | null;
  readonly backfill?: boolean | undefined;
  /** When the stock was counted; the arrival of the trigger where the sender did not say. */
  readonly occurredAt: number;
  /** When that count reached the item. */
  readonly receivedAt: number;
}

/** The trigger's own values; settings fill in the rest. */
export interface SaidByTrigger {
  readonly currentStock: number;
  readonly backordered: number;
  readonly reserved: number;
  readonly safetyStock: number | null;
  readonly terms: ItemTerms;
}
