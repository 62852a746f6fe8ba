/** A sender's list may name our orders by their decision, by its own reference, or by their purchase order's number. */
import { describe, expect, it } from "vitest";
import { countOrders } from "../../src/workflow/orders/on-order.ts";
import type { ItemOrder } from "../../src/workflow/orders/item-order.ts";
import type { OrderPurchase } from "../../src/workflow/orders/order-purchase.ts";
import { arrivedUnlisted } from "../../src/workflow/unlisted-orders.ts";
import { DAY_MS, HOUR_MS } from "../../src/shared/durations.ts";

const NOW = 25_600 * DAY_MS;
const purchase = { poId: "po", stage: "sent", number: "PO-1", arrivesOn: 25_603 } as OrderPurchase;
const placed = (hoursAgo: number): ItemOrder => ({
  workflowId: "w1",
  reference: "theirs-7",
  quantity: 12,
  placedAt: NOW - hoursAgo * HOUR_MS,
  expectedAt: NOW + 3 * DAY_MS,
  purchase,
});

function listed(order: ItemOrder, ...names: readonly string[]) {
  const openOrders = names.map((reference) => ({
    reference,
    quantity: 12,
    expectedAt: order.expectedAt,
    placedAt: null,
  }));
  const count = { onOrder: null, openOrders, leadTimeDays: 3, occurredAt: NOW, receivedAt: NOW };
  return countOrders([order], count, HOUR_MS, NOW, 0);
}

describe.each([
  ["its decision", "w1"],
  ["its reference", "theirs-7"],
  ["its purchase order's number", "PO-1"],
])("an order that a list names by %s", (_, name) => {
  it("counts once while it is young, and is not gone when it is older", () => {
    expect(listed(placed(0.5), name).total).toBe(12);
    expect(listed(placed(30), name)).toMatchObject({ total: 12, gone: [] });
  });

  it("has come once the list lacks it and stock rose, as one order", () => {
    const order = placed(30);
    const list = (...names: readonly string[]) =>
      names.map((reference) => ({ reference, quantity: 12, expectedAt: order.expectedAt, placedAt: null }));
    const row = { schema: 1, ordered: 12, order, closedAt: null, closedBy: null } as const;
    const before = { onHand: 2, occurredAt: NOW - DAY_MS, leadTimeDays: 3, openOrders: list(name, "B") };
    const now = { onHand: 14, occurredAt: NOW, leadTimeDays: 3, openOrders: list("B") };
    const { ours, others } = arrivedUnlisted([order], [row], now, before);
    expect([[...ours], others]).toEqual([["w1"], []]);
  });
});

it("an order that a list names otherwise is taken for one of the sender's own", () => {
  expect(listed(placed(0.5), "E-9").total).toBe(24);
  expect(listed(placed(30), "E-9")).toMatchObject({ total: 12, gone: [{ workflowId: "w1" }] });
});
