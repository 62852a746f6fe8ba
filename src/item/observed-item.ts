/** What an item tells the log, the counters and the error reporter of its commits and its hidden failures. */
import type { Env } from "../env.ts";
import type { TryReport } from "../reasoning/model-call.ts";
import { recordDecision } from "../telemetry/analytics.ts";
import type { LogContext } from "../telemetry/log.ts";
import { noteFailure, telemetryOf } from "../telemetry/telemetry.ts";
import { logCommitted } from "../telemetry/workflow-lines.ts";
import type { ItemDeps } from "./deps.ts";

export function observedItem(ctx: DurableObjectState, env: Env): Pick<ItemDeps, "onCommitted" | "onFailure"> {
  const telemetry = telemetryOf(env);
  return {
    onCommitted(before, after) {
      const context: LogContext = { request_id: after.requestId, workflow_id: after.id, product_id: after.productId, store_id: after.storeId };
      logCommitted(telemetry.log.with({ ...context }), before, after);
      recordDecision(env.ANALYTICS, before, after);
    },
    onFailure(where, cause) {
      noteFailure(telemetry, where, cause, { origin: where === "alarm" ? "alarm" : "rpc" }, { context: ctx, db: env.DB });
    },
  };
}

/** One request to the model server, as it happened; what came of the call as a whole is in the decision's record. */
export function noteModelRequest(env: Env, { model, outcome, detail }: TryReport): void {
  const { log } = telemetryOf(env);
  if (outcome === "advice") log.debug("llm_request", { node: "reason", model, outcome });
  else log.warn("llm_request", { node: "reason", model, outcome, detail });
}
