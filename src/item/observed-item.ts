/** Reports an item's commits, delivery attempts and hidden failures to the log, the counters and the error reporter. */
import type { Adviser } from "../adviser/adviser.ts";
import type { TryReport } from "../adviser/call/model-call.ts";
import type { AdviceRequest } from "../adviser/words/shown-facts.ts";
import type { ItemIdentity } from "../storage/identity.ts";
import { storageOf } from "../storage/storage.ts";
import { recordDecision } from "../metrics/analytics.ts";
import type { Log, LogContext } from "../telemetry/log.ts";
import { noteFailure, telemetryOf } from "../telemetry/telemetry.ts";
import { withTrace } from "../shared/trace-context.ts";
import { tracing } from "../telemetry/tracing.ts";
import { logAttempt, logCommitted } from "../telemetry/workflow-lines.ts";
import type { KeepAlive } from "../telemetry/errors.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { Deliverer } from "../review/deliverer.ts";
import type { ItemBindings } from "./bindings.ts";
import type { ItemDeps } from "./deps.ts";

/** @param item the object's identity; null for a new one before its first write. */
export function observedItem(
  ctx: DurableObjectState,
  env: ItemBindings,
  item: () => ItemIdentity | null,
): Pick<ItemDeps, "onCommitted" | "onFailure"> {
  const telemetry = telemetryOf(env);
  return {
    onCommitted(before, after) {
      logCommitted(workflowLog(telemetry.log, after), before, after);
      if (telemetry.traces !== null)
        void tracing(ctx, env)?.then(({ traces, ...to }) => traces.recordCommit(to, before, after));
      recordDecision(env.ANALYTICS, before, after);
    },
    onFailure(where, cause, workflowId) {
      const known = item();
      const log = telemetry.log.with({
        ...(workflowId && { workflow_id: workflowId }),
        ...(known && { product_id: known.productId, store_id: known.storeId }),
      } satisfies LogContext);
      const facts = {
        origin: where === "alarm" ? "alarm" : "rpc",
        workflowId: workflowId ?? null,
        item: known === null ? null : `${known.storeId}/${known.productId}`,
      } as const;
      noteFailure({ ...telemetry, log }, where, cause, facts, { context: ctx, counters: storageOf(env).counters });
    },
  };
}

/** The deliverer, with each attempt timed and logged. */
export function timed(ctx: KeepAlive, env: ItemBindings, deliverer: Deliverer): Deliverer {
  const { log } = telemetryOf(env);
  return {
    plan: (...notice) => deliverer.plan(...notice),
    async attempt(workflow, ...rest) {
      const startedAt = Date.now();
      const attempt = () => deliverer.attempt(workflow, ...rest);
      const traced = await tracing(ctx, env);
      const after = await (traced === null
        ? withTrace(workflow.traceparent ?? null, attempt)
        : traced.traces.tracedDelivery(traced, workflow, attempt));
      logAttempt(workflowLog(log, workflow), after, Date.now() - startedAt);
      return after;
    },
  };
}

/** The adviser, whose calls are part of the workflow's trace. */
export function tracedAdviser(ctx: KeepAlive, env: ItemBindings, { model, advise }: Adviser): Adviser {
  return {
    model,
    async advise(request, signal) {
      const ask = () => advise(request, signal);
      const traced = await tracing(ctx, env);
      return traced === null
        ? withTrace(request.traceparent ?? null, ask)
        : traced.traces.tracedAdvice(traced, model, request, ask);
    },
  };
}

/** Logs one request to the model server; the result of the whole call is in the decision's record. */
export function noteModelRequest(
  env: ItemBindings,
  { model, outcome, detail, latencyMs }: TryReport,
  request: AdviceRequest,
): void {
  const context: LogContext = {
    workflow_id: request.workflowId,
    product_id: request.productId,
    store_id: request.storeId,
    node: "reason",
  };
  const log = telemetryOf(env).log.with({ ...context });
  const line = { model, outcome, latency_ms: latencyMs };
  if (outcome === "advice") log.info("llm_request", line);
  else log.warn("llm_request", { ...line, detail });
}

function workflowLog(log: Log, { requestId, id, productId, storeId }: Workflow): Log {
  return log.with({
    request_id: requestId,
    workflow_id: id,
    product_id: productId,
    store_id: storeId,
  } satisfies LogContext);
}
