import { describe, expect, test } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import type { BorrowedHistory, PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { steadyDays } from "../../support/seeded.ts";

const theirs = steadyDays(200);
const lent = (changes: Partial<BorrowedHistory> = {}): BorrowedHistory => ({
  history: theirs,
  inStock: null,
  scale: 1,
  as: "like",
  ...changes,
});

function item(own: readonly number[], changes: Partial<PlanInput> = {}): PlanInput {
  return aPlanInput({ history: own, periodDays: 1, tolerance: "protection", ...changes });
}

describe("the history of a similar item", () => {
  test("stands in for an item that has sold nothing yet, scaled", () => {
    expect(plan(item([], { borrowed: lent() })).quantity).toBe(plan(item(theirs)).quantity);
    const half = plan(item([], { borrowed: lent({ scale: 0.5 }) }));
    expect(half.evidence.meanDemand).toBeCloseTo(5, 0);
    expect(half.reasons.join(" ")).toContain("similar item");
  });

  test("fades as own days come", () => {
    const level = [0, 7, 28, 90].map(
      (days) =>
        plan(
          item(
            Array.from({ length: days }, () => 30),
            { borrowed: lent() },
          ),
        ).evidence.meanDemand,
    );
    expect(level[0]).toBeCloseTo(10, -0.5);
    expect(level[1]).toBeGreaterThan(15);
    for (const own of level.slice(2)) expect(own).toBeCloseTo(30, -0.7);
  });

  test("is worth a confidence of 0.7 at most until there are 28 days", () => {
    const own = (days: number): number =>
      plan(item(theirs.slice(0, days), { borrowed: lent(), onHand: 200 })).confidence;
    expect(own(0)).toBeLessThanOrEqual(0.7);
    expect(own(27)).toBeLessThanOrEqual(0.7);
    expect(own(28)).toBeGreaterThan(0.9);
  });
});

test("a history that is lent whole is read as an own one would be: stock flags and fractions of a pack, too", () => {
  const inStock = theirs.map((_, day) => day % 9 !== 0);
  for (const [pack, scale] of [
    [1, 1],
    [0.001, 0.001],
  ] as const) {
    const constraints = { minOrderQuantity: 0, packSize: pack, maxStock: null };
    const history = theirs.map((units) => units * scale);
    const shop = { constraints, onHand: 20 * scale };
    const own = plan(item(history, { ...shop, inStock }));
    const heir = plan(item([], { ...shop, inStock: [], borrowed: lent({ as: "replaces", history, inStock }) }));
    const unflagged = plan(item([], { ...shop, borrowed: lent({ as: "replaces", history, inStock }) }));
    expect([heir.quantity, unflagged.quantity]).toEqual([own.quantity, own.quantity]);
  }
});

test("a predecessor's history before the first own day is the item's own", () => {
  const own = theirs.slice(150);
  const heir = plan(
    item(own, { borrowed: lent({ as: "replaces", history: [...theirs.slice(0, 150), ...own.map(() => 99)] }) }),
  );
  const { reasons: _, ...whole } = plan(item(theirs));
  expect(heir).toMatchObject(whole);
});
