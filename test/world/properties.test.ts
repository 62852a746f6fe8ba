/** What must hold whatever is known: equal knowledge, equal decision (I14), and the directions of I15. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { salesFromCsv, salesFromNdjson } from "../../src/http/kit/request/sales-rows.ts";
import { UploadErrors } from "../../src/http/kit/request/upload-errors.ts";
import { historyOf, type DemandHistory } from "../../src/world/history.ts";
import type { SalesBook, SalesRow } from "../../src/world/sales/sales.ts";
import type { ItemTerms } from "../../src/workflow/item-terms.ts";
import { aStore, aWorld } from "./builders.ts";
import { bookOf, decided, NOW, quantity, seeded, TODAY } from "./shop.ts";
import { DAY_MS } from "../../src/shared/durations.ts";
import { isoDay } from "../../src/shared/calendar-dates.ts";

const RUNS = { numRuns: 40 };

/** Whole units of some weeks to yesterday. */
const sales = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 40, maxLength: 90 })
  .map((units): SalesRow[] =>
    units.map((sold, at) => ({ day: TODAY - units.length + at, units: sold, inStock: null })),
  );
const stock = fc.integer({ min: 0, max: 150 });
const lead = fc.integer({ min: 1, max: 12 });

function history(rows: readonly SalesRow[]): DemandHistory | null {
  return historyOf(bookOf(rows));
}

function order(units: number, days: number) {
  return { workflowId: `in ${days}`, quantity: units, placedAt: NOW - DAY_MS, expectedAt: NOW + days * DAY_MS };
}

describe("equal knowledge, equal decision", () => {
  test("in one upload or several, in any order, split and added up, repeated", () => {
    fc.assert(
      fc.property(sales, stock, fc.integer({ min: 2, max: 4 }), (rows, currentStock, parts) => {
        const once = decided({ history: history(rows) }, { currentStock }).decision;
        let book: SalesBook | null = null;
        for (let part = 0; part < parts; part++) {
          const some = rows.filter((row) => row.day % parts === part).toReversed();
          const halves = some.flatMap((row) => [
            { ...row, units: Math.floor(row.units / 2) },
            { ...row, units: Math.ceil(row.units / 2) },
          ]);
          for (let repeat = 0; repeat < 2; repeat++) book = bookOf(halves, {}, book);
        }
        expect(decided({ history: historyOf(book!) }, { currentStock }).decision).toEqual(once);
      }),
      RUNS,
    );
  });

  test("as CSV or as NDJSON", () => {
    fc.assert(
      fc.property(sales, stock, (rows, currentStock) => {
        const said = rows.map(({ day, units }) => ({ product_id: "tea", date: isoDay(day), units }));
        const csv = said.map(({ product_id, date, units }) => `${product_id},${date},${units}`);
        const errors = new UploadErrors();
        const file = `product_id,date,units\n${csv.join("\n")}\n`;
        const fromCsv = salesFromCsv(file, ["product_id"], ["store_id"], errors);
        const fromLines = salesFromNdjson(said.map((row) => JSON.stringify(row)).join("\n"), errors);
        expect(errors.isEmpty).toBe(true);
        expect(decided({ history: history(fromCsv) }, { currentStock }).decision).toEqual(
          decided({ history: history(fromLines) }, { currentStock }).decision,
        );
        expect(decided({ history: history(fromCsv) }, { currentStock }).decision).toEqual(
          decided({ history: history(rows) }, { currentStock }).decision,
        );
      }),
      RUNS,
    );
  });

  test("with zeros written out, or left out of what is said to be complete", () => {
    fc.assert(
      fc.property(sales, stock, (rows, currentStock) => {
        fc.pre(rows.some((row) => row.units > 0));
        const [first] = rows;
        const sold = rows.filter((row, at) => row.units > 0 || at === 0);
        const short = historyOf(bookOf(sold.length === 0 ? [first!] : sold, { completeThrough: TODAY - 1 }));
        expect(decided({ history: short }, { currentStock }).decision).toEqual(
          decided({ history: history(rows) }, { currentStock }).decision,
        );
      }),
      RUNS,
    );
  });

  test("with every date and the clock moved by whole weeks", () => {
    fc.assert(
      fc.property(sales, stock, fc.integer({ min: -60, max: 60 }), (rows, currentStock, weeks) => {
        const moved = rows.map((row) => ({ ...row, day: row.day + 7 * weeks }));
        const now = NOW + 7 * weeks * DAY_MS;
        expect(quantity({ history: history(moved), now }, { currentStock })).toBe(
          quantity({ history: history(rows) }, { currentStock }),
        );
      }),
      RUNS,
    );
  });

  test("in UTC and in a zone with the same local days", () => {
    fc.assert(
      fc.property(sales, stock, (rows, currentStock) => {
        const inZone = (timeZone: string) =>
          decided({ history: history(rows), world: aWorld({ store: aStore({ timeZone }) }) }, { currentStock })
            .decision;
        expect(inZone("Atlantic/Reykjavik")).toEqual(inZone("UTC"));
      }),
      RUNS,
    );
  });

  test("with own orders, or the same listed by the sender", () => {
    fc.assert(
      fc.property(
        sales,
        stock,
        fc.array(fc.integer({ min: -3, max: 20 }), { maxLength: 3 }),
        (rows, currentStock, days) => {
          const orders = [...new Set(days)].map((day) => order(30, day));
          const listed = orders.map(({ quantity: units, placedAt, expectedAt }, at) => ({
            reference: `PO-${at}`,
            quantity: units,
            placedAt,
            expectedAt,
          }));
          const own = decided({ history: history(rows), facts: { openOrders: orders } }, { currentStock }).decision;
          expect(decided({ history: history(rows) }, { currentStock, openOrders: listed }).decision).toEqual(own);
        },
      ),
      RUNS,
    );
  });

  test("in another unit: sales, stock, packs, limits and orders times as much", () => {
    fc.assert(
      fc.property(
        sales,
        stock,
        fc.constantFrom(1_000, 12, 2, 0.1, 0.001),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 30 }),
        fc.option(fc.integer({ min: 30, max: 300 })),
        (rows, currentStock, times, packSize, minOrderQuantity, maxStock) => {
          const inUnit = (of: (units: number) => number): number =>
            quantity(
              {
                history: history(rows.map((row) => ({ ...row, units: of(row.units) }))),
                terms: {
                  packSize: of(packSize),
                  minOrderQuantity: of(minOrderQuantity),
                  ...(maxStock === null ? {} : { maxStock: of(maxStock) }),
                },
                facts: { openOrders: [{ ...order(20, 3), quantity: of(20) }] },
              },
              { currentStock: of(currentStock), safetyStock: of(5) },
            );
          expect(inUnit((units) => Number((units * times).toPrecision(12)))).toBeCloseTo(
            inUnit((units) => units) * times,
            6,
          );
        },
      ),
      RUNS,
    );
  });
});

