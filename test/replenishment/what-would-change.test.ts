/** The last sentence of a decision says under what the answer would be another; each is tried by doing it. */
import { expect, test } from "vitest";
import { plan } from "../../src/replenishment/plan.ts";
import type { PlanInput } from "../../src/replenishment/types.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";
import { steadyDays } from "../support/seeded.ts";

const steady: PlanInput = aPlanInput({
  history: steadyDays(),
  inStock: null,
  periodDays: 1,
  onHand: 40,
  leadTime: { promised: 7, observed: [] },
  tolerance: "protection",
});

test.each<[string, PlanInput]>([
  ["demand that finds an empty shelf is lost", steady],
  ["demand waits", { ...steady, unmet: "backorder" }],
  ["goods spoil", { ...steady, leadTime: { promised: 1, observed: [] }, reviewPeriod: 7, shelfLife: 2 }],
])("as much more when the order arrives makes a restock a hold, where %s", (_, input) => {
  const { quantity, reasons } = plan(input);
  expect(quantity).toBeGreaterThan(0);
  expect(reasons.at(-1)).toContain(`With ${quantity} more left when it arrives it would be a hold.`);
  const { promised } = input.leadTime;
  const left = { quantity, age: 0, due: promised };
  expect(plan({ ...input, openOrders: [left] }).quantity).toBe(0);
  // The same on the shelf of today is sold or spoiled before, so the sentence must not promise it.
  if (input.unmet === "lost") expect(plan({ ...input, onHand: input.onHand + quantity }).quantity).toBeGreaterThan(0);
});

test("packs lift an order from less than it is, or are not mentioned", () => {
  const sentences = [1, 2, 3, 6, 24].flatMap((packSize) => {
    const constraints = { minOrderQuantity: 0, packSize, maxStock: null };
    const { quantity, reasons } = plan({
      ...steady,
      history: steady.history.map((units) => units + 0.37),
      constraints,
    });
    const found = reasons.filter((reason) => reason.startsWith("Whole packs"));
    for (const reason of found) expect(Number(/from (.+)\.$/u.exec(reason)![1]), reason).toBeLessThan(quantity);
    return found;
  });
  expect(sentences.length).toBeGreaterThan(2);
});

test("an order that arrives at once is spared by stock on hand", () => {
  const input = { ...steady, onHand: 5, leadTime: { promised: 0, observed: [] } };
  const { quantity, reasons } = plan(input);
  expect(reasons.at(-1)).toContain(`With ${quantity} more on hand it would be a hold.`);
  expect(plan({ ...input, onHand: input.onHand + quantity }).quantity).toBe(0);
});

test("a hold of what is not sold any more, or may not be ordered, is not close to an order", () => {
  const past = plan({ ...steady, onHand: 0, periodsLeft: 0 });
  expect(past.reasons.at(-1)).toBe("No demand is expected from when an order placed now would arrive.");
  const constraints = { minOrderQuantity: 0, packSize: 1, maxStock: 0 };
  for (const onHand of [0, 500]) {
    const never = plan({ ...steady, onHand, constraints });
    expect(never.quantity).toBe(0);
    expect(never.reasons.at(-1)).toBe("A maximum stock of 0 means that none is ordered.");
  }
  const full = plan({ ...steady, onHand: 60, constraints: { ...constraints, maxStock: 60 } });
  expect(full.reasons[0]).toMatch(/the maximum stock leaves no room for an order\.$/u);
  expect(full.reasons.at(-1)).toBe("It would be an order if the maximum stock left room for one.");
});

test("a hold gives a reason that agrees with its chance", () => {
  for (const perDay of [5, 10, 40, 100, 3.5])
    for (const isFlagged of [true, false]) {
      const history = Array.from({ length: 120 }, () => perDay);
      const inStock = isFlagged ? history.map(() => true) : null;
      for (let onHand = Math.floor(perDay * 8) - 2; onHand < perDay * 11; onHand++) {
        const { quantity, evidence, reasons } = plan({
          ...steady,
          periodDays: 1,
          history,
          inStock,
          onHand,
          leadTime: { promised: 7, observed: [] },
          costs: { holding: 1, shortage: 19, fixedOrder: 0 },
        });
        if (quantity > 0) continue;
        if (reasons[0]!.includes("up to 5 % is worth accepting"))
          expect(evidence.stockoutProbabilityIfHold, reasons[0]).toBeLessThan(0.055);
        else expect(reasons[0]).toMatch(/one more would cost more to hold than it is expected to save\.$/u);
      }
    }
});

test("what is sold whole is not short of a fraction", () => {
  const history = Array.from({ length: 120 }, () => 40);
  const input = { ...steady, history, periodDays: 1, leadTime: { promised: 1, observed: [] } };
  expect(plan({ ...input, onHand: 80 }).evidence.stockoutProbabilityIfHold).toBeLessThan(0.05);
  expect(plan({ ...input, onHand: 79 }).evidence.stockoutProbabilityIfHold).toBeGreaterThan(0.9);
});
