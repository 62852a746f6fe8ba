/** Items that sell a piece once in many periods: what lies on the shelf, and for how long a few sales are believed. */
import { describe, expect, it } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { seeded } from "../../support/seeded.ts";

/** A year of days with a sale of one piece in `every` of them on average. */
function rareDays(every: number, seed: number): number[] {
  const next = seeded(seed);
  return Array.from({ length: 365 }, () => Number(next() < 1 / every));
}

/** As in the service, at a service level of .95. */
function rare(every: number, changes: Partial<PlanInput> = {}, seed = 1) {
  return plan(
    aPlanInput({
      history: rareDays(every, seed),
      periodDays: 1,
      leadTime: { promised: 7, observed: [] },
      costs: { holding: 1, shortage: 19, fixedOrder: 0 },
      serviceLevel: 0.95,
      tolerance: "protection",
      ...changes,
    }),
  );
}

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

describe("the shelf of a rare item", () => {
  it.each([5, 12, 25])("is not left empty without a safety stock: a sale in %i days", (every) => {
    for (const seed of SEEDS) {
      const { quantity, confidence } = rare(every, {}, seed);
      expect(quantity).toBeGreaterThanOrEqual(1);
      expect(quantity).toBeLessThanOrEqual(2);
      expect(confidence).toBeGreaterThan(0.6);
    }
  });

  it("is left empty where a piece costs more to hold than it is stated to save", () => {
    expect(rare(25, { serviceLevel: null }).quantity).toBe(0);
  });

  it.each([
    ["of what sells less than once in a quarter of a year", { history: Array(364).fill(0).with(180, 1) }],
    [
      "of what comes in cases for most of a year",
      { constraints: { minOrderQuantity: 0, packSize: 12, maxStock: null } },
    ],
    ["of what has never sold yet", { history: Array<number>(20).fill(0) }],
    ["shortly before its demand ends", { periodsLeft: 17 }],
    ["of what would spoil first", { shelfLife: 10 }],
  ])("is left empty %s", (_, changes) => {
    expect(rare(25, changes).quantity).toBe(0);
  });

  it("says how much less stock makes a hold an order", () => {
    const reasons = (onHand: number): readonly string[] => rare(25, { onHand }).reasons;
    const fewer = Number(/about (\d+) fewer/.exec(reasons(6).at(-1)!)?.[1]);
    expect(rare(25, { onHand: 6 - fewer + 1 }).quantity).toBe(0);
    expect(rare(25, { onHand: 6 - fewer }).quantity).toBeGreaterThan(0);
  });
});

describe("an item that seldom sells, and then many", () => {
  /** `size` gives the units of a sale; one in `every` days. */
  const lumps = (every: number, size: (next: () => number) => number, seed: number): number[] => {
    const next = seeded(seed);
    return Array.from({ length: 365 }, () => (next() < 1 / every ? size(next) : 0));
  };
  const twelve = (): number => 12;

  it.each([10, 20])("has a usual sale on the shelf: twelve in %i days", (every) => {
    for (const seed of SEEDS) {
      const { quantity, confidence, reasons } = rare(1, { history: lumps(every, twelve, seed) });
      expect(quantity).toBeGreaterThanOrEqual(12);
      expect(confidence).toBeGreaterThan(0.6);
      expect(reasons.join(" ")).toContain("usually 12: so many are to be on the shelf");
      expect(rare(1, { history: lumps(every, twelve, seed), onHand: 96 }).quantity).toBe(0);
    }
  });

  it("has the middle one of its sales: a single bulk order is not usual", () => {
    for (const seed of SEEDS) {
      const history = lumps(12, () => 1, seed).with(100, 200);
      const { quantity, evidence } = rare(1, { history });
      expect(evidence.usualSale).toBeUndefined();
      expect(quantity).toBeLessThanOrEqual(3);
    }
  });

  it("does not where as many do not sell in a quarter of a year, or costs are stated instead", () => {
    const seldom = Array<number>(364).fill(0).with(50, 40).with(180, 40).with(300, 40);
    expect(rare(1, { history: seldom }).quantity).toBeLessThanOrEqual(2);
    expect(rare(1, { serviceLevel: null, history: lumps(40, twelve, 1) }).quantity).toBeLessThan(6);
  });

  it("counts in kilograms as in grams", () => {
    const history = lumps(20, twelve, 3);
    const pack = { minOrderQuantity: 0, packSize: 0.001, maxStock: null };
    const kilograms = rare(1, { history: history.map((units) => units / 1000), constraints: pack });
    expect(kilograms.quantity * 1000).toBeCloseTo(rare(1, { history }).quantity, 9);
    expect(kilograms.evidence.usualSale).toBe(0.012);
  });

  it("is on the shelf in whole pieces where only a forecast knows it", () => {
    const points = Array.from({ length: 60 }, () => ({ mean: 0.1 }));
    const forecast = { points, ageDays: 0, pastError: null };
    expect(rare(1, { history: [], forecast }).quantity).toBeGreaterThanOrEqual(1);
    expect(rare(1, { history: [], forecast: { ...forecast, points: [{ mean: 0.001 }] } }).quantity).toBe(0);
  });
});

describe("a spare part with a long lead time", () => {
  /** Base stock of Poisson demand over the lead time and the review, at .95. */
  it.each([
    [18, 4],
    [25, 3],
    [40, 2],
  ])("gets about its base stock where demand waits: a sale in %i days", (every, baseStock) => {
    const orders = SEEDS.map(
      (seed) => rare(every, { leadTime: { promised: 30, observed: [] }, unmet: "backorder" }, seed).quantity,
    );
    expect(Math.max(...orders)).toBeLessThanOrEqual(3 * baseStock);
    expect(orders.reduce((sum, units) => sum + units, 0) / orders.length).toBeLessThanOrEqual(2 * baseStock);
    expect(Math.min(...orders)).toBeGreaterThanOrEqual(1);
  });

  it("that has not sold for long is not taken for one that sells as before", () => {
    const history = [...Array.from({ length: 100 }, () => 1), ...Array<number>(100).fill(0)];
    expect(rare(1, { history }).quantity).toBe(0);
  });
});
