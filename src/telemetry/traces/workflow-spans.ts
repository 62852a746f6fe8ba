/**
 * The nodes that a commit finished, as spans. The record keeps how long each took; they end, one after the other, with
 * the commit.
 */
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { Span } from "./trace-span.ts";
import { childOf } from "./trace-ids.ts";

export function nodeSpans(before: Workflow | null, after: Workflow, parent: string): Span[] {
  const statusBefore = new Map(before?.nodes.map(({ node, status }) => [node, status]));
  const finished = after.nodes.filter(
    ({ node, status }) => status !== "pending" && status !== "running" && statusBefore.get(node) !== status,
  );
  const attributes = {
    "stockwarden.workflow_id": after.id,
    "stockwarden.status": after.status,
    "stockwarden.action": after.decision?.action,
    "stockwarden.request_id": after.requestId,
  };
  let at = after.updatedAt - finished.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return finished.map(({ node, status, durationMs }) => {
    const startedAt = at;
    at += durationMs;
    return {
      traceparent: childOf(parent),
      parent,
      name: `node ${node}`,
      kind: "internal",
      startedAt,
      endedAt: at,
      attributes: { ...attributes, "stockwarden.node": node, "stockwarden.node_status": status },
      isError: false,
    };
  });
}
