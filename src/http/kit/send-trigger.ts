/** Sends one parsed trigger to its item: what the single endpoint and the batch have in common. */
import { Problem } from "../../api/problems.ts";
import { toTrigger } from "../../api/from-wire.ts";
import type { TriggerRequest } from "../../api/trigger/trigger-request.ts";
import type { TriggerAnswer } from "../../item/trigger-call.ts";
import { COUNTERS } from "../../metrics/metric-names.ts";
import { sha256Hex } from "../../shared/sha256.ts";
import { storeWorldsOf } from "../../store/store-worlds.ts";
import { telemetryOf } from "../../telemetry/telemetry.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { principalName, type Principal } from "../auth/principal.ts";
import { requireStore } from "../auth/store-bounds.ts";
import { admitted } from "./admission.ts";
import { originOf, type AppContext } from "./context.ts";
import { itemObject } from "./item-stubs.ts";
import { keyInProgress, keyMismatch } from "./once.ts";

export interface SendOptions {
  readonly arrivedAt: number;
  readonly waitMs: number;
  /** The key after a prefix for its place in the request: `/` for a single trigger, `#index/` within a batch. */
  readonly idempotencyKey: string | null;
}

export type AcceptedTrigger = Extract<TriggerAnswer, { kind: "workflow" }>;

/** Throws the problem of a trigger that the item refused. */
export async function sendTrigger(
  c: AppContext,
  principal: Principal,
  body: TriggerRequest,
  options: SendOptions,
): Promise<AcceptedTrigger> {
  requireStore(principal, body.store_id);
  if (body.backfill === true && !principal.scopes.has("write"))
    throw new Problem("forbidden", 'The key lacks the scope "write", which backfill needs.');
  const item = { storeId: body.store_id, productId: body.product_id };
  const stub = itemObject(c, item);
  const idempotency =
    options.idempotencyKey === null
      ? null
      : { key: principal.keyId + options.idempotencyKey, bodyHash: sha256Hex(bodyText(body)) };
  const storeVersions = await storeWorldsOf(c.env).versions(item.storeId, options.arrivedAt);
  const answer = await admitted((): Promise<TriggerAnswer> =>
    stub.trigger({
      schema: 1,
      item,
      trigger: toTrigger(body),
      storeVersions,
      idempotency,
      waitMs: options.waitMs,
      arrivedAt: options.arrivedAt,
      requestId: c.get("requestId"),
      traceparent: c.get("traceparent"),
      sender: { principal: principalName(principal), label: principal.name },
      origin: originOf(c),
    }),
  );
  if (answer.kind !== "workflow") throw refused(answer.reason);
  telemetryOf(c.env).tallies.count(COUNTERS.triggers, answer.replayed ? "replayed" : "accepted");
  return answer;
}

/** The body as a repeated key must have it: null and an absent field are the same. */
function bodyText(body: TriggerRequest): string {
  return JSON.stringify(body, (_, value: unknown) => (value === null ? undefined : value));
}

function refused(reason: Extract<TriggerAnswer, { kind: "refused" }>["reason"]): Problem {
  switch (reason) {
    case "idempotency_mismatch":
      return keyMismatch();
    case "unknown_item":
      return new Problem(
        "unknown_item",
        "Nothing is stored about this item. Upload its settings or sales first, or check product_id and store_id.",
      );
    case "safety_stock_unknown": {
      const message = "is required, since the item's settings have none";
      return new Problem("validation_failed", `safety_stock_level ${message}.`, {
        errors: [{ pointer: "/safety_stock_level", message }],
      });
    }
    case "settings_away":
      return new Problem("unavailable", "The item's settings cannot be read at the moment; please retry.");
    case "idempotency_in_progress":
      return keyInProgress();
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
