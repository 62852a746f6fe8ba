/**
 * Cases from life, from stored facts to the decision: an item's settings.
 * Numbers are about what a buyer would order.
 */
import { describe, expect, test } from "vitest";
import { decided, known, NOW, quantity, seeded, steady, TODAY } from "../shop.ts";
import { DAY_MS } from "../../../src/shared/durations.ts";

describe("fractions", () => {
  const sold = (units: (index: number) => number) =>
    known(
      Array.from({ length: 120 }, (_, index) => ({ day: TODAY - 120 + index, units: units(index), inStock: null })),
    );

  test("of three grams a day, six are ordered, by the gram and by the kilogram", () => {
    const terms = { leadTimeDays: 2 };
    expect(quantity({ history: sold(() => 3), terms }, { currentStock: 1 })).toBe(6);
    expect(
      quantity({ history: sold(() => 0.003), terms: { ...terms, packSize: 0.001 } }, { currentStock: 0.001 }),
    ).toBe(0.006);
  });

  test("of nine to eleven packs a day, twelve cover a day at costs of 1 to 5, in packs of 1 and of a hundredth", () => {
    const terms = { leadTimeDays: 2, holdingCost: 0.2, shortageCost: 1 };
    const packs = (index: number): number => 9 + (index % 3);
    const whole = quantity({ history: sold(packs), terms }, { currentStock: 15 });
    const small = { ...terms, packSize: 0.01 };
    const part = quantity({ history: sold((index) => packs(index) / 100), terms: small }, { currentStock: 0.15 });
    expect(Math.abs(whole - 12)).toBeLessThanOrEqual(1);
    expect(part).toBeCloseTo(whole / 100, 9);
  });
});

test("what keeps two days is ordered for two days, and what will be thrown away is said", () => {
  const terms = { leadTimeDays: 1, reviewPeriodDays: 7, shelfLifeDays: 2 };
  const { decision } = decided({ history: known(steady()), terms });
  expect(decision.quantity).toBeGreaterThanOrEqual(23);
  expect(decision.quantity).toBeLessThanOrEqual(28);
  expect(decision.evidence.bindingConstraint).toBe("shelf_life");
  expect(decision.evidence.expectedWaste).toBeGreaterThan(0);
});

describe("what would mostly be thrown away", () => {
  const shop = { history: known(steady()) };
  const terms = { leadTimeDays: 1, reviewPeriodDays: 7 };
  test.each([
    ["a minimum of 500 that keeps three days", { minOrderQuantity: 500, shelfLifeDays: 3 }],
    ["a minimum of 60 that keeps two", { minOrderQuantity: 60, shelfLifeDays: 2 }],
    ["a pack of 100 that keeps two", { packSize: 100, shelfLifeDays: 2 }],
    ["a minimum of 500 of what ends in three days", { minOrderQuantity: 500, phaseOutOn: TODAY + 3 }],
    ["a pack of 100 of what ends in three days", { packSize: 100, phaseOutOn: TODAY + 3 }],
  ])("is a person's to order: %s", (_, more) => {
    const { decision } = decided({ ...shop, terms: { ...terms, ...more } }, { currentStock: 0 });
    expect(decision.action).toBe("restock");
    expect(decision.confidence).toBeLessThanOrEqual(0.5);
  });

  test("counts as a mistake by its stated cost, as far as it does not sell in time", () => {
    const costs = { holdingCost: 1, shortageCost: 1, reviewPeriodDays: 1 };
    const confidenceOf = (shelfLifeDays: number): number =>
      decided({ ...shop, terms: { ...terms, ...costs, packSize: 48, shelfLifeDays } }, { currentStock: 0 }).decision
        .confidence;
    expect(confidenceOf(7)).toBeGreaterThan(0.9);
    expect(confidenceOf(3)).toBeLessThan(0.6);
  });

  test("is asked about in several pieces, and not in the one that is kept of what sells every fifth day", () => {
    const random = seeded(5);
    const history = known(steady(180).map((row) => ({ ...row, units: random() < 0.2 ? 1 : 0 })));
    const confidenceIn = (reviewPeriodDays: number, quantity: number): number => {
      const slow = { history, terms: { leadTimeDays: 1, reviewPeriodDays, shelfLifeDays: 5 } };
      const { decision } = decided(slow, { currentStock: 1 });
      expect(decision.quantity).toBe(quantity);
      expect(decision.evidence.expectedWaste).toBeGreaterThan(quantity / 2);
      return decision.confidence;
    };
    expect(confidenceIn(1, 1)).toBeGreaterThan(0.9);
    expect(confidenceIn(7, 3)).toBe(0.5);
  });

  test("is not what a lot leaves that sells in time", () => {
    const lots = [
      { packSize: 24, shelfLifeDays: 5 },
      { minOrderQuantity: 60, shelfLifeDays: 7 },
      { packSize: 100, phaseOutOn: TODAY + 9 },
    ];
    for (const more of lots) {
      const { decision } = decided({ ...shop, terms: { ...terms, ...more } }, { currentStock: 0 });
      expect(decision.action).toBe("restock");
      expect(decision.confidence).toBeGreaterThan(0.9);
    }
  });
});

