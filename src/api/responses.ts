/**
 * What the service answers, as zod schemas: the OpenAPI document is made from them, the typed client takes its types
 * from them, and tests hold real answers against them. Objects are open: a later release may add fields.
 */
import * as z from "zod";
import { ACTIONS } from "../shared/statuses.ts";
import { PurchaseOrderAnswer } from "./purchasing/purchase-responses.ts";
import {
  DecisionAnswer,
  RecommendationAnswer,
  ReviewStatus,
  WorkflowAnswer,
  WorkflowStatusAnswer,
} from "./trigger/workflow-answer.ts";
import { Time } from "./fields.ts";

export const FieldErrorAnswer = z.looseObject({
  pointer: z.string().describe("JSON pointer into the body, or the name of a query parameter, header or setting"),
  message: z.string(),
});

export const ProblemAnswer = z
  .looseObject({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    request_id: z.string(),
    errors: z.array(FieldErrorAnswer).readonly().optional(),
    workflow: WorkflowAnswer.optional(),
    purchase_order: PurchaseOrderAnswer.optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });

export const BatchResultAnswer = z
  .looseObject({
    index: z.int().describe("Place of the trigger in the request, from 0"),
    status: z.int().describe("What the single call would have answered"),
    workflow: WorkflowAnswer.optional(),
    problem: ProblemAnswer.optional(),
    idempotency_replayed: z.literal(true).optional().describe("As the header of the single call; absent when new"),
  })
  .meta({ id: "BatchResult" });

export const BatchAnswer = z.looseObject({ results: z.array(BatchResultAnswer) });

export const ReviewRowAnswer = z
  .looseObject({
    workflow_id: z.string(),
    product_id: z.string(),
    store_id: z.string(),
    status: ReviewStatus,
    reason: z.string().nullable(),
    revision: z.int(),
    recommendation: RecommendationAnswer.nullable(),
    expires_at: Time.nullable(),
    created_at: Time,
  })
  .meta({ id: "ReviewRow" });

export const ReviewsAnswer = z.looseObject({ reviews: z.array(ReviewRowAnswer), next_cursor: z.string().nullable() });

export const ReviewLinkAnswer = z.looseObject({ url: z.string(), expires_at: Time });

export const AuditAnswer = z
  .looseObject({
    workflow_id: z.string(),
    product_id: z.string(),
    store_id: z.string(),
    status: WorkflowStatusAnswer,
    decision: z.looseObject({ action: z.enum(ACTIONS), quantity: z.number() }).nullable(),
    intact: z.boolean().describe("The chain of hashes holds"),
    fault: z.string().nullable().describe("Where it does not"),
    entries: z.array(
      z.looseObject({
        seq: z.int(),
        at: Time,
        event: z.string(),
        actor: z.string(),
        for: z.string().nullable(),
        channel: z.string().nullable(),
        detail: z.string().nullable(),
        hash: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "AuditTrail" });
export const TrailsAnswer = z.looseObject({ trails: z.array(AuditAnswer), next_after: z.string().nullable() });

export const StoryAnswer = z.looseObject({
  workflow_id: z.string(),
  product_id: z.string(),
  store_id: z.string(),
  status: WorkflowStatusAnswer,
  steps: z.array(
    z.looseObject({
      at: Time.nullable(),
      kind: z.string(),
      what: z.string(),
      actor: z.string().nullable(),
      channel: z.string().nullable(),
      detail: z.string().nullable(),
      duration_ms: z.number().nullable(),
    }),
  ),
});

const replayed = {
  asks_for_review: z.array(z.string()),
  model: z.string().nullable(),
  prompt: z.string().nullable(),
};
export const ReplayAnswer = z.looseObject({
  workflow_id: z.string(),
  facts: z.enum(["journal", "present"]),
  stored: z.looseObject({ ...RecommendationAnswer.shape, ...replayed }),
  replayed: z.looseObject({
    ...RecommendationAnswer.partial().shape,
    ...replayed,
    decision: DecisionAnswer.nullable(),
  }),
  changed: z.boolean(),
  difference: z
    .looseObject({
      quantity: z.number(),
      confidence: z.number(),
      review_added: z.array(z.string()),
      review_dropped: z.array(z.string()),
    })
    .nullable()
    .describe("Null where the replay recommends nothing"),
  call: z
    .looseObject({
      outcome: z.string(),
      attempts: z.int(),
      latency_ms: z.number(),
      tokens: z.number(),
      cost_usd: z.number().nullable(),
    })
    .nullable()
    .describe("Of the model; null when only what was stored was judged again"),
});
export const RedeliveryAnswer = z.looseObject({ workflow_id: z.string(), deliveries: z.int() });
