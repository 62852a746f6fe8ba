import { expect, it } from "vitest";
import { recordDecision } from "../../../src/metrics/analytics.ts";
import { aReview } from "../../support/builders/a-workflow.ts";
import { aDecidedWorkflow } from "../../support/builders/decided-workflow.ts";

function aDataset() {
  const points: AnalyticsEngineDataPoint[] = [];
  return { points, writeDataPoint: (point?: AnalyticsEngineDataPoint) => void points.push(point ?? {}) };
}

it("writes one point for a decision, in the documented order", () => {
  const dataset = aDataset();
  recordDecision(dataset, null, aDecidedWorkflow());
  expect(dataset.points).toEqual([
    {
      indexes: ["SKU-1"],
      blobs: ["main", "SKU-1", "restock", "completed", "plan", expect.stringMatching(/^stockwarden@/)],
      doubles: [120, 0.83, 12, 0],
    },
  ]);
});

it("writes none for a question, and none again for what happens after the decision", () => {
  const dataset = aDataset();
  recordDecision(dataset, null, aDecidedWorkflow({ status: "awaiting_human_review", review: aReview() }));
  recordDecision(dataset, aDecidedWorkflow(), aDecidedWorkflow({ version: 2 }));
  recordDecision(undefined, null, aDecidedWorkflow());
  expect(dataset.points).toEqual([]);
});

it("keeps the index within 96 bytes without cutting a character in two", () => {
  const dataset = aDataset();
  recordDecision(dataset, null, aDecidedWorkflow({ productId: "茶".repeat(64) }));
  expect(dataset.points[0]?.indexes).toEqual(["茶".repeat(32)]);
});
