/** `POST /inventory-trigger`: a store says what is on the shelf, and gets the decision or the question it waits for. */
import type { TriggerAnswer } from "../../item/trigger-call.ts";
import { sha256Hex } from "../../shared/sha256.ts";
import { COUNTERS } from "../../metrics/metric-names.ts";
import { telemetryOf } from "../../telemetry/telemetry.ts";
import type { Workflow } from "../../workflow/types.ts";
import { admitted } from "../kit/admission.ts";
import type { Principal } from "../auth/authenticate.ts";
import { readJson } from "../kit/body.ts";
import { itemObject, originOf, type AppContext } from "../kit/context.ts";
import { bindLog } from "../middleware/observe.ts";
import { idempotencyKeyIn, waitMsOf } from "../kit/preferences.ts";
import { Problem } from "../../api/problems.ts";
import { TriggerBody, toTrigger, type TriggerRequest } from "../../api/requests.ts";

export async function postTrigger(c: AppContext, principal: Principal): Promise<Response> {
  const arrivedAt = Date.now();
  const body = await readJson(c, TriggerBody);
  const key = idempotencyKeyOf(c);
  const answer = await sendTrigger(c, principal, body, {
    arrivedAt,
    waitMs: waitOf(c),
    idempotencyKey: key === null ? null : `/${key}`,
  });
  const { workflowId, supersededBy, replayed, status: reached, wire } = accepted(answer);
  bindLog(c, { workflow_id: workflowId, product_id: body.product_id, store_id: body.store_id });
  const status = statusOf(reached);
  if (replayed) c.header("Idempotency-Replayed", "true");
  if (status === 202) c.header("Location", `/workflows/${supersededBy ?? workflowId}`);
  return c.body(wire, status, { "Content-Type": "application/json" });
}

export interface SendOptions {
  readonly arrivedAt: number;
  readonly waitMs: number;
  /** The key behind a mark of its place in the request: `/` for a single trigger, `#index/` within a batch. */
  readonly idempotencyKey: string | null;
}

export async function sendTrigger(
  c: AppContext,
  principal: Principal,
  body: TriggerRequest,
  options: SendOptions,
): Promise<TriggerAnswer> {
  const item = { storeId: body.store_id, productId: body.product_id };
  const stub = itemObject(c, item);
  const idempotency =
    options.idempotencyKey === null
      ? null
      : { key: principal.keyId + options.idempotencyKey, bodyHash: sha256Hex(JSON.stringify(body)) };
  const answer = await admitted(async (): Promise<TriggerAnswer> =>
    stub.trigger({
      schema: 1,
      item,
      trigger: toTrigger(body),
      idempotency,
      waitMs: options.waitMs,
      arrivedAt: options.arrivedAt,
      requestId: c.get("requestId"),
      sender: principal.name,
      origin: originOf(c),
    }),
  );
  if (answer.kind === "workflow")
    telemetryOf(c.env).tallies.count(COUNTERS.triggers, [answer.replayed ? "replayed" : "accepted"]);
  return answer;
}

export function accepted(answer: TriggerAnswer): Extract<TriggerAnswer, { kind: "workflow" }> {
  if (answer.kind === "workflow") return answer;
  switch (answer.reason) {
    case "idempotency_mismatch":
      throw new Problem("idempotency_mismatch", "This Idempotency-Key came with another body before.");
    case "idempotency_in_progress":
      throw new Problem(
        "idempotency_in_progress",
        "The first request with this Idempotency-Key has not been answered yet.",
      );
  }
}

/** 200 when decided; 202 while a person or an adviser is asked, and for a trigger that another workflow answers. */
export function statusOf(status: Workflow["status"]): 200 | 202 {
  switch (status) {
    case "completed":
    case "rejected":
    case "expired":
      return 200;
    case "running":
    case "awaiting_human_review":
    case "superseded":
      return 202;
  }
}

export function waitOf(c: AppContext): number {
  return waitMsOf(c.req.header("Prefer"));
}

export function idempotencyKeyOf(c: AppContext): string | null {
  return idempotencyKeyIn(c.req.header("Idempotency-Key"));
}
