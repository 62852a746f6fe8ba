/**
 * The service equals the engine: weekly sales, a season learned from 110 weeks, two weeks of lead time and a weekly
 * review are played through HTTP, and every order is what the plan answers to the same facts written by hand.
 */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { plan } from "../../../src/replenishment/plan.ts";
import type { OpenOrder, PlanInput } from "../../../src/replenishment/types.ts";
import { approve, ask, DAY_MS, passTime, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

/** 2040-03-05 00:00 UTC: a week begins, so that all of its demand lies ahead. */
const MONDAY = T0 + 3.75 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;
const WEEKS = 110;
const COSTS = { holding: 0.2, shortage: 1.8 };
const LEVELS = [3, 12, 40, 90, 250];

const date = (week: number) => new Date(MONDAY + week * WEEK_MS).toISOString().slice(0, 10);

/** Seeded by its place, so that a run is like any other; three times as much before Christmas. */
function sold(level: number, week: number): number {
  const chance = Math.abs(Math.sin(level * 12.9898 + week * 78.233) * 43_758.5453) % 1;
  const season = date(week).slice(5, 7) === "12" ? 3 : 1;
  return Math.round(level * season * (0.6 + 0.8 * chance));
}

function byHand(
  level: number,
  week: number,
  onHand: number,
  openOrders: OpenOrder[],
  season: readonly number[],
): PlanInput {
  const weeks = Array.from({ length: WEEKS + week }, (_, index) => index - WEEKS);
  return {
    history: weeks.map((each) => sold(level, each)),
    inStock: weeks.map(() => true),
    historyFactors: null,
    borrowed: null,
    historyStart: date(-WEEKS),
    periodDays: 7,
    forecast: null,
    onHand,
    backordered: 0,
    openOrders,
    lots: null,
    leadTime: { promised: 2, observed: [] },
    reviewPeriod: 1,
    arrivals: null,
    periodsLeft: null,
    costs: { ...COSTS, fixedOrder: 0 },
    serviceLevel: null,
    constraints: { minOrderQuantity: 0, packSize: 1, maxStock: null },
    safetyStock: 0,
    unmet: "lost",
    seasonalProfile: season,
    demandMultipliers: null,
    knownEvents: null,
    shelfLife: null,
    tolerance: "protection",
    seed: 1,
  };
}

/** Days: twice as much at weekends, a fair that tripled three of them, and a fair to come; a day was not recorded. */
const DAYS = 120;
const FAIR = { from: -40, to: -38, multiplier: 3 };
const NEXT_FAIR = { from: 4, to: 5, multiplier: 3 };
const UNSEEN_DAY = -20;

const dayDate = (day: number) => new Date(MONDAY + day * DAY_MS).toISOString().slice(0, 10);
const isIn = (day: number, { from, to }: { from: number; to: number }) => day >= from && day <= to;
const isWeekend = (day: number) => ((day % 7) + 7) % 7 >= 5;

function soldOn(level: number, day: number): number {
  const chance = Math.abs(Math.sin(level * 12.9898 + day * 78.233) * 43_758.5453) % 1;
  const usual = level * (isWeekend(day) ? 2 : 1) * (0.6 + 0.8 * chance);
  return Math.round(isIn(day, FAIR) ? usual * FAIR.multiplier : usual);
}

function daysByHand(level: number, day: number, onHand: number, openOrders: OpenOrder[]): PlanInput {
  const days = Array.from({ length: DAYS + day }, (_, index) => index - DAYS);
  const horizon = Array.from({ length: 4 + 8 }, (_, index) => day + index);
  const isAhead = horizon.some((each) => isIn(each, NEXT_FAIR));
  return {
    ...byHand(level, 0, onHand, openOrders, []),
    history: days.map((each) => (each === UNSEEN_DAY ? 0 : soldOn(level, each))),
    inStock: days.map((each) => each !== UNSEEN_DAY),
    historyFactors: days.map((each) => (isIn(each, FAIR) ? FAIR.multiplier : 1)),
    historyStart: dayDate(-DAYS),
    periodDays: 1,
    leadTime: { promised: 3, observed: [] },
    seasonalProfile: null,
    demandMultipliers: isAhead ? horizon.map((each) => (isIn(each, NEXT_FAIR) ? NEXT_FAIR.multiplier : 1)) : null,
  };
}

it("orders what the plan orders by days, with weekends, events and a day that nobody recorded", async () => {
  passTime(MONDAY - T0);
  await ask("PUT", "/events/fair", { ...FAIR, from: dayDate(FAIR.from), to: dayDate(FAIR.to) });
  await ask("PUT", "/events/next", { ...NEXT_FAIR, from: dayDate(NEXT_FAIR.from), to: dayDate(NEXT_FAIR.to) });
  const row = (level: number, day: number) => `L${level},${dayDate(day)},${soldOn(level, day)},`;
  const rows = LEVELS.flatMap((level) =>
    Array.from({ length: DAYS }, (_, index) => index - DAYS).map((day) =>
      day === UNSEEN_DAY ? `L${level},${dayDate(day)},0,0` : row(level, day),
    ),
  );
  const header = "product_id,date,units,in_stock";
  expect((await ask("POST", "/sales", `${header}\n${rows.join("\n")}\n`)).status).toBe(200);
  const placed = new Map<number, { quantity: number; day: number }[]>();
  const answers: number[] = [];
  const expected: number[] = [];
  for (const day of [0, 1, 2]) {
    if (day > 0) {
      passTime(DAY_MS);
      await ask("POST", "/sales", `${header}\n${LEVELS.map((level) => row(level, day - 1)).join("\n")}\n`);
    }
    for (const level of LEVELS) {
      const onHand = Math.round(level * (4 - day));
      const { body } = await trigger({
        product_id: `L${level}`,
        current_stock: onHand,
        safety_stock_level: 0,
        lead_time_days: 3,
        holding_cost: COSTS.holding,
        shortage_cost: COSTS.shortage,
      });
      const { quantity } = body.recommendation;
      if (body.status === "awaiting_human_review") await approve(body.workflow_id);
      const open = (placed.get(level) ?? []).map(({ quantity: units, day: on }): OpenOrder => ({
        quantity: units,
        age: day - on,
        due: 3 - (day - on),
      }));
      answers.push(quantity);
      expected.push(plan(daysByHand(level, day, onHand, open)).quantity);
      if (quantity > 0) placed.set(level, [...(placed.get(level) ?? []), { quantity, day }]);
    }
  }
  expect(answers).toEqual(expected);
  expect(answers.filter((quantity) => quantity > 0).length).toBeGreaterThan(LEVELS.length);
});

it("orders what the plan orders, item by item and week by week", async () => {
  const rows = LEVELS.flatMap((level) =>
    Array.from({ length: WEEKS }, (_, index) => `L${level},${date(index - WEEKS)},${sold(level, index - WEEKS)}`),
  );
  passTime(MONDAY - T0);
  expect((await ask("POST", "/sales?period=week", `product_id,date,units\n${rows.join("\n")}\n`)).status).toBe(200);
  await env.STORE.getByName("main").learn("main");
  const season: number[] = (await ask("GET", "/stores/main")).body.season.weeks;
  expect(season[50]! / season[20]!).toBeGreaterThan(2);

  const placed = new Map<number, { quantity: number; week: number }[]>();
  const answers: number[] = [];
  const expected: number[] = [];
  for (const week of [0, 1, 2]) {
    if (week > 0) {
      passTime(WEEK_MS);
      const newest = LEVELS.map((level) => `L${level},${date(week - 1)},${sold(level, week - 1)}`);
      await ask("POST", "/sales?period=week", `product_id,date,units\n${newest.join("\n")}\n`);
    }
    for (const level of LEVELS) {
      const onHand = Math.round(level * (1.5 - 0.4 * week));
      const { body } = await trigger({
        product_id: `L${level}`,
        current_stock: onHand,
        safety_stock_level: 0,
        lead_time_days: 14,
        review_period_days: 7,
        holding_cost: COSTS.holding,
        shortage_cost: COSTS.shortage,
      });
      const { quantity } = body.recommendation;
      if (body.status === "awaiting_human_review") await approve(body.workflow_id);
      const open = (placed.get(level) ?? []).map((order): OpenOrder => {
        const age = week - order.week;
        return { quantity: order.quantity, age, due: 2 - age };
      });
      answers.push(quantity);
      expected.push(plan(byHand(level, week, onHand, open, season)).quantity);
      if (quantity > 0) placed.set(level, [...(placed.get(level) ?? []), { quantity, week }]);
    }
  }
  expect(answers).toEqual(expected);
  expect(answers.filter((quantity) => quantity > 0).length).toBeGreaterThan(LEVELS.length);
});
