/** What the store of settings, demand and forecasts promises. */
import { describe, expect, it } from "vitest";
import type { Storage } from "../../src/storage/storage-interface.ts";
import { HOSTILE_TEXTS, objectId } from "./rows.ts";

const TEA = { storeId: "main", productId: "TEA" };
const OBJECT = objectId("a");

export function uploadsSuite(storage: () => Storage): void {
  const inputs = () => storage().inputs;

  describe("the registry of items", () => {
    const everything = { store: "", search: "", stores: null };
    const idsOf = (entries: readonly { storeId: string; productId: string }[]): string[] =>
      entries.map(({ storeId, productId }) => `${storeId}/${productId}`);

    it("is looked through by name, id and GTIN, within the stores that may be seen", async () => {
      const { directory } = storage();
      await inputs().putTerms(TEA, OBJECT, { name: "Green Tea 500 g", gtin: "4006381333931", supplierId: "UJI" });
      await inputs().putTerms({ storeId: "main", productId: "RICE" }, objectId("b"), {});
      await inputs().putTerms({ storeId: "north", productId: "tea-2" }, objectId("c"), { name: "100%_'" });
      const find = async (change: object) => idsOf(await directory.find({ ...everything, ...change }, null, 10));
      expect(await find({})).toEqual(["main/RICE", "main/TEA", "north/tea-2"]);
      expect(await find({ search: "tea" })).toEqual(["main/TEA", "north/tea-2"]);
      expect(await find({ search: "GREEN tea" })).toEqual(["main/TEA"]);
      expect(await find({ search: "4006381333931" })).toEqual(["main/TEA"]);
      expect(await find({ search: "100%_'" })).toEqual(["north/tea-2"]);
      expect(await find({ search: "tea", store: "north" })).toEqual(["north/tea-2"]);
      expect(await find({ stores: ["north"] })).toEqual(["north/tea-2"]);
      expect(await find({ stores: [] })).toEqual([]);
      expect(idsOf(await directory.find(everything, { storeId: "main", productId: "RICE" }, 1))).toEqual(["main/TEA"]);
      expect(await directory.find({ ...everything, search: "TEA", store: "main" }, null, 1)).toEqual([
        { ...TEA, name: "Green Tea 500 g", gtin: "4006381333931", supplierId: "UJI", salesThrough: null },
      ]);
      expect(await directory.silentSince(100_000, null, 10)).toEqual([]);
    });
  });

  describe("settings", () => {
    it("are stored, replaced and removed, each time under a higher version", async () => {
      expect(await inputs().item(TEA)).toBeNull();
      expect(await inputs().putTerms(TEA, OBJECT, { unitCost: 0.1 + 0.2 })).toEqual({
        inputsVersion: 1,
        created: true,
        terms: { unitCost: 0.1 + 0.2 },
      });
      expect(await inputs().putTerms(TEA, OBJECT, { packSize: 6 })).toEqual({
        inputsVersion: 2,
        created: false,
        terms: { packSize: 6 },
      });
      expect(await inputs().item(TEA)).toEqual({ inputsVersion: 2, terms: { packSize: 6 } });
      expect(await inputs().deleteTerms(TEA)).toEqual({ inputsVersion: 3, created: false, terms: null });
      expect(await inputs().deleteTerms(TEA)).toBeNull();
      expect(await inputs().putTerms(TEA, OBJECT, {})).toEqual({ inputsVersion: 4, created: true, terms: {} });
    });

    it("raise the version once each when they arrive at once, and one of them is the first", async () => {
      const uploads = await Promise.all(
        Array.from({ length: 8 }, (_, index) => inputs().putTerms(TEA, OBJECT, { packSize: index + 1 })),
      );
      expect(uploads.map(({ inputsVersion }) => inputsVersion).toSorted((a, b) => a - b)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8,
      ]);
      expect(uploads.filter(({ created }) => created)).toHaveLength(1);
      const newest = uploads.find(({ inputsVersion }) => inputsVersion === 8);
      expect((await inputs().item(TEA))?.terms).toEqual(newest?.terms);
    });

    it("are kept apart by store and product, however they are written", async () => {
      const names = HOSTILE_TEXTS.filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
      for (const [index, productId] of names.entries())
        await inputs().putTerms({ storeId: "main", productId }, OBJECT, { packSize: index + 1 });
      for (const [index, productId] of names.entries()) {
        expect((await inputs().item({ storeId: "main", productId }))?.terms).toEqual({ packSize: index + 1 });
        expect(await inputs().item({ storeId: productId, productId: "main" })).toBeNull();
      }
    });
  });

  describe("a catalogue", () => {
    it("writes what differs, and says what was new", async () => {
      const entry = (productId: string, packSize: number) => ({
        item: { storeId: "main", productId },
        objectId: OBJECT,
        terms: { packSize, name: 'a "b", \u00e4' },
      });
      await inputs().putTerms(TEA, OBJECT, { packSize: 1 });
      const entries = [
        entry("TEA", 6),
        entry("CUP", 2),
        ...Array.from({ length: 900 }, (_, at) => entry(`P${at}`, at + 1)),
      ];
      expect(await inputs().putCatalogue(entries)).toEqual({ created: 901, changed: 1, unchanged: 0 });
      expect(await inputs().putCatalogue([...entries, entry("NEW", 1)])).toEqual({
        created: 1,
        changed: 0,
        unchanged: 902,
      });
      expect(await inputs().item(TEA)).toEqual({ inputsVersion: 2, terms: entry("TEA", 6).terms });
    });
  });

  describe("a forecast", () => {
    it("replaces the one before it, however long that was", async () => {
      const long = Array.from({ length: 11_000 }, (_, index) => ({ day: index, mean: index / 3, p10: 0, p90: index }));
      expect(await inputs().putForecast(TEA, OBJECT, long, 1_700_000_000_123)).toEqual({
        inputsVersion: 1,
        created: true,
        terms: null,
      });
      expect(await inputs().forecast(TEA)).toEqual({ uploadedAt: 1_700_000_000_123, days: long });
      expect((await inputs().putForecast(TEA, OBJECT, [{ day: 5, mean: 1 }], 1_700_000_000_999)).created).toBe(false);
      expect(await inputs().forecast(TEA)).toEqual({ uploadedAt: 1_700_000_000_999, days: [{ day: 5, mean: 1 }] });
      expect(await inputs().forecast({ ...TEA, storeId: "other" })).toBeNull();
    });
  });
}
