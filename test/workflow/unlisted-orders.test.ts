import { describe, expect, it } from "vitest";
import type { ItemOrder } from "../../src/workflow/orders/item-order.ts";
import { arrivedUnlisted } from "../../src/workflow/unlisted-orders.ts";

const order = (reference: string | null, quantity = 40): ItemOrder => ({
  workflowId: `w-${reference}`,
  reference,
  quantity,
  placedAt: 0,
  expectedAt: 1,
});
const count = (onHand: number, ...references: string[]) => ({
  onHand,
  openOrders: references.map((reference) => ({ reference, quantity: 40, expectedAt: 1, placedAt: null })),
});

describe("an order that the sender no longer lists", () => {
  it("has come in where stock rose accordingly between the counts", () => {
    expect([...arrivedUnlisted([order("A")], count(35, "B"), count(5, "A", "B"))]).toEqual(["w-A"]);
  });

  it.each([
    ["stock did not rise", [order("A")], count(6, "B"), count(5, "A", "B")],
    ["the whole list is gone", [order("A")], count(45), count(5, "A")],
    ["it was never listed", [order("A")], count(45, "B"), count(5, "B")],
    ["it has no reference", [order(null)], count(45, "B"), count(5, "B")],
    ["two are gone and one came", [order("A"), order("C", 100)], count(45, "B"), count(5, "A", "B", "C")],
  ])("teaches nothing where %s", (_, gone, now, before) => {
    expect([...arrivedUnlisted(gone, now, before)]).toEqual([]);
  });

  it("teaches nothing at the first count", () => {
    expect([...arrivedUnlisted([order("A")], count(45, "B"), null)]).toEqual([]);
  });
});