test("what the maximum stock allows is no mistake, however short it leaves the shelf", () => {
  const history = known(steady());
  for (const leadTimeDays of [1, 2, 7]) {
    const terms = { leadTimeDays, reviewPeriodDays: 7, maxStock: 40, packSize: 12 };
    const { decision, asked } = decided({ history, terms }, { currentStock: 0 });
    expect(decision).toMatchObject({ quantity: 36, evidence: { bindingConstraint: "max_stock" } });
    expect(decision.confidence).toBeGreaterThan(0.9);
    expect(asked).toEqual([]);
  }
});

describe("settings that contradict", () => {
  test("recommend the smallest order and ask", () => {
    const plain = decided({ terms: { packSize: 48, maxStock: 40 } }, { currentStock: 0, safetyStock: 20 });
    expect(plain).toMatchObject({ decision: { action: "restock", quantity: 48 }, asked: ["settings_contradict"] });
    const planned = decided({ history: known(steady()), terms: { packSize: 48, maxStock: 40 } }, { currentStock: 5 });
    expect(planned).toMatchObject({ decision: { action: "restock", quantity: 48 }, asked: ["settings_contradict"] });
  });

  test("do not, where nothing is needed, where the maximum is 0, or where the guard is off", () => {
    const hold = { action: "hold" };
    expect(
      decided({ terms: { packSize: 48, maxStock: 40 } }, { currentStock: 30, safetyStock: 20 }).decision,
    ).toMatchObject(hold);
    expect(decided({ terms: { maxStock: 0 } }, { currentStock: 0, safetyStock: 20 }).decision).toMatchObject(hold);
    const off = { terms: { packSize: 48, maxStock: 40 }, policy: { guardsOff: ["settings_contradict" as const] } };
    expect(decided(off, { currentStock: 0, safetyStock: 20 }).decision).toMatchObject(hold);
  });
});

describe("a maximum stock that an order of next month fills", () => {
  const inDays = (days: number) => ({ quantity: 100, expectedAt: NOW + days * DAY_MS, placedAt: NOW - DAY_MS });
  const openOrders = [{ workflowId: "late", ...inDays(60) }];
  const shop = { history: known(steady()), terms: { maxStock: 60 }, facts: { openOrders } };

  test("asks about what is needed before it comes", () => {
    const { decision, asked } = decided(shop, { currentStock: 0 });
    expect(asked).toEqual(["settings_contradict"]);
    expect(decision).toMatchObject({ action: "restock", quantity: quantity({ history: known(steady()) }) });
    expect(decision.reasons.join(" ")).toContain("no room beside the 100 on order, which come too late");
    expect(decision.reasons.join(" ")).not.toContain("Hold:");
    const plain = decided({ ...shop, history: null }, { currentStock: 2, safetyStock: 20 });
    expect(plain).toMatchObject({ decision: { quantity: 18 }, asked: ["settings_contradict"] });
  });

  test("does not, where the shelf is full, or the order comes in time", () => {
    const hold = { decision: { action: "hold" }, asked: [] };
    expect(decided(shop, { currentStock: 60 })).toMatchObject(hold);
    expect(decided({ ...shop, facts: { openOrders: [{ ...openOrders[0]!, ...inDays(5) }] } })).toMatchObject(hold);
  });
});

test("a value that nobody can know is asked about where values matter", () => {
  const shop = { history: known(steady()) };
  expect(decided({ ...shop, terms: { unitCost: 0 }, policy: { valueAbove: 500 } }).asked).toEqual(["value_unknown"]);
  expect(decided({ ...shop, policy: { valueAbove: 500 } }).asked).toEqual(["value_unknown"]);
  expect(decided({ ...shop, terms: { unitCost: 2 }, policy: { valueAbove: 500 } }).asked).toEqual([]);
  expect(decided(shop).asked).toEqual([]);
});
