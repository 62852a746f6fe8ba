/** Proves I13. */
import * as fc from "fast-check";
import { expect, it, test } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { steadyDays } from "../../support/seeded.ts";

const LENGTH = 120;

function days(changes: Partial<PlanInput>): PlanInput {
  return aPlanInput({
    history: steadyDays(LENGTH),
    periodDays: 1,
    leadTime: { promised: 7, observed: [] },
    tolerance: "protection",
    ...changes,
  });
}

/** The latest periods not recorded: no units, not sold out. */
function withoutTail(history: readonly number[], tail: number): Pick<PlanInput, "history" | "inStock"> {
  const inStock = history.map((_, index) => index < history.length - tail);
  return { history: history.map((units, index) => (inStock[index] ? units : 0)), inStock };
}

test.each([0, 1, 2, 3, 4, 5, 6])(
  "a weekday that was never seen is an ordinary one (%i days before today)",
  (before) => {
    const inStock = Array.from({ length: LENGTH }, (_, index) => (LENGTH - index) % 7 !== before);
    const { quantity, evidence, confidence } = plan(days({ history: inStock.map(() => 10), inStock }));
    expect(quantity).toBeGreaterThanOrEqual(10);
    expect(evidence.meanDemand).toBeCloseTo(10, 0);
    expect(confidence).toBeGreaterThan(0);
  },
);

it("never answers with what is no number, whatever was seen", () => {
  const flags = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });
  const units = fc.array(fc.constantFrom(0, 0, 1, 10), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(flags, units, (inStock, history) => {
      const answer = plan(days({ history, inStock }));
      expect(Number.isFinite(answer.quantity)).toBe(true);
      for (const [name, value] of Object.entries(answer.evidence)) expect(value, name).not.toBeNaN();
    }),
    { numRuns: 150 },
  );
});

test("days of which nothing is known at the end never raise the confidence", () => {
  const history = steadyDays(LENGTH);
  const known = plan(days({ history, onHand: 20 })).confidence;
  let before = known;
  for (const tail of [1, 3, 7, 14, 28, 56]) {
    const { confidence } = plan(days({ ...withoutTail(history, tail), onHand: 20 }));
    // But for a path: what is known is a share of 256. The service takes more for each day (test/world/properties).
    expect(confidence).toBeLessThanOrEqual(before + 1 / 256);
    before = confidence;
  }
  expect(before).toBeLessThan(known);
});

test.each([
  { kind: "counts", size: 1, within: 2 },
  { kind: "the bank of models", size: 10, within: 20 },
])("weekdays that nobody saw at the end leave a weekend shop's order as it was, by $kind", ({ size, within }) => {
  // Today is a Friday: what is ordered today arrives on the first day of a weekend.
  const weekday = (index: number) => (4 + 7 * LENGTH + index - LENGTH) % 7;
  const shop = Array.from({ length: LENGTH }, (_, index) => size * (weekday(index) >= 5 ? 40 : 4));
  const ordered = (tail: number) =>
    plan(
      days({
        ...withoutTail(shop, tail),
        leadTime: { promised: 1, observed: [] },
        onHand: 20 * size,
        costs: { holding: 1, shortage: 19, fixedOrder: 0 },
      }),
    ).quantity;
  const known = ordered(0);
  for (const tail of [1, 2, 3, 4, 5, 6, 7])
    expect(Math.abs(ordered(tail) - known), `${tail} days`).toBeLessThanOrEqual(within);
});

test.each([30, 60, 210, 400])("an item of whose last %i days nothing is known is still what it was", (tail) => {
  const unknown = Array.from({ length: tail }, () => 0);
  const history = [...steadyDays(LENGTH), ...unknown];
  const inStock = history.map((_, index) => index < LENGTH);
  const { quantity, evidence } = plan(days({ history, inStock, onHand: 20 }));
  expect(evidence.meanDemand).toBeGreaterThan(8);
  expect(evidence.meanDemand).toBeLessThan(12);
  expect(quantity).toBeGreaterThan(8);
});

test("days that are unseen in the middle leave as many seen ones to learn from", () => {
  const inStock = Array.from({ length: LENGTH }, (_, index) => index < 50 || index >= 115);
  const history = steadyDays(LENGTH).map((units, index) => (inStock[index] ? units : 0));
  expect(plan(days({ history, inStock })).evidence.meanDemand).toBeCloseTo(10, -0.3);
});

test("an event behind teaches nothing but what an ordinary day sells", () => {
  const history = steadyDays(LENGTH);
  const factors = history.map((_, index) => (index >= 100 && index < 110 ? 5 : 1));
  const withEvent = history.map((units, index) => units * factors[index]!);
  const told = plan(days({ history: withEvent, historyFactors: factors }));
  const usual = plan(days({ history }));
  expect(told.quantity).toBe(usual.quantity);
  expect(plan(days({ history: withEvent })).quantity).toBeGreaterThan(usual.quantity);
});

test("a day whose factor is nothing is unseen", () => {
  const closed = Array.from({ length: LENGTH }, (_, index) => index % 5 !== 0);
  const history = steadyDays(LENGTH).map((units, index) => (closed[index] ? units : 0));
  const { reasons: _, ...flagged } = plan(days({ history, inStock: closed }));
  const factors = closed.map((open) => (open ? 1 : 0));
  const all = history.map(() => true);
  expect(plan(days({ history, inStock: all, historyFactors: factors }))).toMatchObject(flagged);
});
