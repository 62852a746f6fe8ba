import { describe, expect, it } from "vitest";
import { leadObservations } from "../../src/item/orders/lead-observation.ts";
import { goneOrders } from "../../src/item/orders/gone-orders.ts";
import type { ItemOrder } from "../../src/workflow/orders/item-order.ts";
import type { OrderRow } from "../../src/workflow/orders/order-row.ts";
import { arrivedUnlisted } from "../../src/workflow/unlisted-orders.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const order = (reference: string | null, quantity = 40): ItemOrder => ({
  workflowId: `w-${reference}`,
  reference,
  quantity,
  placedAt: 0,
  expectedAt: 7 * DAY_MS,
});
const row = (open: ItemOrder): OrderRow => ({
  schema: 1,
  ordered: open.quantity,
  order: open,
  closedAt: null,
  closedBy: null,
});
const count = (day: number, onHand: number, ...references: string[]) => ({
  onHand,
  occurredAt: day * DAY_MS,
  leadTimeDays: 7,
  openOrders: references.map((reference) => ({
    reference,
    quantity: 40,
    expectedAt: 7 * DAY_MS,
    placedAt: null,
  })),
});
const arrived = (gone: readonly ItemOrder[], now: ReturnType<typeof count>, before: ReturnType<typeof count> | null) =>
  arrivedUnlisted(gone, gone.map(row), now, before);

describe("an order that the sender no longer lists", () => {
  it("has come in where stock rose accordingly between the counts", () => {
    expect([...arrived([order("A")], count(8, 35, "B"), count(6, 5, "A", "B")).ours]).toEqual(["w-A"]);
  });

  it.each([
    ["stock did not rise", [order("A")], count(8, 6, "B"), count(6, 5, "A", "B")],
    ["the whole list is gone", [order("A")], count(8, 45), count(6, 5, "A")],
    ["it was never listed", [order("A")], count(8, 45, "B"), count(6, 5, "B")],
    ["it has no reference", [order(null)], count(8, 45, "B"), count(6, 5, "B")],
    ["two are gone and one came", [order("A"), order("C", 100)], count(8, 45, "B"), count(6, 5, "A", "B", "C")],
    ["only the sender named it, and stock did not rise", [], count(8, 6, "B"), count(6, 5, "A", "B")],
  ])("teaches nothing where %s", (_, gone, now, before) => {
    expect(arrived(gone, now, before)).toMatchObject({ ours: new Set(), others: [] });
  });

  it("teaches nothing at the first count", () => {
    expect([...arrived([order("A")], count(8, 45, "B"), null).ours]).toEqual([]);
  });

  /** What the row of a vanished order, named by the sender alone or ours, teaches of its lead time. */
  it.each([
    ["was due between the counts kept its promise", 6, 9, 0],
    ["was due before the last count is as late as that count, at least", 10, 12, 3],
    ["is due after this count came early", 3, 5, -2],
  ])("that %s", (_, before, now, late) => {
    for (const gone of [[], [order("A")]]) {
      const unlisted = arrived(gone, count(now, 45, "B"), count(before, 5, "A", "B"));
      const rows = goneOrders(gone.map(row), gone, unlisted, now * DAY_MS);
      const [seen] = leadObservations(rows, "UTC");
      expect(seen!.tookDays - seen!.promisedDays).toBe(late);
    }
  });
});
