/** What the decision log, the review queue and the audit's pages promise, whichever database keeps them. */
import { describe, expect, it } from "vitest";
import { toStore } from "../../src/api/world/store-facts.ts";
import type { Storage } from "../../src/storage/storage-interface.ts";
import { EVERYTHING as ALL } from "../../src/storage/review-queue.ts";
import { listedReview, type ListedReview } from "../../src/workflow/asking/listed-review.ts";
import type { Workflow } from "../../src/workflow/types/workflow.ts";
import { DUE_GRACE_MS } from "../../src/storage/workflow-log.ts";
import { aDecision, aDelivery, aReview, aSnapshot, aWorkflow, HOUR_MS, T0 } from "../support/builders/a-workflow.ts";
import { HOSTILE_TEXTS, objectId, project } from "./rows.ts";

const ids = (workflows: readonly Workflow[]): string[] => workflows.map(({ id }) => id);
const listed = (reviews: readonly ListedReview[]): string[] => reviews.map(({ workflowId }) => workflowId);
const asked = (id: string, expiresAt = T0 + HOUR_MS, change: Partial<Workflow> = {}): Workflow =>
  aWorkflow({ id, ...change, review: aReview({ expiresAt }) });
const answered = (
  id: string,
  decidedAt: number,
  status: "approved" | "expired" = "approved",
  change: Partial<Workflow> = {},
): Workflow =>
  aWorkflow({
    id,
    status: "completed",
    ...change,
    review: aReview({ status, decidedAt, decidedBy: "Ana", channel: "api" }),
  });

