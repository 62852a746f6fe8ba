/** What a supplier confirms, and what is booked or taken back at the items, as the order's status shows it. */
import { expect, test } from "vitest";
import { followReceipts } from "../../src/purchasing/order/receiving.ts";
import type { PurchaseOrder } from "../../src/purchasing/order/types.ts";
import { ANA, sentOrder } from "./world.ts";

const AS_ORDERED = { reference: null, expectedOn: null, lines: [] };

/** The order with so many of its units booked at the item. */
function withReceived(order: PurchaseOrder, units: number): PurchaseOrder {
  const lines = order.lines.map((line) => ({ ...line, fact: { ...line.fact, receivedElsewhere: units } }));
  return followReceipts({ ...order, lines }, order.updatedAt).order;
}

test("a confirmation that changes nothing confirms a sent order once", () => {
  const { world, order } = sentOrder();
  const first = world.does(order.id, { type: "confirm", said: AS_ORDERED, by: ANA });
  expect([first.changed, first.order.status]).toEqual([true, "confirmed"]);
  const again = world.does(order.id, { type: "confirm", said: AS_ORDERED, by: ANA });
  expect([again.changed, again.order]).toEqual([false, first.order]);
});

test("an order whose receipts are all taken back is again what it was before them", () => {
  const { world, order: sent } = sentOrder();
  const confirmed = world.does(sent.id, { type: "confirm", said: AS_ORDERED, by: ANA }).order;
  for (const order of [sent, confirmed]) {
    const part = withReceived(order, 2);
    const whole = withReceived(part, 6);
    expect([part.status, whole.status]).toEqual(["part_received", "received"]);
    for (const received of [part, whole]) expect(withReceived(received, 0).status).toBe(order.status);
  }
});
