/** Cut-offs that count as past for an item though they are still ahead. */
import { expect, test } from "vitest";
import type { OrderRow } from "../../src/workflow/orders/order-row.ts";
import { passedCutOff } from "../../src/workflow/orders/passed-cut-off.ts";
import { DAY_MS, PurchasingWorld, slotOf, T0 } from "../purchasing/world.ts";

/** The row of an item that ordered now, for the cut-off of today. */
function aRow(): OrderRow {
  const world = new PurchasingWorld();
  world.decide("apples", 6);
  return world.rows("apples")[0]!;
}

function purchased(change: Partial<NonNullable<OrderRow["order"]["purchase"]>>): OrderRow[] {
  const row = aRow();
  return [{ ...row, order: { ...row.order, purchase: { ...row.order.purchase!, ...change } } }];
}

const TODAY = slotOf(0).orderBy;

test("the cut-off of an order that was sent early is past, and that of an open one is not", () => {
  expect(passedCutOff(purchased({ stage: "open" }), "s", T0)).toBeNull();
  expect(passedCutOff(purchased({ stage: "sent" }), "s", T0)).toBe(TODAY);
  expect(passedCutOff(purchased({ stage: "sent" }), "s", TODAY + 1)).toBeNull();
});

test("another supplier's orders, and those for nobody, count nothing", () => {
  expect(passedCutOff(purchased({ stage: "sent" }), "other", T0)).toBeNull();
  const { purchase: _purchase, ...order } = aRow().order;
  expect(passedCutOff([{ ...aRow(), order }], "s", T0)).toBeNull();
});

test("the last of several counts, also of an order that the units left because it was closed", () => {
  const tomorrow = slotOf(1);
  const left = [{ poId: tomorrow.poId, revision: 1 }];
  expect(passedCutOff(purchased({ stage: "sent", left }), "s", T0)).toBe(tomorrow.orderBy);
  // The calendar no longer has it, so it says nothing of a cut-off.
  expect(passedCutOff(purchased({ stage: "sent", left: [{ ...left[0]!, isGone: true }] }), "s", T0)).toBe(TODAY);
  expect(tomorrow.orderBy - TODAY).toBe(DAY_MS);
});
