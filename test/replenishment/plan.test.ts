import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkQuantity } from "../../src/replenishment/order/constraints.ts";
import { assessQuantity, plan } from "../../src/replenishment/plan.ts";
import type { PlanInput } from "../../src/replenishment/types.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";

describe("a plan", () => {
  it("restocks an empty shelf and holds on a full one", () => {
    expect(plan(aPlanInput()).quantity).toBeGreaterThanOrEqual(10);
    expect(plan(aPlanInput({ onHand: 500 })).quantity).toBe(0);
  });

  it("owes what waits when unmet demand waits, and only then", () => {
    expect(plan(aPlanInput({ unmet: "lost" })).quantity).toBeLessThan(15);
    expect(plan(aPlanInput({ unmet: "backorder" })).quantity).toBeGreaterThan(28);
  });

  it("counts what is on order once", () => {
    const { quantity } = plan(aPlanInput());
    const again = plan(aPlanInput({ openOrders: [{ quantity, age: 0 }] }));
    expect(again.quantity).toBeLessThan(quantity / 4);
  });

  it("leaves periods without stock out of demand", () => {
    const history = [10, 0, 9, 11, 0, 10, 0, 12, 9, 0, 10, 11];
    const flagged = plan(aPlanInput({ history, inStock: history.map((units) => units > 0) }));
    expect(flagged.evidence.meanDemand).toBeGreaterThan(8);
    expect(plan(aPlanInput({ history })).evidence.meanDemand).toBeLessThan(flagged.evidence.meanDemand);
  });

  it("judges its own quantity as it judges anybody's", () => {
    const input = aPlanInput({ onHand: 7 });
    const own = plan(input);
    const judged = assessQuantity(input, own.quantity);
    expect(judged.confidence).toBeCloseTo(own.confidence, 9);
    expect(judged.inStockProbability).toBeCloseTo(own.inStockProbability, 9);
  });

  it("says the same again", () => {
    expect(plan(aPlanInput())).toEqual(plan(aPlanInput()));
  });
});

const units = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.double({ min: 0, max: 1e6, noNaN: true }));

const anyPlanInput: fc.Arbitrary<PlanInput> = fc
  .record({
    history: fc.array(units, { maxLength: 120 }),
    onHand: units,
    backordered: fc.oneof(fc.constant(0), units),
    openOrders: fc.array(
      fc.record({
        quantity: units,
        age: fc.double({ min: 0, max: 40, noNaN: true }),
        due: fc.oneof(fc.constant(null), fc.double({ min: -20, max: 60, noNaN: true })),
      }),
      { maxLength: 6 },
    ),
    lots: fc.oneof(
      fc.constant(null),
      fc.array(fc.record({ quantity: units, keeps: fc.double({ min: 0, max: 40, noNaN: true }) }), { maxLength: 4 }),
    ),
    elapsed: fc.constantFrom(0, 0.4, 1),
    arrivals: fc.oneof(
      fc.constant(null),
      fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 5 }).map((times) => times.toSorted((a, b) => a - b)),
    ),
    borrowed: fc.oneof(
      fc.constant(null),
      fc.record({
        history: fc.array(units, { maxLength: 60 }),
        inStock: fc.constant(null),
        scale: fc.double({ min: 0, max: 5, noNaN: true }),
        as: fc.constantFrom("like", "replaces"),
      }),
    ),
    leadTime: fc.record({
      promised: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.double({ min: 0, max: 20, noNaN: true })),
      observed: fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 5 }),
    }),
    reviewPeriod: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(1 / 7)),
    periodsLeft: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 20 })),
    costs: fc.record({ holding: units, shortage: units, fixedOrder: fc.oneof(fc.constant(0), units) }),
    constraints: fc.record({
      minOrderQuantity: fc.oneof(fc.constant(0), units),
      packSize: fc.constantFrom(1, 6, 0.25, 144),
      maxStock: fc.oneof(fc.constant(null), units),
    }),
    safetyStock: fc.oneof(fc.constant(0), units),
    unmet: fc.constantFrom("lost", "backorder"),
    shelfLife: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 30 })),
    demandMultipliers: fc.oneof(
      fc.constant(null),
      fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { maxLength: 10 }),
    ),
    forecast: fc.oneof(
      fc.constant(null),
      fc.record({
        points: fc.array(
          fc.option(
            fc.record({
              mean: units,
              p10: fc.option(units, { nil: undefined }),
              p90: fc.option(units, { nil: undefined }),
            }),
          ),
          { maxLength: 20 },
        ),
        ageDays: units,
        pastError: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 3, noNaN: true })),
      }),
    ),
    periodDays: fc.constantFrom(1, 7, 30),
    tolerance: fc.constantFrom("period", "protection"),
    censored: fc.option(fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }), { nil: undefined }),
  })
  .map(({ censored, ...input }) =>
    aPlanInput({
      ...(input as Partial<PlanInput>),
      inStock: censored === undefined ? null : censored.slice(0, input.history.length),
    }),
  );

it("orders a feasible quantity with probabilities for any input", () => {
  fc.assert(
    fc.property(anyPlanInput, (input) => {
      const answer = plan(input);
      expect(checkQuantity(answer.quantity, input.constraints, answer.evidence.inventoryPosition)).toBeNull();
      for (const probability of [
        answer.confidence,
        answer.inStockProbability,
        answer.forecastConfidence,
        answer.evidence.stockoutProbabilityIfHold,
      ]) {
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
      }
      expect(Object.values(answer.evidence).some((value) => Number.isNaN(value))).toBe(false);
      expect(answer.reasons.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});
