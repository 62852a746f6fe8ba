/** Lead times by units. A few late pieces are no late order, and a late half is one by half. */
import { describe, expect, it } from "vitest";
import { leadObservations } from "../../src/item/lead-observation.ts";
import type { OrderRow } from "../../src/workflow/orders/order-row.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

function came(...parts: readonly (readonly [day: number, quantity: number])[]): OrderRow {
  return {
    schema: 1,
    ordered: 100,
    order: { workflowId: "w", quantity: 0, placedAt: 0, expectedAt: 7 * DAY_MS },
    arrivals: parts.map(([day, quantity]) => ({ at: day * DAY_MS, quantity })),
    closedAt: null,
    closedBy: null,
  };
}
const seen = (row: OrderRow) => leadObservations(row).map(({ tookDays, share = 1 }) => [tookDays, share]);

describe("what receipts show of a lead time", () => {
  it.each([
    ["all at once", [[7, 100]], [[7, 1]]],
    [
      "nearly all, and a few pieces late",
      [
        [7, 95],
        [27, 5],
      ],
      [[7, 0.95]],
    ],
    [
      "more than half, and a good part late",
      [
        [7, 60],
        [27, 40],
      ],
      [
        [7, 0.6],
        [27, 0.4],
      ],
    ],
    ["less than half so far", [[7, 40]], []],
    ["in twenty small boxes", Array.from({ length: 20 }, (_, box) => [7 + box / 1_000, 5] as const), 10],
  ] as const)("of an order that came %s", (_, parts, expected) => {
    const row = came(...(parts as readonly (readonly [number, number])[]));
    if (typeof expected === "number") {
      expect(seen(row)).toHaveLength(expected);
      expect(seen(row).reduce((sum, [, share]) => sum + share!, 0)).toBeCloseTo(1);
    } else expect(seen(row)).toEqual(expected);
  });

  it.each([
    ["placed in another age", { placedAt: 355_000 * DAY_MS, expectedAt: 8 * DAY_MS }, [-1]],
    ["promised for another age", { placedAt: 0, expectedAt: 355_000 * DAY_MS }, []],
    ["promised for a century ago", { placedAt: 0, expectedAt: -36_500 * DAY_MS }, []],
    ["recorded only after it came", { placedAt: 9 * DAY_MS, expectedAt: 5 * DAY_MS }, [2]],
  ] as const)("is how late it was, or nothing, of an order %s", (_, dates, late) => {
    const { order, ...row } = came([7, 100]);
    const learned = leadObservations({ ...row, order: { ...order, ...dates } });
    expect(learned.map(({ tookDays, promisedDays }) => tookDays - promisedDays)).toEqual(late);
  });

  it("is measured against what was promised when it was placed", () => {
    const { order, ...row } = came([9, 100]);
    const [kept] = leadObservations({ ...row, order: { ...order, expectedAt: 9 * DAY_MS, promisedAt: 7 * DAY_MS } });
    expect(kept).toEqual({ promisedDays: 7, tookDays: 9 });
  });
});
