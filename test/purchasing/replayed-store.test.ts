import { describe, expect, it } from "vitest";
import { stock, type Rhythm } from "../../bench/plan/orders/four-suppliers.ts";
import { playStore, type Played } from "../../bench/plan/orders/play.ts";
import { seeded } from "../support/seeded.ts";

const ITEMS = 8;
const FROM = 100;
const DAYS = 28;

/** Sells on average a handful of each item a day, and nothing on Saturdays; a Monday comes first. */
function aStore() {
  const random = seeded(3);
  const sales = Array.from({ length: ITEMS }, (_, at) => ({
    item: `item ${at}`,
    start: "2039-10-03",
    units: Array.from({ length: FROM + DAYS }, (_day, index) =>
      index % 7 === 5 ? 0 : Math.floor(random() * (4 + 2 * at)),
    ),
    inStock: null,
  }));
  return { items: stock(sales, () => 2.5), start: "2039-10-03", from: FROM, days: DAYS };
}

function of(played: Played, rhythm: Rhythm) {
  return played.suppliers.find((each) => each.rhythm === rhythm)!;
}

function fillRate({ suppliers }: Played): number {
  const missed = suppliers.reduce((sum, each) => sum + each.missed, 0);
  return 1 - missed / suppliers.reduce((sum, each) => sum + each.wanted, 0);
}

describe("a store with four suppliers, played for four weeks", () => {
  const gathered = playStore(aStore(), "gathered");
  const single = playStore(aStore(), "none");

  it("keeps orders and items' orders the same to the last day", () => {
    expect(gathered.faults).toEqual([]);
    expect(gathered.suppliers.reduce((sum, { ordered }) => sum + ordered, 0)).toBeGreaterThan(0);
  });

  it("sends an order a cut-off at most", () => {
    expect(of(gathered, "weekly").orders).toBeLessThanOrEqual(DAYS / 7);
    expect(of(gathered, "twice a week").orders).toBeLessThanOrEqual((2 * DAYS) / 7);
    for (const { rhythm, orders } of gathered.suppliers) expect(orders, rhythm).toBeGreaterThan(0);
  });

  it("sends the supplier with a minimum fewer and larger orders than the one without", () => {
    expect(of(gathered, "minimum worth").orders).toBeLessThan(of(gathered, "working days").orders);
  });

  it("sends fewer orders than an order a decision does, for less stock, and customers miss little more", () => {
    for (const { rhythm, orders } of gathered.suppliers) expect(orders, rhythm).toBeLessThan(of(single, rhythm).orders);
    expect(of(gathered, "weekly").meanStock).toBeLessThan(of(single, "weekly").meanStock);
    expect(fillRate(gathered)).toBeGreaterThan(0.9);
    expect(fillRate(single) - fillRate(gathered)).toBeLessThan(0.05);
  });
});
