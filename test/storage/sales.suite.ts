/** What the store of sales promises. */
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/shared/durations.ts";
import { DEAD_AFTER_MS } from "../../src/storage/answered-requests.ts";
import { changeSales, type SalesChange } from "../../src/storage/change-sales.ts";
import { objectName } from "../../src/storage/identity.ts";
import { toHistory, toStoredItem } from "../../src/storage/item-inputs.ts";
import { bookOf } from "../../src/storage/sales-store.ts";
import type { Storage } from "../../src/storage/storage-interface.ts";
import { deleteSales, mergeSales, rowsOf, type SalesRow } from "../../src/world/sales/sales.ts";
import { HOSTILE_TEXTS, objectId } from "./rows.ts";

const TEA = { storeId: "main", productId: "TEA" };
const OBJECT = objectId("a");
const row = (day: number, units: number, inStock: boolean | null = null): SalesRow => ({ day, units, inStock });

export function salesSuite(storage: () => Storage): void {
  const sales = () => storage().sales;
  const adding = (rows: readonly SalesRow[], item = TEA): SalesChange => ({
    item,
    objectId: OBJECT,
    change(book) {
      const merged = mergeSales(book, { period: null, source: "", rows, completeThrough: null, replace: false });
      if (merged.kind !== "merged") throw new Error(merged.kind);
      return merged.book;
    },
  });
  const daysOf = (rows: readonly SalesRow[]) => ({
    first: Math.min(...rows.map(({ day }) => day)),
    last: Math.max(...rows.map(({ day }) => day)),
  });
  const add = (...rows: SalesRow[]) => changeSales(sales(), { days: daysOf(rows), changes: [adding(rows)] });
  const stored = async (item = TEA) => bookOf((await sales().read([item], null)).get(objectName(item)));

  describe("sales", () => {
    it("come back exact, each write under a higher version", async () => {
      expect(await add(row(20_003, 1e-7), row(20_000, 123_456_789.125), row(20_001, 2.5, false))).toEqual([
        { item: TEA, inputsVersion: 1, terms: null, isNew: true },
      ]);
      expect(rowsOf((await stored())!)).toEqual([
        row(20_000, 123_456_789.125),
        row(20_001, 2.5, false),
        row(20_003, 1e-7),
      ]);
      await storage().inputs.putTerms(TEA, OBJECT, { packSize: 3 });
      expect(await add(row(20_000, 7))).toMatchObject([{ inputsVersion: 3, terms: { packSize: 3 }, isNew: false }]);
      expect(await storage().inputs.loadForDecision(TEA)).toMatchObject({
        stored: { inputsVersion: 3, terms: { packSize: 3 } },
        history: { firstDay: 20_000, units: [7, 2.5, 0, 1e-7] },
      });
    });

    it("of a year in between are changed without the others, and years that end empty are gone", async () => {
      const days = [17_000, 17_400, 17_800, 18_200];
      await add(...days.map((day) => row(day, 1)));
      await add(row(17_400, 5));
      expect(rowsOf((await stored())!).map(({ units }) => units)).toEqual([1, 5, 1, 1]);
      const change: SalesChange = { item: TEA, objectId: OBJECT, change: (book) => deleteSales(book!, 17_300, 17_900) };
      await changeSales(sales(), { days: null, changes: [change] });
      expect(rowsOf((await stored())!).map(({ day }) => day)).toEqual([17_000, 18_200]);
      await changeSales(sales(), {
        days: null,
        changes: [{ ...change, change: (book) => deleteSales(book!, 0, 99_999) }],
      });
      expect(await stored()).toBeNull();
      expect(await storage().inputs.loadForDecision(TEA)).toMatchObject({ history: null });
    });

    it("of many items are read together, as each by itself", async () => {
      const LEEK = { storeId: "main", productId: "LEEK" };
      const years = Array.from({ length: 7 }, (_, year) => row(17_000 + year * 366, year + 1));
      await add(...years);
      await changeSales(sales(), { days: daysOf(years), changes: [adding(years.slice(-1), LEEK)] });
      await storage().inputs.putTerms(TEA, OBJECT, { packSize: 3 });
      await storage().inputs.putForecast(LEEK, OBJECT, [{ day: 20_000, mean: 2 }], 1);
      const many = await storage().inputs.loadMany("main", ["NOBODY", "LEEK", "TEA"]);
      expect(many[0]).toEqual({ productId: "NOBODY", row: null, years: [], hasForecast: false });
      for (const { productId, row: item, years: packed, hasForecast } of many) {
        const { stored, history } = await storage().inputs.loadForDecision({ storeId: "main", productId });
        expect(toStoredItem(item)).toEqual(stored);
        expect(toHistory(item?.sales, packed)).toEqual(history);
        expect([productId, hasForecast]).toEqual([productId, productId === "LEEK"]);
      }
    });

    it("that arrive at once are all there", async () => {
      await Promise.all([1, 2, 3, 4].map((day) => add(row(20_000 + day, day))));
      expect(rowsOf((await stored())!).map(({ units }) => units)).toEqual([1, 2, 3, 4]);
    });

    it("are written for none of the items when one of them changed since it was read", async () => {
      await add(row(20_000, 1));
      const write = { objectId: OBJECT, head: null, years: [], droppedYears: [2024] };
      const other = { storeId: "main", productId: "OTHER" };
      expect(
        await sales().write([
          { ...write, item: other, basedOn: 0 },
          { ...write, item: TEA, basedOn: 0 },
        ]),
      ).toBeNull();
      expect(rowsOf((await stored())!)).toEqual([row(20_000, 1)]);
      expect(await storage().inputs.item(other)).toBeNull();
    });

    it("of many items, however they are named, are stored at once and listed by name", async () => {
      const names = HOSTILE_TEXTS.filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
      const items = [
        ...names.map((productId) => ({ storeId: "main", productId })),
        ...Array.from({ length: 450 }, (_, index) => ({ storeId: "big", productId: `P${1_000 + index}` })),
      ];
      const changes = items.map((item, index) => adding([row(20_000, index + 1)], item));
      expect(await changeSales(sales(), { days: { first: 20_000, last: 20_000 }, changes })).toHaveLength(items.length);
      for (const [index, item] of items.slice(0, names.length + 3).entries())
        expect(rowsOf((await stored(item))!), item.productId).toEqual([row(20_000, index + 1)]);
      const first = await sales().products("big", 300, null);
      expect(first).toHaveLength(300);
      expect(await sales().products("big", 300, first.at(-1)!)).toHaveLength(150);
    });

    it("of a whole store are complete to a day, and never known to less", async () => {
      await add(row(20_000, 1));
      const other = { storeId: "main", productId: "OTHER" };
      await changeSales(sales(), { days: null, changes: [adding([row(20_010, 1)], other)] });
      expect(await sales().complete("main", 20_005)).toBe(1);
      expect((await stored())!.completeThrough).toBe(20_005);
      expect((await stored(other))!.completeThrough).toBe(20_010);
      expect(await storage().inputs.item(TEA)).toMatchObject({ inputsVersion: 2 });
      expect(await sales().complete("elsewhere", 20_005)).toBe(0);
    });
  });

  describe("an answered request", () => {
    const { requests } = { requests: () => storage().requests };

    it("keeps its key until it is a day old; one that died gives it away", async () => {
      const again = 1_001 + DEAD_AFTER_MS;
      expect(await requests().start("k", "hash", 1_000)).toBeNull();
      expect(await requests().start("k", "other", again - 1)).toEqual({
        bodyHash: "hash",
        startedAt: 1_000,
        answer: null,
      });
      expect(await requests().start("k", "hash", again)).toBeNull();
      await requests().answer("k", 200, "{}");
      const kept = await requests().start("k", "hash", again + DAY_MS);
      expect(kept?.answer).toEqual({ status: 200, body: "{}" });
      expect(await requests().start("k", "hash", again + DAY_MS + 1)).toBeNull();
      await requests().forget("k");
      expect(await requests().start("k", "hash", again + DAY_MS + 2)).toBeNull();
    });
  });
}
