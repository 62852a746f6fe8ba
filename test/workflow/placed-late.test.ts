import { describe, expect, it } from "vitest";
import type { ItemOrder } from "../../src/workflow/orders/item-order.ts";
import { expectedWhenPlaced } from "../../src/workflow/orders/placed-late.ts";
import { DAY_MS, HOUR_MS } from "../../src/shared/durations.ts";

const MONDAY = 25_587 * DAY_MS;
const order: ItemOrder = {
  workflowId: "w",
  quantity: 10,
  placedAt: MONDAY + 8 * HOUR_MS,
  expectedAt: MONDAY + 4.5 * DAY_MS,
};
const calendar = {
  supplierId: "s",
  orderBy: MONDAY + 38 * HOUR_MS,
  arrivesOn: 25_591,
  expectedAt: order.expectedAt,
  nextOrderBy: MONDAY + 4 * DAY_MS,
  nextArrivesOn: 25_595,
  laterArrivals: [],
};

describe("an order that is placed later than it was decided", () => {
  it("comes as much later as it is placed, where no calendar says more", () => {
    expect(expectedWhenPlaced(order, null, order.placedAt + 2 * DAY_MS)).toBe(order.expectedAt + 2 * DAY_MS);
    expect(expectedWhenPlaced(order, null, order.placedAt)).toBe(order.expectedAt);
  });

  it("comes as decided when it makes its cut-off, and with the next delivery when it makes the next", () => {
    expect(expectedWhenPlaced(order, calendar, calendar.orderBy)).toBe(order.expectedAt);
    expect(expectedWhenPlaced(order, calendar, calendar.orderBy + 1)).toBe(order.expectedAt + 4 * DAY_MS);
    expect(expectedWhenPlaced(order, calendar, calendar.nextOrderBy + 1)).toBeGreaterThan(calendar.nextOrderBy);
    const last = { ...calendar, nextOrderBy: null, nextArrivesOn: null };
    expect(expectedWhenPlaced(order, last, order.placedAt + 3 * DAY_MS)).toBe(order.expectedAt + 3 * DAY_MS);
  });

  it("comes on the day that the supplier named", () => {
    const named = { ...order, promisedAt: order.expectedAt };
    expect(expectedWhenPlaced(named, null, order.placedAt + 9 * DAY_MS)).toBe(order.expectedAt);
  });
});
