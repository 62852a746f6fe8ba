/** What the projection of purchase orders promises, on both databases. */
import { describe, expect, it } from "vitest";
import { opened } from "../../src/purchasing/order/transition.ts";
import type { PurchaseLine, PurchaseOrder } from "../../src/purchasing/order/types.ts";
import { CLOSING_GRACE_MS } from "../../src/storage/purchase-log.ts";
import type { Storage } from "../../src/storage/storage-interface.ts";

const T0 = Date.UTC(2040, 0, 16);
const EVERYTHING = { statuses: null, storeId: null, stores: null, supplierId: null, dueBy: null };

function aLine(quantity: number): PurchaseLine {
  return { productId: "milk", quantity } as PurchaseLine;
}

function anOrder(id: string, change: Partial<PurchaseOrder> = {}): PurchaseOrder {
  const about = {
    storeId: "main",
    supplierId: "dairy",
    supplierName: "Käse & 牛乳",
    currency: "EUR",
    minimumValue: null,
  };
  return {
    ...opened({ poId: id, orderBy: T0, arrivesOn: 25_000, ...about, origin: "https://w.example" }, T0),
    lines: [aLine(6)],
    ...change,
  };
}

export function purchasesSuite(storage: () => Storage): void {
  const purchases = () => storage().purchases;
  const sentCount = async (): Promise<number> => {
    const { small } = await storage().counters.read(T0);
    return Number(small.find((row) => row["series"] === "purchase_order|sent")?.["value"] ?? 0);
  };

  describe("purchase orders", () => {
    it("are kept at their newest version, in whatever order projections come", async () => {
      await purchases().project([anOrder("a", { version: 3, status: "approved" })]);
      await purchases().project([anOrder("a", { version: 2, status: "draft" }), anOrder("b")]);
      expect(await purchases().get("a")).toMatchObject({ version: 3, status: "approved", supplierName: "Käse & 牛乳" });
      expect(await purchases().get("c")).toBeNull();
    });

    it("are counted once when they are sent, however often that is said", async () => {
      const draft = anOrder("a");
      await purchases().project([draft]);
      const sent = anOrder("a", { version: draft.version + 1, status: "sent", sentAt: T0 });
      await purchases().project([sent]);
      await purchases().project([sent]);
      await purchases().project([{ ...sent, version: draft.version + 4, status: "received" }]);
      await purchases().project([sent]);
      expect(await sentCount()).toBe(1);
    });

    it("are not counted for what is older than what is stored", async () => {
      const rebuilt = anOrder("a");
      await purchases().project([rebuilt]);
      await purchases().project([{ ...rebuilt, version: rebuilt.version - 1, status: "sent", sentAt: T0 }]);
      expect(await sentCount()).toBe(0);
    });

    it("are not listed while they are open and order nothing", async () => {
      const ids = async (): Promise<string[]> =>
        (await purchases().list(EVERYTHING, null, 9)).map(({ id, status }) => `${id} ${status}`);
      const nothing = { lines: [aLine(0)] };
      await purchases().project([
        anOrder("a", nothing),
        anOrder("b", { lines: [aLine(0), { ...aLine(0.5), productId: "tea" }] }),
        anOrder("c", { lines: [] }),
        anOrder("d", { ...nothing, status: "cancelled", ended: "empty" }),
      ]);
      expect(await ids()).toEqual(["b draft", "d cancelled"]);
    });

    it("are listed by due time, by pages, and by what is asked for", async () => {
      await purchases().project([
        anOrder("late", { orderBy: T0 + 2_000 }),
        anOrder("b", { storeId: "kyoto" }),
        anOrder("a", { status: "sent", supplierId: "bakery" }),
      ]);
      const ids = async (filter: object, after: { orderBy: number; poId: string } | null = null, limit = 9) =>
        (await purchases().list({ ...EVERYTHING, ...filter }, after, limit)).map(({ id }) => id);
      expect(await ids({})).toEqual(["a", "b", "late"]);
      expect(await ids({}, { orderBy: T0, poId: "a" }, 1)).toEqual(["b"]);
      expect(await ids({ statuses: ["draft", "closing"] })).toEqual(["b", "late"]);
      expect(await ids({ storeId: "kyoto" })).toEqual(["b"]);
      expect(await ids({ stores: ["kyoto", "osaka"] })).toEqual(["b"]);
      expect(await ids({ supplierId: "bakery" })).toEqual(["a"]);
      expect(await ids({ dueBy: T0 })).toEqual(["a", "b"]);
    });

    it("are late when their cut-off passed and nothing closed them, and age out once they are over", async () => {
      await purchases().project([
        anOrder("open"),
        anOrder("closing", { status: "closing" }),
        anOrder("sent", { status: "sent", sentAt: T0 }),
        anOrder("over", { status: "cancelled", ended: "missed" }),
      ]);
      expect([...(await purchases().overdue(T0, 9))].toSorted()).toEqual(["closing", "open"]);
      expect(await purchases().counts(T0 + CLOSING_GRACE_MS)).toEqual({ open: 1, overdue: 2, parked: 0 });
      expect(await purchases().aged(T0 + 1, 9)).toEqual(["over"]);
      expect(await purchases().aged(T0, 9)).toEqual([]);
      await purchases().remove(["over"]);
      expect(await purchases().get("over")).toBeNull();
    });
  });
}
