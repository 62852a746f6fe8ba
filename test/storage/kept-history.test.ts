import { expect, it } from "vitest";
import { historyOnce } from "../../src/storage/items/kept-history.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";
import { headOf, packYears } from "../../src/world/sales/sales-storage.ts";
import { mergeSales, type SalesRow } from "../../src/world/sales/sales.ts";

const ITEM = { storeId: "main", productId: "SKU-1" };

function texts(rows: readonly SalesRow[]) {
  const merged = mergeSales(null, { period: "day", source: "", rows, completeThrough: null, replace: false });
  if (merged.kind !== "merged") throw new Error(merged.kind);
  const years = packYears(merged.book).map((year) => JSON.stringify(year));
  return { head: JSON.stringify(headOf(merged.book)), years };
}

const MONDAY = texts([{ day: 25_600, units: 3, inStock: true }]);
const CORRECTED = texts([{ day: 25_600, units: 4, inStock: true }]);

it("gives an item whose sales did not change the history that it had", () => {
  const first = historyOnce(ITEM, MONDAY.head, MONDAY.years);
  expect(first?.units).toEqual([3]);
  expect(historyOnce(ITEM, MONDAY.head, [...MONDAY.years])).toBe(first);
});

it("reads sales that changed, and each item's own", () => {
  const first = historyOnce(ITEM, MONDAY.head, MONDAY.years);
  expect(historyOnce({ ...ITEM, productId: "SKU-2" }, MONDAY.head, MONDAY.years)).not.toBe(first);
  expect(historyOnce(ITEM, CORRECTED.head, CORRECTED.years)?.units).toEqual([4]);
  expect(historyOnce(ITEM, null, [])).toBeNull();
});

it("gives each borrower a history of its own", () => {
  const first = historyOnce(ITEM, MONDAY.head, MONDAY.years);
  const lent = historyOnce(null, MONDAY.head, MONDAY.years);
  expect(lent).toEqual(first);
  expect(lent).not.toBe(first);
});

function days(count: number) {
  return texts(
    Array.from({ length: count }, (_, index) => ({ day: 25_600 - index, units: 3 + (index % 7), inStock: true })),
  );
}

it("keeps thousands of items with a quarter of sales, and fewer the longer their sales are", () => {
  let hour = 0;
  const isKept = ({ head, years }: ReturnType<typeof days>, others: number): boolean => {
    // Whatever was kept before makes room.
    const at = ++hour * 2 * HOUR_MS;
    const first = historyOnce(ITEM, head, years, at);
    for (let n = 0; n < others; n++) historyOnce({ ...ITEM, productId: `${hour} ${n}` }, head, years, at);
    return historyOnce(ITEM, head, years, at + 2 * HOUR_MS) === first;
  };
  const [quarter, threeYears] = [days(90), days(1_095)];
  expect(isKept(quarter, 2_000)).toBe(true);
  expect(isKept(threeYears, 250)).toBe(true);
  expect(isKept(threeYears, 700)).toBe(false);
});

it("keeps items of a round that has more than there is room for, from one round to the next", () => {
  const { head, years } = days(1_095);
  const round = () =>
    Array.from({ length: 700 }, (_, n) => historyOnce({ ...ITEM, productId: `round ${n}` }, head, years, 1e9));
  const [before, after] = [round(), round()];
  expect(after.filter((history, n) => history === before[n]).length).toBeGreaterThan(300);
});
