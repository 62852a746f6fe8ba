/**
 * Log lines about a workflow, derived from two committed records: before and after a write. Nothing is logged that
 * was not stored, and a crash loses at most a line. Only attempts at a delivery are logged as they happen, with their
 * time.
 */
import type { Delivery } from "../workflow/types/delivery.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { Log } from "./log.ts";
import { resultOf } from "../metrics/projection-facts.ts";

/** @param log the workflow's own: its ids and the request's are bound already. */
export function logCommitted(log: Log, before: Workflow | null, after: Workflow): void {
  logNodes(log, before, after);
  logAdvice(log, before, after);
  const result = resultOf(after);
  if (result !== null && (before === null || resultOf(before) === null)) logDecision(log, after, result);
  if (isAsked(after) && !(before !== null && isAsked(before) && before.revision === after.revision)) {
    const { review, recommendation, revision, latencyMs } = after;
    log.info("review_asked", {
      ...recommendation,
      reason: review?.reason,
      revision,
      expires_at: iso(review?.expiresAt),
      latency_ms: latencyMs,
    });
  }
  if (after.status === "superseded" && before?.status !== "superseded")
    log.info("workflow_superseded", { superseded_by: after.supersededBy });
}

/** One attempt at a delivery, timed. The recipient is in the story, not in the log. */
export function logAttempt(log: Log, after: Delivery, latencyMs: number): void {
  const { channel, purpose, revision, attempts, error } = after;
  const line = { channel, purpose, revision, attempts, latency_ms: latencyMs, error };
  logEffect(log, after, line);
}

/** What became of the attempt; of a purchase order's message as well. */
export function logEffect(
  log: Log,
  { status, dueAt }: { readonly status: Delivery["status"]; readonly dueAt: number },
  line: Readonly<Record<string, unknown>>,
): void {
  if (status === "parked") log.error("effect_parked", line);
  else if (status === "done") log.info("effect_delivered", line);
  else if (status === "dropped") log.info("effect_dropped", line);
  else log.warn("effect_retried", { ...line, due_at: iso(dueAt) });
}

function logDecision(log: Log, { decision, status, latencyMs, review }: Workflow, result: string): void {
  if (decision === null || !log.isEnabledFor("info")) return;
  log.info("inventory_decision", {
    action: decision.action,
    quantity: decision.quantity,
    confidence: decision.confidence,
    decided_by: decision.decidedBy,
    latency_ms: latencyMs,
    result,
    status,
    fallback: decision.fallback,
    ...(review === null
      ? {}
      : { channel: review.channel, waited_ms: (review.decidedAt ?? review.askedAt) - review.askedAt }),
  });
}

function logNodes(log: Log, before: Workflow | null, after: Workflow): void {
  if (!log.isEnabledFor("debug")) return;
  for (const record of after.nodes) {
    const known = before?.nodes.find(({ node }) => node === record.node);
    if (known?.status === record.status || record.status === "pending") continue;
    log.debug(`node_${record.status}`, { node: record.node, latency_ms: record.durationMs, note: record.note });
  }
}

function logAdvice(log: Log, before: Workflow | null, { advice }: Workflow): void {
  if (!advice || before?.advice) return;
  const line = {
    node: "reason",
    model: advice.model,
    attempts: advice.attempts,
    outcome: advice.outcome,
    latency_ms: advice.latencyMs,
    tokens_in: advice.tokensIn,
    tokens_out: advice.tokensOut,
    cost_usd: advice.costUsd,
    ...(advice.isEstimate && { is_estimate: true }),
  };
  if (advice.outcome === "advice") log.info("llm_call", line);
  else log.warn("llm_call", line);
}

function isAsked({ status }: Workflow): boolean {
  return status === "awaiting_human_review";
}

function iso(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
