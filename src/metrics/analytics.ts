/**
 * Workers Analytics Engine: one data point a decision, for questions per item and at scale that bounded metrics cannot
 * answer. Written without waiting; the binding is optional, and without it nothing happens.
 *
 * index1 = product; blob1..6 = store, product, action, result, decided by, release;
 * double1..4 = quantity, confidence, latency (ms), cost (USD). The order is the schema: append only.
 */
import type { Workflow } from "../workflow/types/workflow.ts";
import { resultOf } from "./projection-facts.ts";
import { RELEASE } from "../config/release.ts";

/**
 * Analytics Engine takes at most 96 bytes of index; a longer product shares its index with its prefix, not its blob.
 */
const MAX_INDEX_BYTES = 96;

export function recordDecision(
  dataset: AnalyticsEngineDataset | undefined,
  before: Workflow | null,
  after: Workflow,
): void {
  const result = resultOf(after);
  const { decision } = after;
  if (
    dataset === undefined ||
    result === null ||
    after.stands !== undefined ||
    decision === null ||
    (before !== null && resultOf(before) !== null)
  )
    return;
  dataset.writeDataPoint({
    indexes: [firstBytes(after.productId, MAX_INDEX_BYTES)],
    blobs: [after.storeId, after.productId, decision.action, result, decision.decidedBy, RELEASE],
    doubles: [decision.quantity, decision.confidence, after.latencyMs ?? 0, decision.costUsd ?? 0],
  });
}

/** Cuts between characters, never inside one. */
function firstBytes(text: string, limit: number): string {
  const buffer = new Uint8Array(limit);
  const { read } = new TextEncoder().encodeInto(text, buffer);
  return text.slice(0, read);
}
