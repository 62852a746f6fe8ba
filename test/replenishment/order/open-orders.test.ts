import { describe, expect, test } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { steadyDays } from "../../support/seeded.ts";

function steady(changes: Partial<PlanInput> = {}): PlanInput {
  return aPlanInput({
    history: steadyDays(),
    periodDays: 1,
    leadTime: { promised: 7, observed: [] },
    unmet: "backorder",
    ...changes,
  });
}

describe("an open order with a promise of its own", () => {
  test("that comes too late fills no gap of today", () => {
    const none = plan(steady()).quantity;
    expect(plan(steady({ openOrders: [{ quantity: 100, age: 0, due: 60 }] })).quantity).toBe(none);
    expect(plan(steady({ openOrders: [{ quantity: 100, age: 0, due: 3 }] })).quantity).toBeLessThan(none);
  });

  test("never orders less when it comes later, nor more when there is more of it", () => {
    const later = [0, 1, 3, 6, 7, 8, 12, 30].map(
      (due) => plan(steady({ openOrders: [{ quantity: 40, age: 0, due }] })).quantity,
    );
    expect(later).toEqual(later.toSorted((a, b) => a - b));
    const more = [0, 1, 5, 20, 40, 80].map(
      (quantity) => plan(steady({ openOrders: [{ quantity, age: 0, due: 4 }] })).quantity,
    );
    expect(more).toEqual(more.toSorted((a, b) => b - a));
  });

  test("is no broken promise while the present promise is shorter", () => {
    const reasons = plan(steady({ openOrders: [{ quantity: 100, age: 30, due: 2 }] })).reasons.join(" ");
    expect(reasons).not.toContain("does not keep to");
    const overdue = plan(steady({ openOrders: [{ quantity: 100, age: 3, due: -4 }] })).reasons.join(" ");
    expect(overdue).toContain("1 open order is overdue");
  });

  test("is what its age says when it has none", () => {
    const byAge = plan(steady({ openOrders: [{ quantity: 40, age: 3 }] }));
    expect(plan(steady({ openOrders: [{ quantity: 40, age: 30, due: 4 }] }))).toEqual(byAge);
  });

  test("is counted by a supplier who breaks promises, too", () => {
    const input = { onHand: 10, leadTime: { promised: 2, observed: [2, 4] } };
    const late = plan(steady({ ...input, openOrders: [{ quantity: 60, age: 0, due: 40 }] })).quantity;
    expect(late).toBe(plan(steady(input)).quantity);
    expect(plan(steady({ ...input, openOrders: [{ quantity: 60, age: 0, due: 1 }] })).quantity).toBeLessThan(late);
  });
});

test("a few late pieces are no late order", () => {
  const punctual = plan(steady({ leadTime: { promised: 7, observed: [7, 7, 7, 7] } }));
  const pieces = { promised: 7, observed: [7, 27, 7, 27], shares: [0.95, 0.05, 0.95, 0.05] };
  expect(plan(steady({ leadTime: pieces }))).toEqual(punctual);
  const halves = { promised: 7, observed: [7, 27, 7, 27], shares: [0.5, 0.5, 0.5, 0.5] };
  expect(plan(steady({ leadTime: halves })).quantity).toBeGreaterThan(punctual.quantity);
});

describe("arrivals by calendar", () => {
  test("evenly spaced are the lead time and the review period", () => {
    const spaced = plan(steady({ leadTime: { promised: 2, observed: [] }, reviewPeriod: 3 }));
    expect(plan(steady({ leadTime: { promised: 99, observed: [] }, reviewPeriod: 50, arrivals: [2, 5, 8] }))).toEqual(
      spaced,
    );
  });

  test("keep what is known of other orders at its distance from the promise", () => {
    const days = { leadTime: { promised: 7, observed: [7, 9] }, openOrders: [{ quantity: 30, age: 3 }] };
    const shifted = { leadTime: { promised: 5, observed: [5, 7] }, openOrders: [{ quantity: 30, age: 1 }] };
    expect(plan(steady({ ...shifted, arrivals: [7, 8] }))).toEqual(plan(steady(days)));
  });

  test("an order covers the time until the next one comes", () => {
    const short = plan(steady({ arrivals: [2, 3, 8] })).quantity;
    const long = plan(steady({ arrivals: [2, 8, 9] })).quantity;
    expect(long - short).toBeGreaterThan(35);
  });
});

test("demand of the part of the day that is over lies behind", () => {
  const left = (elapsed: number): number => plan(steady({ onHand: 200, elapsed })).evidence.projectedStockAtArrival;
  expect(left(0.5) - left(0)).toBeCloseTo(5, -0.3);
  expect(left(1) - left(0)).toBeCloseTo(10, -0.5);
});
