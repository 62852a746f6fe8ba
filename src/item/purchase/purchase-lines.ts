/** An item's lines on purchase orders as facts for them, and the decisions behind the lines. */
import type { OrderConstraints } from "../../replenishment/types.ts";
import { lineFact, type LineContext } from "../../workflow/orders/line-fact.ts";
import { orderStatusOf, type OrderRow } from "../../workflow/orders/order-row.ts";
import { packSizeOf, type ItemTerms } from "../../workflow/item-terms.ts";
import { rowsOf } from "../../workflow/orders/purchased-row.ts";
import type { LineCall, LineFact } from "../../workflow/orders/purchase-line.ts";
import { touch } from "../../workflow/record.ts";
import type { Snapshot } from "../../workflow/types/snapshot.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { parseWorkflowId } from "../../workflow/workflow-id.ts";
import type { Journal } from "../store/journal.ts";

/** More likely than not. */
const LIKELY = 0.5;

/** The line that the item itself sends to its purchase order; null when it has none there. */
export function lineCall(journal: Journal, terms: ItemTerms, poId: string): LineCall | null {
  const { identity, orders, workflows } = journal;
  const newest = rowsOf(orders.rows, poId).at(-1);
  if (identity === null || newest === undefined) return null;
  const { supplierId, orderBy, arrivesOn } = newest.order.purchase;
  const origin = workflows.read(workflows.lastSeq)?.origin ?? "";
  const fact = presentFact(journal, terms, identity.productId, poId);
  return { schema: 1, storeId: identity.storeId, supplierId, slot: { poId, orderBy, arrivesOn }, origin, fact };
}

/** `seenRevision`: the revision of the command being answered. */
export function presentFact(
  journal: Journal,
  terms: ItemTerms,
  productId: string,
  poId: string,
  seenRevision = 0,
): LineFact {
  const { workflows, orders } = journal;
  const { newestCount } = workflows;
  const decision = newestCount === null ? null : (workflows.read(newestCount.seq)?.decision ?? null);
  const snapshot = newestCount?.snapshot ?? null;
  const context: LineContext = {
    productId,
    product: productOf(terms, snapshot?.unitCost ?? terms.unitCost ?? null),
    constraints: snapshot?.constraints ?? constraintsOf(terms),
    position: positionOf(orders, snapshot),
    countedAt: snapshot?.occurredAt ?? null,
    runsOut: (decision?.evidence.stockoutProbabilityIfHold ?? 0) > LIKELY,
    confidence: decision?.confidence ?? null,
    reason: decision?.rationale ?? null,
  };
  return lineFact(orders.rows, poId, context, seenRevision);
}

function productOf(terms: ItemTerms, unitCost: number | null): LineContext["product"] {
  return {
    name: terms.name ?? null,
    supplierSku: terms.supplierSku ?? null,
    gtin: terms.gtin ?? null,
    orderUnit: terms.orderUnit ?? null,
    unitCost,
  };
}

function constraintsOf(terms: ItemTerms): OrderConstraints {
  return {
    minOrderQuantity: terms.minOrderQuantity ?? 0,
    packSize: packSizeOf(terms),
    maxStock: terms.maxStock ?? null,
  };
}

function positionOf(orders: Journal["orders"], snapshot: Snapshot | null): number {
  const onOrder = orders.open.reduce((sum, order) => sum + order.quantity, 0);
  if (snapshot === null) return onOrder;
  return snapshot.onHand - snapshot.backordered + orders.receivedAfter(snapshot.occurredAt) + onOrder;
}

/** The decisions behind these orders whose recorded status differs from the orders' present one. */
export function followed({ workflows }: Journal, rows: readonly OrderRow[], now: number): Workflow[] {
  return rows.flatMap(({ order, closedBy }) => {
    const { purchase, workflowId } = order;
    const seq = purchase === undefined ? null : parseWorkflowId(workflowId)?.seq;
    const workflow = seq == null ? null : workflows.read(seq);
    if (purchase === undefined || workflow === null || workflow.id !== workflowId) return [];
    const status = closedBy === "replanned" || closedBy === "cancelled" ? closedBy : orderStatusOf(purchase);
    const known = workflow.purchase;
    if (known?.status === status && known.poId === purchase.poId) return [];
    return [touch(workflow, { purchase: { poId: purchase.poId, status } }, now)];
  });
}
