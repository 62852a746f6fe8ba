/** Proves I13 and I14. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { continued, historyOf } from "../../src/world/history.ts";
import { spacingOf } from "../../src/world/sales/periods.ts";
import { headOf, packYears, unpackBook } from "../../src/world/sales/sales-storage.ts";
import {
  deleteSales,
  mergeSales,
  rowsOf,
  type SalesBook,
  type SalesRow,
  type SalesUpload,
} from "../../src/world/sales/sales.ts";
import { dayNumberOfIso } from "../../src/replenishment/models/day-numbers.ts";

const D0 = dayNumberOfIso("2040-01-02");

function anUpload(rows: readonly SalesRow[], changes: Partial<SalesUpload> = {}): SalesUpload {
  return { period: null, source: "", rows, completeThrough: null, replace: false, ...changes };
}

function row(offset: number, units: number, inStock: boolean | null = null): SalesRow {
  return { day: D0 + offset, units, inStock };
}

function merged(stored: SalesBook | null, upload: SalesUpload): SalesBook {
  const result = mergeSales(stored, upload);
  if (result.kind !== "merged") throw new Error(result.kind);
  return result.book;
}

describe("rows of an upload", () => {
  test("of one date are added up, returns included", () => {
    const result = mergeSales(null, anUpload([row(0, 5), row(0, 7), row(0, -2)]));
    expect(result).toMatchObject({ kind: "merged", addedUp: 2, belowZero: [] });
    expect(rowsOf(merged(null, anUpload([row(0, 5), row(0, 7), row(0, -2)])))).toEqual([row(0, 10)]);
  });

  test("say sold out for the whole day when one of them does", () => {
    expect(rowsOf(merged(null, anUpload([row(0, 5, true), row(0, 1, false)])))).toEqual([row(0, 6, false)]);
  });

  test("whose sum is below 0 are named and count as 0", () => {
    const result = mergeSales(null, anUpload([row(0, 3), row(1, -4)]));
    expect(result).toMatchObject({ belowZero: [D0 + 1] });
    expect(historyOf(merged(null, anUpload([row(0, 3), row(1, -4)])))?.units).toEqual([3, 0]);
  });

  test("of fractions add up without dust", () => {
    expect(rowsOf(merged(null, anUpload([row(0, 0.1), row(0, 0.2)])))).toEqual([row(0, 0.3)]);
  });
});

describe("between uploads", () => {
  test("a source that takes all its days back has sold nothing, and is forgotten", () => {
    const other = merged(null, anUpload([row(0, 1)], { source: "till-2" }));
    const both = merged(other, anUpload([row(0, 5)], { source: "till-1" }));
    const back = merged(both, anUpload([row(0, 0)], { source: "till-1" }));
    expect(rowsOf(back)).toEqual([row(0, 1)]);
    expect(packYears(back)).toEqual(packYears(other));
  });

  test("sources are packed alike in whatever order they came", () => {
    const [a, b] = [anUpload([row(0, 5)], { source: "a" }), anUpload([row(1, 6)], { source: "b" })];
    expect(packYears(merged(merged(null, a), b))).toEqual(packYears(merged(merged(null, b), a)));
  });

  test("the last one wins for a date and source, and sources add", () => {
    const first = merged(null, anUpload([row(0, 5), row(1, 6)], { source: "till-1" }));
    const second = merged(first, anUpload([row(0, 1)], { source: "till-2" }));
    const third = merged(second, anUpload([row(0, 8)], { source: "till-1" }));
    expect(rowsOf(third)).toEqual([row(0, 9), row(1, 6)]);
  });

  test("a zero takes back what was sold", () => {
    const book = merged(merged(null, anUpload([row(0, 5), row(1, 6)])), anUpload([row(1, 0)]));
    expect(rowsOf(book)).toEqual([row(0, 5)]);
    expect(historyOf(book)?.units).toEqual([5, 0]);
  });

  test("another period than the stored one is refused, unless it replaces", () => {
    const weekly = merged(null, anUpload([row(0, 70)], { period: "week" }));
    expect(mergeSales(weekly, anUpload([row(9, 3)], { period: "day" }))).toEqual({
      kind: "period_differs",
      stored: "week",
      given: "day",
    });
    expect(rowsOf(merged(weekly, anUpload([row(9, 3)], { period: "day", replace: true })))).toEqual([row(9, 3)]);
    expect(merged(weekly, anUpload([row(9, 3)])).period).toBe("week");
  });
});

describe("what is known", () => {
  test("ends with the last row, or with the day that is said to be complete", () => {
    expect(historyOf(merged(null, anUpload([row(0, 5), row(3, 6)])))).toMatchObject({
      units: [5, 0, 0, 6],
      completeThrough: D0 + 3,
    });
    const stated = merged(null, anUpload([row(0, 5)], { completeThrough: D0 + 2 }));
    expect(historyOf(stated)).toMatchObject({ units: [5, 0, 0], completeThrough: D0 + 2 });
    expect(historyOf(merged(stated, anUpload([], { completeThrough: D0 + 4 })))).toMatchObject({
      units: [5, 0, 0, 0, 0],
    });
  });

  test("of a week ends with its Sunday, of a month with its last day", () => {
    const week = merged(
      null,
      anUpload([{ day: dayNumberOfIso("2040-02-29"), units: 70, inStock: null }], { period: "week" }),
    );
    expect([week.knownFrom, week.completeThrough]).toEqual([
      dayNumberOfIso("2040-02-27"),
      dayNumberOfIso("2040-03-04"),
    ]);
    const month = merged(
      null,
      anUpload([{ day: dayNumberOfIso("2040-02-29"), units: 70, inStock: null }], { period: "month" }),
    );
    expect([month.knownFrom, month.completeThrough]).toEqual([
      dayNumberOfIso("2040-02-01"),
      dayNumberOfIso("2040-02-29"),
    ]);
  });

  test("shrinks when the last rows are deleted, and not when rows between are", () => {
    const book = merged(null, anUpload([row(0, 5), row(3, 6), row(9, 7)]));
    expect(historyOf(deleteSales(book, D0 + 9, D0 + 9))).toMatchObject({ units: [5, 0, 0, 6] });
    expect(historyOf(deleteSales(book, D0 + 3, D0 + 3))?.units).toEqual([5, 0, 0, 0, 0, 0, 0, 0, 0, 7]);
    expect(historyOf(deleteSales(book, D0, D0 + 20))).toBeNull();
  });

  test("of a week is deleted by any of its days", () => {
    const book = merged(null, anUpload([row(0, 5), row(7, 6)], { period: "week" }));
    expect(rowsOf(deleteSales(book, D0 + 9, D0 + 9))).toEqual([row(0, 5)]);
  });
});

test("the spacing of dates shows weeks and months, from four rows on", () => {
  const every = (days: number, count: number): number[] => Array.from({ length: count }, (_, at) => D0 + at * days);
  expect(spacingOf(every(7, 10))).toBe("week");
  expect(spacingOf(every(7, 3))).toBeNull();
  expect(spacingOf(every(14, 10))).toBeNull();
  expect(spacingOf(["2040-01-31", "2040-02-29", "2040-03-31", "2040-04-30"].map(dayNumberOfIso))).toBe("month");
  expect(spacingOf([...every(7, 10), D0 + 1])).toBeNull();
});

describe("equal knowledge, equal book", () => {
  const aRow = fc.record({
    day: fc.integer({ min: D0, max: D0 + 800 }),
    units: fc.integer({ min: -5, max: 40 }).map((tenths) => tenths / 10),
    inStock: fc.constantFrom(null, null, null, true, false),
  });
  const someRows = fc.array(aRow, { minLength: 1, maxLength: 60 });
  const stored = (book: SalesBook): unknown => [headOf(book), packYears(book)];

  test("whatever the order of rows", () => {
    fc.assert(
      fc.property(someRows, fc.infiniteStream(fc.nat()), (rows, random) => {
        const shuffled = rows
          .map((one) => ({ one, at: random.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(stored(merged(null, anUpload(shuffled)))).toEqual(stored(merged(null, anUpload(rows))));
      }),
    );
  });

  test("in one upload or several of different dates, once or repeated", () => {
    fc.assert(
      fc.property(someRows, fc.integer({ min: 2, max: 5 }), (rows, parts) => {
        const once = merged(null, anUpload(rows));
        let book: SalesBook | null = null;
        for (let part = 0; part < 2 * parts; part++) {
          const some = rows.filter((one) => one.day % parts === part % parts);
          if (some.length > 0) book = merged(book, anUpload(some));
        }
        expect(stored(book!)).toEqual(stored(once));
      }),
    );
  });

  test("stored and read again", () => {
    fc.assert(
      fc.property(someRows, someRows, (rows, others) => {
        const book = merged(merged(null, anUpload(rows)), anUpload(others, { source: "till-2" }));
        const again = unpackBook(headOf(book), JSON.parse(JSON.stringify(packYears(book))));
        expect(stored(again)).toEqual(stored(book));
        expect(historyOf(again)).toEqual(historyOf(book));
      }),
    );
  });

  test("with zeros written out or left out between the first and the last row", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const book = merged(null, anUpload(rows));
        const first = Math.min(...rows.map((one) => one.day));
        const last = Math.max(...rows.map((one) => one.day));
        const zeros = Array.from({ length: last - first + 1 }, (_, at) => ({
          day: first + at,
          units: 0,
          inStock: null,
        }));
        expect(stored(merged(null, anUpload([...rows, ...zeros])))).toEqual(stored(book));
      }),
    );
  });
});

test("a predecessor's history ends where its successor's begins; days between are unseen", () => {
  const sold = (rows: readonly SalesRow[], changes = {}) => historyOf(merged(null, anUpload(rows, changes)))!;
  const earlier = sold([row(0, 5), row(2, 6)]);
  const later = sold([row(5, 7), row(6, 8)]);
  const whole = continued(earlier, later)!;
  expect(whole).toMatchObject({ firstDay: D0, units: [5, 0, 6, 0, 0, 7, 8], completeThrough: D0 + 6 });
  expect(whole.inStock).toEqual([null, null, null, false, false, null, null]);
  expect(continued(sold([row(4, 5), row(6, 9)]), later)).toMatchObject({ firstDay: D0 + 4, units: [5, 7, 8] });
  expect([continued(null, later), continued(later, earlier)]).toEqual([later, earlier]);
  expect(continued(earlier, null)).toBe(earlier);
  expect(continued(sold([row(0, 5)], { period: "week" }), later)).toBe(later);
});
