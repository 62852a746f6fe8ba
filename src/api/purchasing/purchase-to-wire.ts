/** A purchase order as the wire shows it. */
import type * as z from "zod";
import { purchaseAuditFault } from "./purchase-audit-chain.ts";
import {
  lineValue,
  minimumOf,
  orderValue,
  overDelivered,
  receivedOf,
  withoutMoneyDust,
} from "../../purchasing/order/totals.ts";
import type { PurchaseLine, PurchaseOrder } from "../../purchasing/order/types.ts";
import type { TopUpOffer } from "../../purchasing/order/top-up.ts";
import { iso, probability } from "../to-wire.ts";
import type { PurchaseOrderAnswer } from "./purchase-responses.ts";
import { isoDay } from "../../shared/calendar-dates.ts";
import { withoutDust } from "../../shared/without-dust.ts";

export function purchaseOrderToWire(
  order: PurchaseOrder,
  topUp: readonly TopUpOffer[] = [],
): z.output<typeof PurchaseOrderAnswer> {
  const minimum = minimumOf(order);
  const fault = purchaseAuditFault(order);
  return {
    po_id: order.id,
    number: order.number,
    revision: order.revision,
    status: order.status,
    ended: order.ended,
    store_id: order.storeId,
    supplier_id: order.supplierId,
    currency: order.currency,
    order_by: iso(order.orderBy),
    arrives_on: isoDay(order.arrivesOn),
    // What came of a line that the supplier then took to 0 is a fact, too.
    lines: order.lines
      .filter((line) => line.quantity > 0 || receivedOf(line) > 0)
      .map((line) => lineToWire(line, order)),
    value: orderValue(order),
    minimum: minimum === null ? null : { value: minimum.value, met: minimum.met, short_by: minimum.shortBy },
    top_up: topUp.map(({ productId, quantity, value, extraCost }) => ({
      product_id: productId,
      quantity,
      value,
      extra_cost: withoutMoneyDust(extraCost),
    })),
    over_delivered: overDelivered(order),
    needs: [...order.needs],
    approvals: { given: order.approvals.length, needed: order.approvalsNeeded },
    supplier_reference: order.supplierReference,
    sent_at: order.sentAt === null ? null : iso(order.sentAt),
    deliveries: order.deliveries.map(({ channel, purpose, status, attempts, error }) => ({
      channel,
      purpose,
      status,
      attempts,
      error: error ?? null,
    })),
    intact: fault === null,
    fault,
    audit: order.audit.map(({ seq, at, event, actor, channel, detail, hash }) => ({
      seq,
      at: iso(at),
      event,
      actor,
      channel: channel ?? null,
      detail: detail ?? null,
      hash: hash ?? null,
    })),
    created_at: iso(order.createdAt),
    updated_at: iso(order.updatedAt),
  };
}

function lineToWire(line: PurchaseLine, order: PurchaseOrder) {
  const { fact, quantity } = line;
  const { name, supplierSku, gtin, orderUnit, unitCost } = fact.product;
  return {
    product_id: line.productId,
    name,
    supplier_sku: supplierSku,
    gtin,
    quantity,
    firm_quantity: line.firmQuantity,
    order_units: orderUnit === null ? null : withoutDust(quantity / orderUnit.units),
    order_unit: orderUnit?.name ?? null,
    unit_cost: unitCost,
    value: lineValue(line, order),
    workflow_id: fact.workflowId,
    confidence: fact.confidence === null ? null : probability(fact.confidence),
    reason: fact.reason,
    received: receivedOf(line),
    expected_on: line.expectedOn === null ? null : isoDay(line.expectedOn),
  };
}
