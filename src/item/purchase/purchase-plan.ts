/**
 * A decision for an item whose supplier is sent purchase orders: its order becomes part of one and replaces what was
 * planned before. Written in the decision's own transaction (I16).
 */
import type { ItemOrder } from "../../workflow/orders/item-order.ts";
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import { purchaseOrderId, type PurchaseSlot, type SetBy } from "../../workflow/orders/purchase-line.ts";
import { nextLineVersion } from "../../workflow/orders/line-version.ts";
import { replan } from "../../workflow/orders/purchased-orders.ts";
import { rowsOf } from "../../workflow/orders/purchased-row.ts";
import type { Transition } from "../../workflow/record.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { nextOpportunities } from "../../world/opportunities.ts";
import { DEFAULT_LEAD_TIME_DAYS } from "../../world/supply-terms.ts";
import type { WorldSlice } from "../../world/types.ts";
import { DAY_MS } from "../../shared/durations.ts";
import { isOldCount } from "../../workflow/decision-time.ts";

/** Most opportunities checked: enough for a daily supplier whose orders were sent weeks early. */
const MOST_SLOTS = 60;

export interface PlannedOrders {
  /** The decision's order with its place on a purchase order; null = there is none. */
  readonly order: ItemOrder | null;
  /** Earlier planned orders that were replaced. */
  readonly replanned: readonly OrderRow[];
}

/** @param objectOf maps a supplier's id to the object of its purchase orders. */
export function plannedOrders(
  { workflow, order }: Pick<Transition, "workflow" | "order">,
  rows: readonly OrderRow[],
  world: WorldSlice,
  objectOf: (supplierId: string) => string,
  now: number,
): PlannedOrders {
  // Expiry without an order keeps what was planned before the question; with the plain rule's order it replaces that.
  const decides =
    ["completed", "rejected"].includes(workflow.status) || (workflow.status === "expired" && order !== null);
  const replanned = decides ? replan(rows, now) : [];
  if (order === null) return { order, replanned };
  const slot = slotOf(workflow, rows, world, objectOf, now);
  if (slot === null) return { order, replanned };
  const by = decidedBy(workflow);
  return {
    replanned,
    order: {
      ...order,
      expectedAt: slot.arrivesOn * DAY_MS,
      purchase: {
        ...slot,
        supplierId: world.supplier!.supplierId,
        stage: "open",
        firmQuantity: by === null ? 0 : order.quantity,
        version: nextLineVersion([...rows, ...replanned], now),
        told: 0,
        seenRevision: 0,
        setBy: by,
        receivedElsewhere: 0,
      },
    },
  };
}

/** Null = the order is placed at once: no supplier is sent purchase orders, or the count is old. */
function slotOf(
  { snapshot }: Workflow,
  rows: readonly OrderRow[],
  world: WorldSlice,
  objectOf: (supplierId: string) => string,
  now: number,
): PurchaseSlot | null {
  const { supplier, store, passedCutOff = 0 } = world;
  if (supplier === null || supplier.send === "none" || isOldCount(snapshot, world)) return null;
  const objectId = objectOf(supplier.supplierId);
  const calendar = { supplier, store, leadTimeDays: supplier.leadTimeDays ?? DEFAULT_LEAD_TIME_DAYS };
  let from = Math.max(now, passedCutOff + 1);
  for (let tried = 0; tried < MOST_SLOTS; tried++) {
    const coming = nextOpportunities(calendar, from);
    if (coming === null) return null;
    const { orderBy, arrivesOn } = coming.next;
    const poId = purchaseOrderId(objectId, orderBy);
    // Units there are already committed or sent, so this order goes to the next opportunity.
    if (rowsOf(rows, poId).every(({ order }) => order.purchase.stage === "open")) return { poId, orderBy, arrivesOn };
    from = orderBy + 1;
  }
  return null;
}

/** A person who approved or modified the order set its units (I18). */
function decidedBy({ review, decision }: Workflow): SetBy | null {
  if (decision?.decidedBy !== "human" || review === null) return null;
  const { principal, decidedBy: label, channel } = review;
  return { principal: principal ?? "person", label: label ?? "somebody", channel: channel ?? "api" };
}
