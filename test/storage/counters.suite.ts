/** What the counters promise: each workflow counts once, whatever arrives twice, late, out of order or at once. */
import { describe, expect, it } from "vitest";
import type { Storage } from "../../src/storage/storage-interface.ts";
import { PRODUCT_LABELS } from "../../src/metrics/metric-names.ts";
import { renderMetrics } from "../../src/metrics/render-metrics.ts";
import type { Workflow } from "../../src/workflow/types/workflow.ts";
import { aDecision, aDelivery, aReview, HOUR_MS, T0 } from "../support/builders/a-workflow.ts";
import { aDecidedWorkflow } from "../support/builders/decided-workflow.ts";
import { project } from "./rows.ts";

const COMPLETED = 'inventory_decisions_total{action="restock",result="completed"}';
const APPROVED = 'inventory_decisions_total{action="restock",result="approved"}';

export function countersSuite(storage: () => Storage): void {
  async function scrape(now = T0): Promise<Map<string, number>> {
    const text = await renderMetrics(
      {
        counters: storage().counters,
        now,
        adviser: { circuitOpen: 0, budgetUsd: 0, spentTodayUsd: 0 },
        purchases: { open: 0, overdue: 0, parked: 0 },
        release: "test",
      },
      "prometheus",
    );
    const lines = text
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith("#"));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
    );
  }

  describe("counters", () => {
    it("count a decision once, however often it arrives", async () => {
      const decided = aDecidedWorkflow({ latencyMs: 30 });
      for (let time = 0; time < 3; time++) await project(storage(), [decided, decided]);
      await project(storage(), [{ ...decided, version: 2 }]);
      const metrics = await scrape();
      expect(metrics.get(COMPLETED)).toBe(1);
      expect(metrics.get('inventory_decision_latency_seconds_sum{product_id="SKU-1",action="restock"}')).toBe(0.03);
      expect(metrics.get('inventory_confidence_score{product_id="SKU-1"}')).toBe(0.83);
    });

    it("count a decision once when its versions arrive at once, and out of order", async () => {
      const question = aDecidedWorkflow({ id: "q", version: 1, status: "awaiting_human_review", review: aReview() });
      const answer = aDecidedWorkflow({
        id: "q",
        version: 2,
        review: aReview({ status: "approved", decidedAt: T0 + HOUR_MS, channel: "api" }),
      });
      const others = Array.from({ length: 20 }, (_, index) =>
        aDecidedWorkflow({ id: `wf-${index}`, productId: `SKU-${index % 3}` }),
      );
      const batches = [
        [answer],
        [question],
        [answer, question],
        others,
        others.toReversed(),
        ...others.map((workflow) => [workflow]),
      ];
      await Promise.all(batches.map((batch) => project(storage(), batch)));
      const metrics = await scrape();
      expect(metrics.get(APPROVED)).toBe(1);
      expect(metrics.get(COMPLETED)).toBe(20);
      expect(metrics.get("inventory_reviews_asked_total")).toBe(1);
      expect(metrics.get('inventory_decision_latency_seconds_count{product_id="SKU-1",action="restock"}')).toBe(8);
    });

    it("count nothing of an older version that comes late, whatever only it has counted", async () => {
      const newer = aDecidedWorkflow({ version: 2 });
      await project(storage(), [newer]);
      await project(storage(), [{ ...newer, version: 1, deliveries: [aDelivery({ status: "parked", attempts: 3 })] }]);
      const effects = [...(await scrape())].filter(([series]) => series.startsWith("inventory_effects_total"));
      expect(effects.reduce((sum, [, value]) => sum + value, 0)).toBe(0);
    });

    it("give five hundred products a label of their own, and the rest share one", async () => {
      const workflows = Array.from({ length: PRODUCT_LABELS + 20 }, (_, index) =>
        aDecidedWorkflow({ id: `wf-${index}`, productId: `P-${String(index).padStart(3, "0")}` }),
      );
      const batches = Array.from({ length: 8 }, (_, at) => workflows.filter((_, index) => index % 8 === at));
      await Promise.all(batches.map((batch) => project(storage(), batch)));
      const metrics = await scrape();
      expect(metrics.get(COMPLETED)).toBe(PRODUCT_LABELS + 20);
      expect(metrics.get('inventory_decision_latency_seconds_count{product_id="other",action="restock"}')).toBe(20);
    });

    it("show the newest confidence of a product", async () => {
      const at = (id: string, updatedAt: number, confidence: number): Workflow =>
        aDecidedWorkflow({ id, updatedAt, decision: aDecision({ confidence }) });
      await project(storage(), [at("a", T0 + 5, 0.5), at("b", T0 + 9, 0.9), at("c", T0 + 7, 0.7)]);
      expect((await scrape()).get('inventory_confidence_score{product_id="SKU-1"}')).toBe(0.9);
      await project(storage(), [at("d", T0 + 8, 0.8)]);
      expect((await scrape()).get('inventory_confidence_score{product_id="SKU-1"}')).toBe(0.9);
    });

    it("show open, overdue and given-up work as it is now", async () => {
      const open = (id: string, expiresAt: number): Workflow =>
        aDecidedWorkflow({ id, status: "awaiting_human_review", createdAt: T0, review: aReview({ expiresAt }) });
      const parked = aDecidedWorkflow({
        id: "p",
        deliveries: [aDelivery({ status: "parked" }), aDelivery({ status: "parked" })],
      });
      await project(storage(), [open("a", T0 + 10), open("b", T0 + 30), parked]);
      expect((await storage().counters.read(T0)).bytes).toBeGreaterThan(10_000);
      const metrics = await scrape(T0 + 20_000);
      expect(metrics.get("inventory_reviews_pending")).toBe(2);
      expect(metrics.get("inventory_reviews_overdue")).toBe(2);
      expect(metrics.get("inventory_reviews_oldest_age_seconds")).toBe(20);
      expect(metrics.get("inventory_effects_parked")).toBe(2);
      await project(storage(), [{ ...parked, version: 9, deliveries: [] }]);
      expect((await scrape()).get("inventory_effects_parked")).toBe(0);
    });

    it("add what several isolates have counted, at once and beside projections", async () => {
      const tallies = { 'errors"\\\u0001': 2, "errors.b": 0.5, nothing: 0 };
      await Promise.all([
        ...Array.from({ length: 10 }, () => storage().counters.add(tallies)),
        ...Array.from({ length: 10 }, (_, index) =>
          project(storage(), [
            aDecidedWorkflow({ id: `wf-${index}`, status: "awaiting_human_review", review: aReview() }),
          ]),
        ),
      ]);
      const { small } = await storage().counters.read(T0);
      const values = Object.fromEntries(small.map((row) => [row["series"], row["value"]]));
      expect(values).toMatchObject({ 'errors"\\\u0001': 20, "errors.b": 5 });
      expect(values).not.toHaveProperty("nothing");
    });
  });
}
