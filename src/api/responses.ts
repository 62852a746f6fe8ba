/**
 * What the service answers, as zod schemas: the OpenAPI document is made from them, the typed client takes its types
 * from them, and tests hold real answers against them. Objects are open: a later release may add fields.
 */
import * as z from "zod";
import { RecommendationAnswer, WorkflowStatusAnswer, WorkflowAnswer, ReviewStatus } from "./trigger/workflow-answer.ts";
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
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });

export const BatchResultAnswer = z
  .looseObject({
    index: z.int().describe("Place of the trigger in the request, from 0"),
    status: z.int().describe("What the single call would have answered"),
    workflow: WorkflowAnswer.optional(),
    problem: ProblemAnswer.optional(),
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
    intact: z.boolean().describe("The chain of hashes holds"),
    entries: z.array(
      z.looseObject({ seq: z.int(), at: Time, event: z.string(), actor: z.string(), for: z.string().nullable() }),
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
    z.looseObject({ at: Time.nullable(), kind: z.string(), what: z.string(), detail: z.string().nullable() }),
  ),
});

const Replayed = z.looseObject({
  asks_for_review: z.array(z.string()),
  model: z.string().nullable(),
  prompt: z.string().nullable(),
});
export const ReplayAnswer = z.looseObject({
  workflow_id: z.string(),
  facts: z.enum(["journal", "present"]),
  stored: Replayed,
  replayed: Replayed,
  changed: z.boolean(),
});
export const RedeliveryAnswer = z.looseObject({ workflow_id: z.string(), deliveries: z.int() });
