import { describe, expect, it } from "vitest";
import { isMissing } from "../../src/purchasing/order/rebuilt.ts";
import type { PurchaseOrder } from "../../src/purchasing/order/types.ts";
import type { LineFact } from "../../src/workflow/orders/purchase-line.ts";
import { sentOrder } from "./world.ts";

/** An order of apples that was sent, and the item's own line of it. */
function sent(): { readonly order: PurchaseOrder; readonly fact: LineFact } {
  const { world, order } = sentOrder();
  return { order, fact: world.fact("apples", order.id) };
}

describe("a line that an item holds as sent", () => {
  it("is missing where the whole order is lost", () => {
    expect(isMissing(null, sent().fact)).toBe(true);
  });

  it("is missing from an order of that number without the product, and not from one that has it", () => {
    const { order, fact } = sent();
    expect(isMissing(order, fact)).toBe(false);
    expect(isMissing({ ...order, lines: [] }, fact)).toBe(true);
  });

  it("is not missing from an order of another number", () => {
    const { order, fact } = sent();
    expect(isMissing({ ...order, number: "PO-other", lines: [] }, fact)).toBe(false);
  });

  it("is not missing where nothing was sent, or nothing of it is left", () => {
    const { fact } = sent();
    const { sent: _sent, ...planned } = fact;
    expect(isMissing(null, planned)).toBe(false);
    expect(isMissing(null, { ...fact, quantity: 0 })).toBe(false);
  });
});