describe("for demand that waits", () => {
  const waiting = (leadTimeDays: number, more: Partial<ItemTerms> = {}): ItemTerms => ({
    unmet: "backorder",
    leadTimeDays,
    ...more,
  });

  test("more on order in time never orders more", () => {
    fc.assert(
      fc.property(sales, stock, lead, fc.integer({ min: 1, max: 60 }), (rows, currentStock, days, units) => {
        const shop = { history: history(rows), terms: waiting(days) };
        const some = quantity({ ...shop, facts: { openOrders: [order(units, days)] } }, { currentStock });
        expect(some).toBeLessThanOrEqual(quantity(shop, { currentStock }));
      }),
      RUNS,
    );
  });

  test("an order that arrives later never orders less", () => {
    fc.assert(
      fc.property(sales, stock, lead, fc.integer({ min: 0, max: 40 }), (rows, currentStock, days, later) => {
        const shop = { history: history(rows), terms: waiting(days) };
        const due = (on: number): number =>
          quantity({ ...shop, facts: { openOrders: [order(40, on)] } }, { currentStock });
        expect(due(1 + later)).toBeGreaterThanOrEqual(due(1));
      }),
      RUNS,
    );
  });

  test("a longer lead time never orders less", () => {
    const level = fc.integer({ min: 2, max: 60 });
    fc.assert(
      fc.property(
        level,
        fc.integer(),
        stock,
        lead,
        fc.integer({ min: 1, max: 30 }),
        (units, seed, currentStock, days, more) => {
          const random = seeded(seed);
          const steady = Array.from({ length: 120 }, (_, at) => ({
            day: TODAY - 120 + at,
            units: Math.round(units * (0.8 + 0.4 * random())),
            inStock: null,
          }));
          const after = (leadTimeDays: number): number =>
            quantity({ history: history(steady), terms: waiting(leadTimeDays) }, { currentStock });
          expect(after(days + more)).toBeGreaterThanOrEqual(after(days));
        },
      ),
      RUNS,
    );
  });

  test("a higher shortage cost never orders less", () => {
    fc.assert(
      fc.property(sales, stock, lead, (rows, currentStock, days) => {
        const at = (shortageCost: number): number =>
          quantity(
            { history: history(rows), terms: waiting(days, { holdingCost: 1, shortageCost }) },
            { currentStock },
          );
        expect(at(20)).toBeGreaterThanOrEqual(at(5));
      }),
      RUNS,
    );
  });
});

test("each day of which nothing is known takes from the confidence, and never adds to it", () => {
  fc.assert(
    fc.property(sales, stock, fc.integer({ min: 1, max: 20 }), (rows, currentStock, unseen) => {
      const all = history(rows);
      const after = (days: number): number =>
        decided({ history: all, now: NOW + days * DAY_MS }, { currentStock }).decision.confidence;
      expect(after(unseen)).toBeLessThanOrEqual(after(0));
      const known = rows.filter((row) => row.day < TODAY - unseen);
      const { decision } = decided({ history: history(known) }, { currentStock });
      expect(decision.confidence).toBeLessThanOrEqual(1 - (0.3 * unseen) / 28);
      expect(decision.confidence).toBeLessThanOrEqual(after(0));
      expect(decision.reasons.join()).toContain("nothing is known");
    }),
    RUNS,
  );
});
