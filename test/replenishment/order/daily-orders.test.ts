/**
 * Orders on every day, so that many are on their way at once: whether the shelf is then as full as asked for.
 *
 * A supplier whose orders never come as promised, and always take as long, is known as well as one who promises that
 * time, so the same is on order.
 */
import { describe, expect, test } from "vitest";
import { assessQuantity, plan, prepare } from "../../../src/replenishment/plan.ts";
import type { LeadTime, OpenOrder, PlanInput } from "../../../src/replenishment/types.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";
import { seeded } from "../../support/seeded.ts";

const MEAN = 20;
const SERVICE = 0.95;

/** Poisson(20) days, asked for .95. */
function served(days: readonly number[], changes: Partial<PlanInput>): PlanInput {
  return aPlanInput({
    history: days,
    inStock: days.map(() => true),
    periodDays: 1,
    costs: { holding: 1, shortage: SERVICE / (1 - SERVICE), fixedOrder: 0 },
    serviceLevel: SERVICE,
    tolerance: "protection",
    ...changes,
  });
}

const past = poissonDays(180, seeded(11));

describe("a supplier who promises 7 days and takes 14", () => {
  /** One order a day is on its way, and a day's demand on the shelf. */
  const pipeline = Array.from({ length: 14 }, (_, index): OpenOrder => ({ quantity: MEAN, age: index + 1 }));

  test.each([3, 10, 30, 100])("is stocked as one who promises 14, after %i deliveries", (count) => {
    const observed = Array.from({ length: count }, () => 14);
    const orderFor = (leadTime: LeadTime): number =>
      plan(served(past, { leadTime, openOrders: pipeline, onHand: MEAN })).quantity;
    const kept = orderFor({ promised: 14, observed: [] });
    expect(Math.abs(orderFor({ promised: 7, observed }) - kept)).toBeLessThanOrEqual(2);
  });
});

test("an order of a supplier who is always a day late is judged on the day that it comes", () => {
  const openOrders = [1, 2, 3].map((age): OpenOrder => ({ quantity: MEAN, age }));
  const inStock = (leadTime: LeadTime): number =>
    assessQuantity(served(past, { leadTime, openOrders, onHand: 5 }), MEAN).inStockProbability;
  const punctual = inStock({ promised: 3, observed: [] });
  const late = inStock({ promised: 2, observed: Array.from({ length: 10 }, () => 3) });
  expect(punctual).toBeLessThan(0.85);
  expect(Math.abs(late - punctual)).toBeLessThan(0.05);
});

test.each([
  [7, 14],
  [2, 9],
  [20, 20],
  [30, 30],
])("the shelf is as full as asked for where %i days are promised and %i taken", (promised, taken) => {
  const { covered, stated } = played(promised, taken);
  expect(stated).toBeGreaterThan(0.94);
  expect(covered).toBeGreaterThan(stated - 0.02);
});

const COUNTED_DAYS = 60;

/** The share of days that were covered, and stated to be, once orders of the same rule have filled the pipeline. */
function played(promised: number, taken: number): { covered: number; stated: number } {
  const random = seeded(5);
  const observed = taken === promised ? [] : Array.from({ length: 10 }, () => taken);
  const prepared = prepare(served(past, {}));
  let onHand = MEAN * (taken + 2);
  let open: { quantity: number; placed: number }[] = [];
  let [covered, stated] = [0, 0];
  const from = 2 * taken;
  for (let day = 0; day < from + COUNTED_DAYS; day++) {
    const openOrders = open.map(({ quantity, placed }) => ({ quantity, age: day - placed }));
    const answer = plan(served(past, { leadTime: { promised, observed }, onHand, openOrders }), prepared);
    if (answer.quantity > 0) open.push({ quantity: answer.quantity, placed: day });
    onHand += open.reduce((sum, { quantity, placed }) => sum + (day - placed >= taken ? quantity : 0), 0);
    open = open.filter(({ placed }) => day - placed < taken);
    const [demand] = poissonDays(1, random) as [number];
    if (day >= from) {
      covered += Number(onHand >= demand) / COUNTED_DAYS;
      stated += answer.inStockProbability / COUNTED_DAYS;
    }
    onHand = Math.max(0, onHand - demand);
  }
  return { covered, stated };
}

/** By Knuth's product of uniforms. */
function poissonDays(days: number, random: () => number): number[] {
  return Array.from({ length: days }, () => {
    let count = -1;
    for (let product = 1; product > Math.exp(-MEAN); count++) product *= random();
    return count;
  });
}
