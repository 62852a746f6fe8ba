/** What sold before an item sold out is the least that was wanted. */
import { describe, expect, it } from "vitest";
import { pastOf } from "../../../src/replenishment/models/known-past.ts";
import { plan } from "../../../src/replenishment/plan.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { seeded } from "../../support/seeded.ts";

const STEADY = Array.from({ length: 60 }, (_, day) => 8 + ((day * 7) % 5));

function demandOf(history: readonly number[], inStock: readonly boolean[]) {
  return pastOf(aPlanInput({ history, inStock, periodDays: 1 })).demand;
}

describe("a period that sold out", () => {
  const after = (sold: number) => demandOf([...STEADY, sold], [...STEADY.map(() => true), false]).at(-1)!;

  it("wanted at least what it sold, where that is more than usual", () => {
    expect(after(11)).toBeGreaterThan(11);
    expect(after(11)).toBeLessThan(13);
    expect(after(40)).toBe(40);
  });

  it("wanted about the usual, and rather more, where it sold a little less", () => {
    expect(after(9.5)).toBeGreaterThan(10);
    expect(after(9.5)).toBeLessThan(11.5);
  });

  it("reveals nothing where it sold far less than usual, or nothing", () => {
    expect(after(6)).toBeNaN();
    expect(after(0)).toBeNaN();
  });

  it("keeps the level of an item that sells out every second day", () => {
    const next = seeded(8);
    const wanted = Array.from({ length: 400 }, () => 12 + Math.floor(17 * next()));
    const stock = 19;
    const sold = wanted.map((units, day) => (day < 60 ? units : Math.min(units, stock)));
    const inStock = wanted.map((units, day) => day < 60 || units <= stock);
    const known = demandOf(sold, inStock).filter((units, day) => day >= 60 && !Number.isNaN(units));
    const mean = known.reduce((sum, units) => sum + units, 0) / known.length;
    // 20 are wanted; what the days in stock sold is 15.5.
    expect(mean).toBeGreaterThan(19);
    expect(mean).toBeLessThan(21);
  });

  it("is compared with its own weekday", () => {
    const shop = Array.from({ length: 70 }, (_, day) => (day % 7 >= 5 ? 40 : 4));
    const soldOut = (day: number, sold: number) =>
      demandOf([...shop.slice(0, day), sold], [...shop.slice(0, day).map(() => true), false]).at(-1)!;
    expect(soldOut(68, 6)).toBeNaN();
    expect(soldOut(66, 6)).toBeGreaterThanOrEqual(6);
  });

  it("is all that is known of an item that always sells out", () => {
    expect([...demandOf([5, 5, 5], [false, false, false])]).toEqual([5, 5, 5]);
  });

  it("counts alike in kilograms and in grams", () => {
    const flags = STEADY.map((_, day) => day % 3 > 0);
    const grams = demandOf(STEADY, flags);
    const kilograms = demandOf(
      STEADY.map((units) => units / 1000),
      flags,
    );
    grams.forEach((units, day) => {
      if (Number.isNaN(units)) expect(kilograms[day]).toBeNaN();
      else expect(kilograms[day]! * 1000).toBeCloseTo(units, 9);
    });
  });
});

/** Days of demand `level(day)` with orders by the plan; an empty shelf marks its day as sold out. */
function played(level: (day: number) => number, days: number, serviceLevel: number) {
  const next = seeded(11);
  const wanted = (day: number) => Math.floor(level(day) * (0.6 + 0.8 * next()) + next());
  const history = Array.from({ length: 100 }, (_, day) => wanted(day - 100));
  const inStock = history.map(() => true);
  const due: { quantity: number; day: number }[] = [];
  let stock = Math.ceil(level(0) * 6);
  const short: boolean[] = [];
  for (let day = 0; day < days; day++) {
    for (const order of due) if (order.day === day) stock += order.quantity;
    const { quantity } = plan(
      aPlanInput({
        history: [...history],
        inStock: [...inStock],
        periodDays: 1,
        onHand: stock,
        openOrders: due
          .filter((order) => order.day > day)
          .map((order) => ({ quantity: order.quantity, age: day + 4 - order.day })),
        leadTime: { promised: 4, observed: [] },
        costs: { holding: 1, shortage: serviceLevel / (1 - serviceLevel), fixedOrder: 0 },
        tolerance: "protection",
      }),
    );
    if (quantity > 0) due.push({ quantity, day: day + 4 });
    const demand = wanted(day);
    const sold = Math.min(demand, stock);
    stock -= sold;
    history.push(sold);
    inStock.push(stock > 0);
    short.push(sold < demand);
  }
  return short.slice(-21).filter(Boolean).length;
}

describe("an item that sells out now and then", () => {
  it("keeps its level: days of high demand sell out first", () => {
    expect(played(() => 8, 100, 0.8)).toBeLessThanOrEqual(8);
  });

  it("finds a demand that doubled, though each of its days sells out", () => {
    expect(played((day) => (day < 10 ? 8 : 16), 70, 0.95)).toBeLessThanOrEqual(4);
  });

  it("is restocked where it sells one at a time", () => {
    expect(played(() => 0.5, 120, 0.95)).toBeLessThanOrEqual(5);
  });
});

describe("confidence", () => {
  const next = seeded(5);
  const history = Array.from({ length: 100 }, () => 5 + Math.floor(11 * next()));
  const confidenceOf = (isSoldOut: (day: number) => boolean) =>
    plan(
      aPlanInput({
        history,
        inStock: history.map((_, day) => !isSoldOut(day)),
        periodDays: 1,
        costs: { holding: 1, shortage: 4, fixedOrder: 0 },
        tolerance: "protection",
      }),
    ).confidence;

  it("is lower where most of the latest days sold out, and hardly where few did", () => {
    const never = confidenceOf(() => false);
    const seldom = confidenceOf((day) => day % 10 === 5);
    const mostly = confidenceOf((day) => day >= 80 && day % 4 > 0);
    expect(Math.abs(never - seldom)).toBeLessThan(0.05);
    expect(mostly).toBeLessThan(never - 0.1);
    expect(confidenceOf((day) => day < 60 && day % 4 > 0)).toBeGreaterThan(never - 0.05);
  });
});
