import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { unitOf } from "../../src/replenishment/models/unit.ts";
import { projectStock } from "../../src/replenishment/paths/project-stock.ts";
import { assessQuantity, plan } from "../../src/replenishment/plan.ts";
import type { PlanInput } from "../../src/replenishment/types.ts";
import { countOf } from "../support/counts.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";
import { seeded } from "../support/seeded.ts";

describe("the unit of an item", () => {
  test.each([
    ["whole pieces", [3, 0, 12, 7], 1, 1],
    ["whole pieces in packs of 6", [3, 0, 12, 7], 6, 1],
    ["packs of 6 that are sold whole", [6, 0, 12, 18], 6, 6],
    ["grams in kilograms", [0.003, 0.012, 0.3], 0.001, 0.001],
    ["halves", [0.5, 2, 1.5], 1, 0.5],
    ["tenths that binary fractions miss", [0.1 + 0.2, 0.7, 0.1 * 3], 1, 0.1],
    ["what fits no unit", [Math.PI, Math.E, Math.SQRT2], 1, 1],
    ["nothing sold", [0, 0, 0], 0.25, 0.25],
  ])("%s", (_, history, pack, unit) => {
    expect(unitOf(history, null, pack)).toBeCloseTo(unit, 12);
  });

  it("is the same for what is weighed, in grams and in kilograms, however many sales are compared", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(5, 250, 1_000, 2_500),
        fc.constantFrom(10, 100, 1_000),
        (grams, pack, k) => {
          const larger = grams.map((units) => units / k);
          expect(unitOf(larger, null, pack / k) * k).toBeCloseTo(unitOf(grams, null, pack), 9);
        },
      ),
      { numRuns: countOf(300) },
    );
  });
});

/** The same item measured in units of which one makes `k` of the former. */
function times(input: PlanInput, k: number): PlanInput {
  const of = (units: number): number => Number((units * k).toPrecision(12));
  const { costs, constraints } = input;
  return {
    ...input,
    history: input.history.map(of),
    onHand: of(input.onHand),
    backordered: of(input.backordered),
    openOrders: input.openOrders.map((order) => ({ ...order, quantity: of(order.quantity) })),
    lots: (input.lots ?? []).map((lot) => ({ ...lot, quantity: of(lot.quantity) })),
    costs: { ...costs, holding: costs.holding / k, shortage: costs.shortage / k },
    constraints: {
      minOrderQuantity: of(constraints.minOrderQuantity),
      packSize: of(constraints.packSize),
      maxStock: constraints.maxStock === null ? null : of(constraints.maxStock),
    },
    safetyStock: of(input.safetyStock),
  };
}

const small = fc.integer({ min: 0, max: 40 });

it("plans an item in kilograms as in grams", () => {
  fc.assert(
    fc.property(
      fc.record({
        history: fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, small), { minLength: 12, maxLength: 60 }),
        onHand: small,
        safetyStock: fc.oneof(fc.constant(0), small),
        openOrders: fc.array(fc.record({ quantity: small, age: fc.integer({ min: 0, max: 3 }) }), { maxLength: 2 }),
        leadTime: fc.record({ promised: fc.integer({ min: 0, max: 12 }), observed: fc.constantFrom([], [2, 3]) }),
        constraints: fc.record({
          minOrderQuantity: fc.constantFrom(0, 10),
          packSize: fc.constantFrom(1, 6),
          maxStock: fc.oneof(fc.constant(null), fc.integer({ min: 20, max: 200 })),
        }),
        shelfLife: fc.constantFrom(null, 2),
        unmet: fc.constantFrom("lost", "backorder"),
      }),
      fc.boolean(),
      fc.constantFrom(1, 0.5, 2, 4),
      fc.constantFrom(0.001, 0.01, 0.1, 0.25, 7, 12, 1000),
      (changes, isFlagged, event, k) => {
        const { history } = changes;
        const input = aPlanInput({
          ...(changes as Partial<PlanInput>),
          inStock: isFlagged ? history.map(() => true) : null,
          historyFactors: event === 1 ? null : history.map((_, period) => (period % 5 === 0 ? event : 1)),
        });
        const one = plan(input);
        const other = plan(times(input, k));
        expect(other.quantity).toBeCloseTo(one.quantity * k, 9);
        expect(other.confidence).toBeCloseTo(one.confidence, 9);
        expect(other.inStockProbability).toBeCloseTo(one.inStockProbability, 9);
        expect(other.evidence.meanDemand).toBeCloseTo(one.evidence.meanDemand * k, 6);
        expect(other.evidence.bindingConstraint).toBe(one.evidence.bindingConstraint);
      },
    ),
    { numRuns: countOf(1_000) },
  );
});

test("three grams a day are counted as three", () => {
  const days = { periodDays: 1, leadTime: { promised: 2, observed: [] } };
  const flags = Array.from({ length: 120 }, () => true);
  const inGrams = plan(aPlanInput({ ...days, history: flags.map(() => 3), inStock: flags, onHand: 1 }));
  const kilograms = aPlanInput({
    ...days,
    history: flags.map(() => 0.003),
    inStock: flags,
    onHand: 0.001,
    costs: { holding: 200, shortage: 1000, fixedOrder: 0 },
    constraints: { minOrderQuantity: 0, packSize: 0.001, maxStock: null },
  });
  const { quantity, reasons } = plan(kilograms);
  expect(inGrams.quantity).toBeGreaterThan(0);
  expect(quantity).toBe(inGrams.quantity / 1000);
  expect(reasons[0]).toContain(`Restock ${quantity}:`);
  expect(assessQuantity(kilograms, quantity).confidence).toBeCloseTo(inGrams.confidence, 9);
  expect(projectStock(kilograms, quantity, 5)[0]!.p50).toBeLessThan(0.002);
});

test("nine to eleven hundredths a day are planned as nine to eleven", () => {
  const next = seeded(5);
  const pieces = Array.from({ length: 120 }, () => 9 + Math.floor(next() * 3));
  const whole = aPlanInput({ history: pieces, periodDays: 1, onHand: 15, leadTime: { promised: 2, observed: [] } });
  const { quantity } = plan(times(whole, 0.01));
  expect(quantity).toBeCloseTo(plan(whole).quantity / 100, 12);
  expect(String(quantity)).toMatch(/^0\.\d{1,2}$/u);
});

test("half a unit on a day of an event is half a unit in kilograms too", () => {
  const pieces = Array.from({ length: 90 }, (_, day) => 2 + ((day * 7) % 5));
  const whole = aPlanInput({
    history: pieces,
    inStock: pieces.map(() => true),
    historyFactors: pieces.map((_, day) => (day < 80 ? 1 : 2)),
    periodDays: 1,
    onHand: 1,
    leadTime: { promised: 3, observed: [] },
  });
  const { meanDemand } = plan(whole).evidence;
  expect(plan(times(whole, 0.1)).evidence.meanDemand).toBeCloseTo(meanDemand / 10, 9);
});