export function workflowsSuite(storage: () => Storage): void {
  describe("the decision log", () => {
    it("gives back what was projected, to the letter", async () => {
      const kept = aWorkflow({
        id: "wf-1",
        createdAt: T0 + 123,
        snapshot: { ...aWorkflow().snapshot, notes: HOSTILE_TEXTS.join("\n") },
      });
      await project(storage(), [kept]);
      expect(await storage().workflows.get("wf-1")).toEqual(kept);
      expect(await storage().workflows.get("wf-2")).toBeNull();
    });

    it("never goes back to an older version, in whatever order they arrive", async () => {
      const versions = [3, 1, 5, 2, 5, 4].map((version) =>
        aWorkflow({ id: "wf-1", version, factsFingerprint: `as of ${version}` }),
      );
      for (const workflow of versions) await project(storage(), [workflow]);
      expect(await storage().workflows.get("wf-1")).toMatchObject({ version: 5, factsFingerprint: "as of 5" });
    });

    it("ends with the newest version when many arrive at once", async () => {
      const versions = Array.from({ length: 12 }, (_, index) => aWorkflow({ id: "wf-1", version: index + 1 }));
      await Promise.all(versions.toReversed().map((workflow) => project(storage(), [workflow])));
      expect((await storage().workflows.get("wf-1"))?.version).toBe(12);
      expect(ids(await storage().trails.page("", 10, null))).toEqual(["wf-1"]);
    });

    it("takes several versions of one workflow in one batch", async () => {
      await project(
        storage(),
        [2, 3].map((version) => aWorkflow({ id: "wf-1", version })),
      );
      expect((await storage().workflows.get("wf-1"))?.version).toBe(3);
    });

    it("takes a batch whole or not at all", async () => {
      const broken = aWorkflow({ id: "wf-2", status: "nonsense" as Workflow["status"] });
      await expect(project(storage(), [aWorkflow({ id: "wf-1" }), broken])).rejects.toThrow();
      expect(await storage().workflows.get("wf-1")).toBeNull();
      expect(await storage().queue.stores()).toEqual([]);
    });

    it("registers an item with its first workflow, and keeps the entry it has", async () => {
      await project(storage(), [
        aWorkflow({ id: "a", seq: 1, storeId: "B" }),
        aWorkflow({ id: "b", seq: 2, storeId: "C" }),
      ]);
      expect(await storage().queue.stores()).toEqual([{ storeId: "B", name: null }]);
      expect(await storage().inputs.item({ storeId: "B", productId: "GREEN-TEA-500" })).toEqual({
        inputsVersion: 0,
        terms: null,
      });
    });
  });

  describe("the review queue", () => {
    it("lists open questions by deadline, page by page", async () => {
      await project(
        storage(),
        ["d", "b", "a", "c"].map((id, index) => asked(id, T0 + HOUR_MS + (index < 2 ? 0 : 5))),
      );
      const first = await storage().queue.reviews("pending", ALL, null, 3, T0);
      expect(listed(first)).toEqual(["b", "d", "a"]);
      const rest = await storage().queue.reviews(
        "pending",
        ALL,
        { expiresAt: T0 + HOUR_MS + 5, workflowId: "a" },
        3,
        T0,
      );
      expect(listed(rest)).toEqual(["c"]);
    });

    it("lists of a question what its record says", async () => {
      const recommendation = { action: "restock", quantity: 24, confidence: 0.1 + 0.2 } as const;
      const known = asked("a", T0 + 1, {
        recommendation,
        revision: 3,
        snapshot: { ...aWorkflow().snapshot, unitCost: 1.25 },
      });
      const unknown = asked("b", T0 + 2, {
        recommendation: null,
        storeId: "ü\"'",
        snapshot: { ...aWorkflow().snapshot, unitCost: null },
      });
      const actor = { principal: "key:k1", label: "Ana", channel: "api" } as const;
      const review = aReview({
        expiresAt: T0 + 3,
        approvalsNeeded: 2,
        approvals: [{ actor, kind: "approve", quantity: null, at: T0 }],
      });
      const ofTwo = aWorkflow({ id: "c", review });
      await project(storage(), [unknown, known, ofTwo]);
      const lines = await storage().queue.reviews("pending", ALL, null, 9, T0);
      expect(lines).toEqual([known, unknown, ofTwo].map(listedReview));
      expect(lines[2]?.approvals).toEqual({ given: 1, needed: 2 });
    });

    it("counts a question past its deadline as expired, whatever its row says", async () => {
      await project(storage(), [
        asked("late", T0 - 1),
        asked("due", T0),
        asked("open", T0 + 1),
        answered("gone", T0, "expired"),
      ]);
      expect(listed(await storage().queue.reviews("pending", ALL, null, 9, T0))).toEqual(["open"]);
      expect(listed(await storage().queue.reviews("expired", ALL, null, 9, T0))).toEqual(["late", "due", "gone"]);
      expect(await storage().workflows.overdue(T0, 9)).toEqual([{ workflowId: "late" }, { workflowId: "due" }]);
      expect(listed(await storage().queue.reviews("pending", ALL, null, 9, T0))).toEqual(["open"]);
    });

    it("lists restocks on no purchase order since then, the newest first, of the stores that may be seen", async () => {
      const completed = { status: "completed", review: null, decision: aDecision({ quantity: 6 }) } as const;
      const decided = (id: string, storeId: string, createdAt: number) =>
        aWorkflow({ ...completed, id, storeId, createdAt });
      await project(storage(), [
        decided("first", "north", T0),
        decided("second", "south", T0 + 1),
        decided("third", "north", T0 + 2),
        { ...decided("on an order", "north", T0 + 3), purchase: { poId: "po-1", status: "planned" } },
        { ...decided("of the past", "north", T0 + 3), snapshot: aSnapshot({ backfill: true }) },
        aWorkflow({ ...completed, id: "hold", decision: aDecision({ action: "hold", quantity: 0 }) }),
        asked("open", T0 + HOUR_MS),
        answered("approved", T0 + 4, "approved"),
        { ...answered("refused", T0 + 5), status: "rejected" },
      ]);
      const toPlace = async (since: number, stores: readonly string[] | null, limit = 9, after?: [number, string]) =>
        ids(await storage().workflows.toPlace(since, stores, after ?? null, limit));
      expect(await toPlace(T0, null)).toEqual(["approved", "third", "second", "first"]);
      expect(await toPlace(T0 + 1, ["north"])).toEqual(["third"]);
      expect(await toPlace(T0, null, 1)).toEqual(["approved"]);
      await project(storage(), [decided("third too", "north", T0 + 2)]);
      expect(await toPlace(T0, null, 2)).toEqual(["approved", "third too"]);
      expect(await toPlace(T0, null, 2, [T0 + 2, "third too"])).toEqual(["third", "second"]);
    });

    it("names for the sweep what should have been done some minutes ago, each part of a backlog in turn", async () => {
      const telling = (id: string, dueAt: number): Workflow =>
        aWorkflow({
          id,
          status: "completed",
          review: null,
          deliveries: [aDelivery({ key: id, channel: "webhook", purpose: "decision", dueAt })],
        });
      await project(storage(), [
        telling("told late", T0 - DUE_GRACE_MS),
        telling("told soon", T0 - DUE_GRACE_MS + 1),
        aWorkflow({ id: "running", status: "running", review: null, updatedAt: T0 - DUE_GRACE_MS }),
        asked("reminded late", T0 + HOUR_MS, {}),
        asked("overdue", T0 - HOUR_MS),
      ]);
      const found = await storage().workflows.overdue(T0, 9);
      expect(ids(found.map(({ workflowId }) => ({ id: workflowId }) as Workflow)).toSorted()).toEqual([
        "overdue",
        "running",
        "told late",
      ]);
      const backlog = Array.from({ length: 17 }, (_, at) => `row ${10 + at}`);
      await project(
        storage(),
        backlog.map((id, at) => asked(id, T0 - 2 * HOUR_MS + at)),
      );
      const swept = new Set<string>();
      for (let turn = 0; turn < 4; turn++) {
        const part = await storage().workflows.overdue(T0 + turn * DUE_GRACE_MS, 5);
        expect(part).toHaveLength(5);
        for (const { workflowId } of part) swept.add(workflowId);
      }
      expect([...swept].filter((id) => id.startsWith("row"))).toHaveLength(17);
    });

    it("lists answered questions from the newest on", async () => {
      await project(storage(), [answered("a", T0), answered("b", T0 + 2), answered("c", T0 + 2), asked("d")]);
      expect(ids(await storage().queue.answered(ALL, null, 2))).toEqual(["c", "b"]);
      expect(ids(await storage().queue.answered(ALL, { expiresAt: T0 + 2, workflowId: "b" }, 9))).toEqual(["a"]);
      expect(listed(await storage().queue.reviews("approved", ALL, null, 9, T0))).toEqual(["a", "b", "c"]);
    });

    it("finds questions and answers by an item's name, in any script and of any length, and by GTIN", async () => {
      const name = "東京の抹茶入りロールケーキ、季節限定、十二個入りの大箱";
      await project(storage(), [
        asked("a", T0 + 1, { productId: "X-1", shownAs: { name: "Чай зелёный" } }),
        asked("b", T0 + 2, { productId: "X-2", shownAs: { name, gtin: "4006381333931" } }),
        answered("c", T0, "approved", { productId: "X-3", shownAs: { name: "Green tea" } }),
      ]);
      const open = async (search: string) =>
        listed(await storage().queue.reviews("pending", { ...ALL, search }, null, 9, T0));
      expect(await open("чай")).toEqual(["a"]);
      expect(await open(name)).toEqual(["b"]);
      expect(await open("4006381333931")).toEqual(["b"]);
      expect(ids(await storage().queue.answered({ ...ALL, search: "green TEA" }, null, 9))).toEqual(["c"]);
    });

    it("filters by store, and by a part of the product whatever the case of its letters", async () => {
      await project(storage(), [
        asked("a", T0 + 1, { productId: "Green-Tea", storeId: "north" }),
        asked("b", T0 + 2, { productId: "50%_off\\", storeId: "north" }),
        asked("c", T0 + 3, { productId: "ÜBER-tea", storeId: "south" }),
        answered("d", T0, "approved", { productId: "teapot", storeId: "south" }),
      ]);
      const open = async (store: string, search: string) =>
        listed(await storage().queue.reviews("pending", { ...ALL, store, search }, null, 9, T0));
      expect(await open("", "TEA")).toEqual(["a", "c"]);
      expect(await open("south", "tea")).toEqual(["c"]);
      expect(await open("north", "")).toEqual(["a", "b"]);
      expect(await open("", "%_OFF\\")).toEqual(["b"]);
      expect(await open("", "%")).toEqual(["b"]);
      expect(await open("", "über")).toEqual(["c"]);
      expect(await open("nor%", "")).toEqual([]);
      expect(await open("", "A".repeat(300))).toEqual([]);
      const visible = { ...ALL, stores: ["south", "west"] };
      expect(listed(await storage().queue.reviews("pending", visible, null, 9, T0))).toEqual(["c"]);
      expect(ids(await storage().queue.answered(visible, null, 9))).toEqual(["d"]);
      expect(ids(await storage().trails.page("", 9, ["north"]))).toEqual(["a", "b"]);
      expect(ids(await storage().queue.answered({ ...ALL, store: "south", search: "POT" }, null, 9))).toEqual(["d"]);
    });

    it("offers each store once, in the order of its bytes", async () => {
      const stores = ["b", "B", "a-1", "a_1", "é", "a", "Z"];
      await project(
        storage(),
        stores.map((storeId, index) => aWorkflow({ id: `wf-${index}`, storeId })),
      );
      await storage().world.put("store", "Z", toStore("Z", { name: "Zoo" }));
      const offered = await storage().queue.stores();
      expect(offered.map(({ storeId }) => storeId)).toEqual(["B", "Z", "a", "a-1", "a_1", "b", "é"]);
      expect(offered.flatMap(({ name }) => name ?? [])).toEqual(["Zoo"]);
    });
  });

  describe("the audit's pages", () => {
    it("read every workflow once, in the order of its id's bytes", async () => {
      const named = [`${objectId("a")}-10`, `${objectId("a")}-2`, `${objectId("B")}-1`, "z", "Z", "é"];
      await project(
        storage(),
        named.map((id) => aWorkflow({ id })),
      );
      const read: string[] = [];
      for (let after = ""; ; after = read.at(-1)!) {
        const page = ids(await storage().trails.page(after, 2, null));
        read.push(...page);
        if (page.length < 2) break;
      }
      expect(read).toEqual(named.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    });
  });
}
