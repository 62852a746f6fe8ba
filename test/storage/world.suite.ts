/** What the store of stores, suppliers, events and seasons promises. */
import { describe, expect, it } from "vitest";
import { PersonBody } from "../../src/api/person-shape.ts";
import { toPerson } from "../../src/api/person-to-wire.ts";
import { toStore } from "../../src/api/world/store-facts.ts";
import { toSupplier } from "../../src/api/world/supplier-facts.ts";
import { toEvent } from "../../src/api/world/event-facts.ts";
import { measureId } from "../../src/storage/world-store.ts";
import type { Storage } from "../../src/storage/storage-interface.ts";
import { HOSTILE_TEXTS, objectId } from "./rows.ts";

const SEASON = {
  weeks: Array.from({ length: 53 }, () => 1),
  source: "set",
  learnedAt: 5,
  items: 0,
  spanWeeks: 0,
} as const;
const event = (id: string, changes: Record<string, unknown> = {}) => toEvent(id, { from: 10, to: 12, ...changes });

export function worldSuite(storage: () => Storage): void {
  const world = () => storage().world;

  describe("the world", () => {
    it("is kept by kind and name, however they are written", async () => {
      const names = HOSTILE_TEXTS.filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
      for (const name of names) expect(await world().put("store", name, toStore(name, { name: "A" })), name).toBe(true);
      for (const name of names) {
        expect(await world().put("store", name, toStore(name, { name: "B" }))).toBe(false);
        expect(await world().get("store", name)).toEqual(toStore(name, { name: "B" }));
        expect(await world().get("supplier", name)).toBeNull();
        expect(await world().delete("store", name)).toBe(true);
        expect(await world().delete("store", name)).toBe(false);
      }
    });

    it("is listed by name, compared byte by byte", async () => {
      for (const name of ["b", "a", "B", "\u00e4"]) await world().put("supplier", name, toSupplier(name, {}));
      const first = await world().list("supplier", 2, null);
      expect(first.map(({ supplierId }) => supplierId)).toEqual(["B", "a"]);
      expect((await world().list("supplier", 9, "a")).map(({ supplierId }) => supplierId)).toEqual(["b", "\u00e4"]);
    });

    it("of a store has its own facts, all suppliers and the events that reach it, with their factors", async () => {
      await world().put("store", "kyoto", toStore("kyoto", {}));
      await world().put("store", "osaka", toStore("osaka", {}));
      await world().put("supplier", "leaf", toSupplier("leaf", {}));
      await world().put("event", "far", event("far", { stores: ["osaka"], multiplier: 3 }));
      await world().put("event", "like", event("like", { like: "far" }));
      await world().put("event", "own", event("own"));
      await world().put("measure", measureId("own", "kyoto"), { sold: 145, usual: 95, items: 4, days: 2 });
      expect(await world().measured("own")).toEqual({ multiplier: 1.5, items: 4, days: 2 });
      expect(await world().measured("ow")).toBeNull();
      await world().put("learned", "kyoto", { ...SEASON, source: "learned" });
      const kyoto = await world().ofStore("kyoto");
      expect(kyoto).toMatchObject({
        store: { storeId: "kyoto" },
        suppliers: [{ supplierId: "leaf" }],
        season: { source: "learned" },
      });
      expect(kyoto.events.map(({ eventId, factor }) => [eventId, factor]).toSorted()).toEqual([
        ["like", 3],
        ["own", 1.5],
      ]);
      await world().dropMeasures("own");
      expect(await world().measured("own")).toBeNull();
      await world().put("season", "kyoto", SEASON);
      expect((await world().ofStore("kyoto")).season?.source).toBe("set");
      expect(await world().ofStore("nowhere")).toMatchObject({ store: null, season: null });
    });

    it("has one person of an address and of a Slack user, even of many that are stored at one moment", async () => {
      const person = (personId: string, changes: object = {}) =>
        ({
          ...toPerson(personId, PersonBody.parse({ name: "A", email: `${personId}@shop.example` })),
          ...changes,
        }) as const;
      const ids = ["a", "b", "c", "d"];
      const at = (changes: object) => Promise.all(ids.map((id) => world().putPerson(person(id, changes))));
      expect((await at({ email: "one@shop.example" })).toSorted()).toEqual([
        "created",
        "email_taken",
        "email_taken",
        "email_taken",
      ]);
      const [kept] = await world().list("person", 9, null);
      expect(await world().list("person", 9, null)).toEqual([kept]);
      expect(await world().putPerson({ ...kept!, name: "B" })).toBe("replaced");
      await world().delete("person", kept!.personId);
      expect((await at({ slackUser: "U0ANA" })).filter((what) => what === "slack_user_taken")).toHaveLength(3);
      expect(await world().list("person", 9, null)).toHaveLength(1);
      expect((await at({})).filter((what) => what === "created")).toHaveLength(3);
      const former = { personId: "z", email: "a@shop.example", slackUser: null };
      expect(await world().put("former_person", "z", former)).toBe(true);
    });

    it("names the stores that have items or are described", async () => {
      await storage().inputs.putTerms({ storeId: "kyoto", productId: "TEA" }, objectId("a"), {});
      await world().put("store", "osaka", toStore("osaka", {}));
      expect((await world().storeIds()).toSorted()).toEqual(["kyoto", "osaka"]);
      expect(await world().hasItems("kyoto")).toBe(true);
      expect(await world().hasItems("osaka")).toBe(false);
    });

    it("lists a store's products in pages, of one supplier or of all", async () => {
      const put = (productId: string, supplierId?: string) =>
        storage().inputs.putTerms(
          { storeId: "kyoto", productId },
          objectId("a"),
          supplierId === undefined ? {} : { supplierId },
        );
      await put("B", "acme");
      await put("A");
      await put("C", "acme");
      await storage().inputs.putTerms({ storeId: "osaka", productId: "D" }, objectId("d"), {});
      expect(await world().productIds("kyoto", null, 2, null)).toEqual(["A", "B"]);
      expect(await world().productIds("kyoto", null, 2, "B")).toEqual(["C"]);
      expect(await world().productIds("kyoto", "acme", 9, null)).toEqual(["B", "C"]);
    });

    it("knows which store's items are bought from whom, each once", async () => {
      const bought = { A: "acme", B: "acme", C: "bolt" };
      for (const [productId, supplierId] of Object.entries(bought))
        await storage().inputs.putTerms({ storeId: "kyoto", productId }, objectId("a"), { supplierId });
      await storage().inputs.putTerms({ storeId: "osaka", productId: "A" }, objectId("b"), { supplierId: "acme" });
      await storage().inputs.putTerms({ storeId: "osaka", productId: "D" }, objectId("d"), {});
      const trades = async (storeId: string | null, supplierId: string | null) =>
        (await world().trades(storeId, supplierId)).map((trade) => `${trade.storeId} ${trade.supplierId}`).toSorted();
      expect(await trades("kyoto", null)).toEqual(["kyoto acme", "kyoto bolt"]);
      expect(await trades(null, "acme")).toEqual(["kyoto acme", "osaka acme"]);
      expect(await trades(null, null)).toEqual(["kyoto acme", "kyoto bolt", "osaka acme"]);
      expect(await trades("osaka", "bolt")).toEqual([]);
    });
  });
}
