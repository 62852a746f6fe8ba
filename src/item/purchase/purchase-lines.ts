/** An item's lines on purchase orders as facts for them, and the decisions behind the lines. */
import { lineFact } from "../../workflow/orders/line-fact.ts";
import { orderStatusOf, type OrderRow } from "../../workflow/orders/order-row.ts";
import type { ItemTerms } from "../../workflow/item-terms.ts";
import { rowsOf } from "../../workflow/orders/purchased-row.ts";
import type { LineCall, LineFact } from "../../workflow/orders/purchase-line.ts";
import { touch } from "../../workflow/record.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { parseWorkflowId } from "../../workflow/workflow-id.ts";
import type { Journal } from "../store/journal.ts";

/** More likely than not. */
const LIKELY = 0.5;
const NO_CONSTRAINTS = { minOrderQuantity: 0, packSize: 1, maxStock: null };

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
  const newest = newestCount === null ? null : workflows.read(newestCount.seq);
  const snapshot = newestCount?.snapshot ?? null;
  const onOrder = orders.open.reduce((sum, order) => sum + order.quantity, 0);
  const position =
    snapshot === null
      ? onOrder
      : snapshot.onHand - snapshot.backordered + orders.receivedAfter(snapshot.occurredAt) + onOrder;
  return lineFact(
    orders.rows,
    poId,
    {
      productId,
      product: {
        name: terms.name ?? null,
        supplierSku: terms.supplierSku ?? null,
        gtin: terms.gtin ?? null,
        orderUnit: terms.orderUnit ?? null,
        unitCost: snapshot?.unitCost ?? terms.unitCost ?? null,
      },
      constraints: snapshot?.constraints ?? {
        minOrderQuantity: terms.minOrderQuantity ?? NO_CONSTRAINTS.minOrderQuantity,
        packSize: terms.packSize ?? terms.orderUnit?.units ?? NO_CONSTRAINTS.packSize,
        maxStock: terms.maxStock ?? NO_CONSTRAINTS.maxStock,
      },
      position,
      countedAt: snapshot?.occurredAt ?? null,
      runsOut: (newest?.decision?.evidence.stockoutProbabilityIfHold ?? 0) > LIKELY,
      confidence: newest?.decision?.confidence ?? null,
      reason: newest?.decision?.rationale ?? null,
    },
    seenRevision,
  );
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
