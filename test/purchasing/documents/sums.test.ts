import { describe, expect, it } from "vitest";
import { purchaseOrderToWire } from "../../../src/api/purchasing/purchase-to-wire.ts";
import { orderDocument } from "../../../src/purchasing/order/order-document.ts";
import type { PurchaseOrder } from "../../../src/purchasing/order/types.ts";
import { PurchasingWorld } from "../world.ts";

/** An order of one unit each, at these prices. */
function orderOf(currency: string | null, prices: readonly number[]): PurchaseOrder {
  const world = new PurchasingWorld();
  prices.forEach((_, at) => world.decide(`item-${at}`, 1));
  world.settle();
  const order = world.present()!;
  const lines = order.lines.map((line, at) => {
    const product = { ...line.fact.product, unitCost: prices[at]! };
    return { ...line, fact: { ...line.fact, product } };
  });
  return { ...order, currency, lines };
}

describe("the values of an order's lines", () => {
  it.each([
    ["EUR", [1.665, 1.665, 1.665], [1.67, 1.67, 1.67], 5.01],
    ["JPY", [12.5, 12.5], [13, 13], 26],
    ["KWD", [0.0125, 1.2345], [0.013, 1.235], 1.248],
    [null, [0.125, 0.125], [0.13, 0.13], 0.26],
    // 1.005 is stored as a little less.
    ["USD", [1.005, 2], [1.01, 2], 3.01],
  ] as const)("in %s add up to its value as they are shown and answered", (currency, prices, values, value) => {
    const order = orderOf(currency, prices);
    const { lines, value: total, formats } = orderDocument(order, { store: null, supplier: null });
    expect([lines.map((line) => line.value), total]).toEqual([values, value]);
    const wire = purchaseOrderToWire(order);
    expect([wire.lines.map((line) => line.value), wire.value]).toEqual([values, value]);
    // Shown by as many digits as they have, no more is cut off.
    for (const shown of [...values, value]) expect(formats.money(shown)).toBe(formats.price(shown));
  });
});
