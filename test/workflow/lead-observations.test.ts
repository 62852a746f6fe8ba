/** Lead times by units. A few late pieces are no late order, and a late half is one by half. */
import { describe, expect, it } from "vitest";
import { leadObservations } from "../../src/item/orders/lead-observation.ts";
import type { OrderRow } from "../../src/workflow/orders/order-row.ts";
import type { OrderPurchase } from "../../src/workflow/orders/order-purchase.ts";
import { momentOf } from "../../src/world/zones.ts";
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
const seen = (row: OrderRow) => leadObservations([row], "UTC").map(({ tookDays, share = 1 }) => [tookDays, share]);

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
    ["in twenty small boxes, a day apart", Array.from({ length: 20 }, (_, box) => [7 + box, 5] as const), 10],
    ["in twenty small boxes, an hour apart", Array.from({ length: 20 }, (_, box) => [7 + box / 24, 5] as const), 10],
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
    const learned = leadObservations([{ ...row, order: { ...order, ...dates } }], "UTC");
    expect(learned.map(({ tookDays, promisedDays }) => tookDays - promisedDays)).toEqual(late);
  });

  it.each(["Pacific/Honolulu", "America/Los_Angeles", "UTC", "Asia/Tokyo", "Pacific/Auckland", "Pacific/Kiritimati"])(
    "is nothing while goods of a purchase order come on the day for which they were promised, in %s",
    (timeZone) => {
      const { order, ...row } = came();
      const purchase = { poId: "po", arrivesOn: 7, stage: "sent" } as unknown as OrderPurchase;
      const ordered = { ...order, placedAt: 3 * DAY_MS, expectedAt: 7 * DAY_MS, purchase };
      const late = (day: number, hour: number, of = ordered) =>
        leadObservations(
          [{ ...row, order: of, arrivals: [{ at: momentOf(day, hour * 60, timeZone), quantity: 100 }] }],
          timeZone,
        ).map(({ tookDays, promisedDays }) => Math.round(tookDays - promisedDays) + 0);
      const { purchase: _, ...elsewhere } = { ...ordered, expectedAt: 7.5 * DAY_MS, expectedOn: 7 };
      const putOff = { ...ordered, expectedAt: 9.5 * DAY_MS, promisedAt: 7 * DAY_MS };
      for (const hour of [1, 6, 13, 18, 23]) {
        for (const of of [ordered, elsewhere as typeof ordered, putOff]) {
          expect([late(7, hour, of), late(9, hour, of)], `at ${hour}`).toEqual([[0], [2]]);
        }
      }
    },
  );

  it("is measured against what was promised when it was placed", () => {
    const { order, ...row } = came([9, 100]);
    const [kept] = leadObservations(
      [{ ...row, order: { ...order, expectedAt: 9 * DAY_MS, promisedAt: 7 * DAY_MS } }],
      "UTC",
    );
    expect(kept).toEqual({ promisedDays: 7, tookDays: 9 });
  });

  it("is one late delivery, however many orders of other days it brought", () => {
    const daily = Array.from({ length: 38 }, (_, day): OrderRow => {
      const placedAt = day * DAY_MS;
      const order = { workflowId: `w-${day}`, quantity: 0, placedAt, expectedAt: placedAt + 5 * DAY_MS };
      return { ...came(), order, arrivals: [{ at: 40 * DAY_MS + day, quantity: 100 }] };
    });
    const punctual = Array.from({ length: 10 }, (_, day) => came([7 - 20 + day, 100])).map((row, day) => ({
      ...row,
      order: { ...row.order, placedAt: (day - 20) * DAY_MS, expectedAt: (day - 13) * DAY_MS },
    }));
    const learned = leadObservations([...punctual, ...daily], "UTC");
    const late = learned.filter(({ tookDays, promisedDays }) => tookDays > promisedDays);
    const weight = (of: typeof learned) => of.reduce((sum, { share = 1 }) => sum + share, 0);
    expect(weight(learned)).toBeGreaterThan(10.9);
    expect(weight(learned)).toBeLessThanOrEqual(11);
    expect(weight(late)).toBeGreaterThan(0.85);
    expect(weight(late)).toBeLessThan(1);
    // The plan leaves out what weighs less than a tenth of an order.
    expect(Math.min(...learned.map(({ share = 1 }) => share))).toBeGreaterThanOrEqual(0.1);
    const mean = late.reduce((sum, { tookDays, share = 1 }) => sum + tookDays * share, 0) / weight(late);
    expect(mean).toBeGreaterThan(20);
    expect(mean).toBeLessThan(24);
  });

  it("is as it was of orders that came on days of their own", () => {
    const rows = [came([7, 100]), { ...came([9, 60], [30, 40]), order: { ...came().order, workflowId: "other" } }];
    expect(leadObservations(rows, "UTC")).toEqual(rows.flatMap((row) => leadObservations([row], "UTC")));
  });
});
