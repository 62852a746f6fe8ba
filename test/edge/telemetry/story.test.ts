import { expect, it } from "vitest";
import { storyAsJson, storyAsText, tellStory } from "../../../src/telemetry/story.ts";
import { T0, aDelivery, aReview } from "../../support/builders/a-workflow.ts";
import { aDecidedWorkflow, someAdvice } from "../../support/builders/decided-workflow.ts";

const told = aDecidedWorkflow({
  nodes: [
    { node: "validate", status: "done", durationMs: 0.1 },
    { node: "forecast", status: "done", durationMs: 2.5, note: "90 days of history" },
    { node: "reason", status: "done", durationMs: 800, note: "agrees with the baseline" },
    { node: "review", status: "running", durationMs: 0 },
  ],
  advice: someAdvice({ model: "small-model" }),
  audit: [
    { seq: 1, at: T0, event: "received", actor: "tokyo pos" },
    { seq: 2, at: T0 + 900, event: "asked", actor: "stockwarden", detail: "low_confidence" },
    { seq: 3, at: T0 + 90_000, event: "verdict", actor: "ana", channel: "slack", detail: "approve" },
  ],
  review: aReview({ status: "approved" }),
  deliveries: [aDelivery({ status: "done", attempts: 2 })],
});

it("lists arrival, nodes, adviser, question, verdict and effects in that order", () => {
  expect(tellStory(told).map(({ kind, what }) => `${kind} ${what}`)).toEqual([
    "event received",
    "node validate",
    "node forecast",
    "adviser small-model",
    "node reason",
    "event asked",
    "event verdict",
    "effect email ask to ana@example.com",
  ]);
});

it("reads as text, one step a line", () => {
  const lines = storyAsText(told).split("\n");
  expect(lines[0]).toBe("SKU-1 at main: workflow wf-1 is completed");
  expect(lines[1]).toBe(
    "2040-01-16T09:00:00.000Z  event    received by tokyo pos: 12 on hand, 0 backordered, safety stock 40",
  );
  expect(lines.find((line) => line.includes("forecast"))?.trim()).toBe(
    "node     forecast (2.5 ms): 90 days of history",
  );
  expect(lines.find((line) => line.includes("verdict"))).toContain("verdict by ana (slack): approve");
});

it("has the names of the wire", () => {
  const { steps, ...head } = storyAsJson(told);
  expect(head).toEqual({ workflow_id: "wf-1", product_id: "SKU-1", store_id: "main", status: "completed" });
  expect(steps[2]).toEqual({
    at: null,
    kind: "node",
    what: "forecast",
    actor: null,
    channel: null,
    detail: "90 days of history",
    duration_ms: 2.5,
  });
});

it("shows a shadow beside the adviser, with what each was held to", () => {
  const { shadow: _none, ...record } = told.advice!;
  const shadowed = {
    ...told,
    advice: { ...record, quantity: 30, shadow: { ...record, model: "larger-model", quantity: 45 } },
  };
  const advisers = tellStory(shadowed).filter(({ kind }) => kind === "adviser");
  expect(advisers.map(({ what, detail }) => `${what}: ${detail}`)).toEqual([
    expect.stringMatching(/^small-model: advice for 30 after/),
    expect.stringMatching(/^larger-model as shadow: advice for 45 after/),
  ]);
});
