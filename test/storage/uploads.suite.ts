/** What the store of settings, demand and forecasts promises. */
import { describe, expect, it } from "vitest";
import type { Storage } from "../../src/storage/storage-interface.ts";
import { toStore } from "../../src/api/world/store-facts.ts";
import type { Attention } from "../../src/workflow/asking/shelf.ts";
import { aDecision, aSnapshot, aWorkflow, HOUR_MS, T0 } from "../support/builders/a-workflow.ts";
import { HOSTILE_TEXTS, objectId, project } from "./rows.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

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
        {
          ...TEA,
          name: "Green Tea 500 g",
          gtin: "4006381333931",
          supplierId: "UJI",
          salesThrough: null,
          countedAt: null,
          soldOutOn: null,
          arrivesOn: null,
          storeFacts: null,
        },
      ]);
    });

    it("finds names in other scripts, whatever their case, and long ones", async () => {
      const { directory } = storage();
      const long = "東京の抹茶入りロールケーキ、季節限定、十二個入りの大箱";
      await inputs().putTerms(TEA, OBJECT, { name: "Чай зелёный" });
      await inputs().putTerms({ storeId: "main", productId: "CAKE" }, objectId("b"), { name: long });
      await inputs().putTerms({ storeId: "main", productId: "AE" }, objectId("c"), { name: "Ärmel" });
      const find = async (search: string) => idsOf(await directory.find({ ...everything, search }, null, 10));
      for (const search of ["чай", "ЗЕЛЁНЫЙ", "Зелёный"]) expect(await find(search), search).toEqual(["main/TEA"]);
      expect(await find(long)).toEqual(["main/CAKE"]);
      expect(await find("ärmel")).toEqual(["main/AE"]);
      expect(await find("A\u0308rmel")).toEqual(["main/AE"]);
    });

    it("names what needs a look: sold out before a delivery, not counted for long, sales that stopped", async () => {
      const { directory, world } = storage();
      const now = T0;
      const today = Math.floor(T0 / DAY_MS);
      await world.put("store", "slow", toStore("slow", { count_max_age_hours: 400 }));
      const counted = async (productId: string, storeId: string, hoursAgo: number, soldOutOn: number | null) => {
        const identity = { storeId, productId };
        const workflow = aWorkflow({
          ...identity,
          id: `${productId}-${hoursAgo}`,
          snapshot: aSnapshot({ occurredAt: now - hoursAgo * HOUR_MS, onHand: 5, leadTimeDays: 4 }),
          decision: aDecision({ evidence: { ...aDecision().evidence, soldOutOn } }),
          createdAt: now - hoursAgo * HOUR_MS,
        });
        await inputs().putTerms(identity, objectId(productId), {});
        await project(storage(), [workflow]);
      };
      await counted("SHORT", "main", 2, today + 1);
      await counted("FINE", "main", 2, today + 9);
      await counted("OLD", "main", 50, today + 1);
      await counted("OLD-THERE", "slow", 50, today + 20);
      const look = async (what: Attention) => idsOf(await directory.attention(what, everything, now, 10));
      expect(await look("short")).toEqual(["main/SHORT"]);
      expect(await look("uncounted")).toEqual(["main/OLD"]);
      expect(await look("silent")).toEqual([]);
      await counted("OLD", "main", 1, today + 9);
      // What was counted before says nothing any more.
      await counted("SHORT", "main", 30, today + 9);
      expect(await look("uncounted")).toEqual([]);
      expect(await look("short")).toEqual(["main/SHORT"]);
      expect(idsOf(await directory.attention("short", { ...everything, stores: ["slow"] }, now, 10))).toEqual([]);
      const [entry] = await directory.find({ ...everything, search: "OLD-THERE" }, null, 1);
      expect(entry).toMatchObject({ soldOutOn: today + 20, storeFacts: { name: null } });
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

  describe("a database that lost rows", () => {
    it(
      "has items registered again from its log, and their settings from what they know, unless it knows newer " +
        "ones",
      async () => {
        const id = `${OBJECT}-1`;
        await project(storage(), [aWorkflow({ id, seq: 2, storeId: "main", productId: "TEA" })]);
        expect(await storage().workflows.registered(null, 9)).toEqual([]);
        await storage().workflows.registerAgain();
        await storage().workflows.registerAgain();
        expect(await storage().workflows.registered(null, 9)).toEqual([{ ...TEA, objectId: OBJECT }]);
        const known = (inputsVersion: number, packSize: number) =>
          inputs().restore([{ item: TEA, objectId: OBJECT, inputsVersion, terms: { packSize } }]);
        await known(3, 12);
        expect(await inputs().item(TEA)).toEqual({ inputsVersion: 3, terms: { packSize: 12 } });
        await known(2, 6);
        await inputs().restore([]);
        expect(await inputs().item(TEA)).toEqual({ inputsVersion: 3, terms: { packSize: 12 } });
        const rice = { storeId: "main", productId: "RICE" };
        await inputs().restore([{ item: rice, objectId: objectId("b"), inputsVersion: 0, terms: null }]);
        expect(await inputs().item(rice)).toEqual({ inputsVersion: 0, terms: null });
      },
    );
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
