/**
 * Every error is an RFC 9457 problem. A closed list of codes maps to status and title; a new code fails to compile
 * without.
 */
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type * as z from "zod";
import type { PurchaseOrderAnswer } from "./purchasing/purchase-responses.ts";
import type { FieldErrorAnswer, ProblemAnswer } from "./responses.ts";
import type { WorkflowAnswer } from "./trigger/workflow-answer.ts";

export const PROBLEMS = {
  malformed_request: { status: 400, title: "The request is malformed" },
  unauthorized: { status: 401, title: "A valid key is required" },
  forbidden: { status: 403, title: "The key may not do this" },
  same_person: { status: 403, title: "Somebody else has to approve this" },
  unknown_item: { status: 404, title: "Unknown item" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  already_decided: { status: 409, title: "Already decided" },
  revision_changed: { status: 409, title: "The question has changed" },
  expired: { status: 409, title: "The review has expired" },
  superseded: { status: 409, title: "A newer workflow took its place" },
  not_awaiting_review: { status: 409, title: "The workflow does not await a review" },
  not_decided: { status: 409, title: "There is no decision yet" },
  idempotency_in_progress: { status: 409, title: "The first request with this key is still running" },
  reference_mismatch: { status: 409, title: "The reference was already used with a different quantity" },
  period_differs: { status: 409, title: "Sales of another period are stored" },
  run_under_way: { status: 409, title: "A run is under way" },
  in_use: { status: 409, title: "It is still in use" },
  too_late: { status: 409, title: "Too late to take back" },
  already_sent: { status: 409, title: "The order was sent" },
  already_cancelled: { status: 409, title: "The order was cancelled" },
  closing: { status: 409, title: "The order is being closed" },
  not_sent: { status: 409, title: "The order was not sent" },
  not_approved: { status: 409, title: "The order needs approvals first" },
  empty_order: { status: 409, title: "The order has no lines" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "Unsupported media type" },
  validation_failed: { status: 422, title: "The request is not valid" },
  idempotency_mismatch: { status: 422, title: "The Idempotency-Key was already used with a different body" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal_error: { status: 500, title: "Something went wrong" },
  unavailable: { status: 503, title: "Temporarily unavailable" },
  misconfigured: { status: 503, title: "The service is not configured" },
} as const satisfies Record<string, { status: ContentfulStatusCode; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

export type FieldError = z.output<typeof FieldErrorAnswer>;

export interface ProblemExtras {
  readonly errors?: readonly FieldError[];
  /** The workflow that the problem is about, as the wire shows it. */
  readonly workflow?: z.output<typeof WorkflowAnswer>;
  /** The purchase order that the problem is about, as the wire shows it. */
  readonly purchaseOrder?: z.output<typeof PurchaseOrderAnswer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log; no client sees it. */
  readonly cause?: unknown;
}

/** Thrown by handlers, answered by the app's one error handler. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = "Problem";
    this.code = code;
    this.extras = extras;
  }
}

/** Seconds after which an overloaded or unavailable dependency may be called again. */
const RETRY_AFTER_SECONDS = 5;

export function problemBody(problem: Problem, instance: string, requestId: string): z.output<typeof ProblemAnswer> {
  const { status, title } = PROBLEMS[problem.code];
  const { errors, workflow, purchaseOrder } = problem.extras;
  return {
    type: `https://stockwarden.dev/problems/${problem.code.replaceAll("_", "-")}`,
    title,
    status,
    detail: problem.message,
    instance,
    code: problem.code,
    request_id: requestId,
    ...(errors === undefined ? {} : { errors }),
    ...(workflow === undefined ? {} : { workflow }),
    ...(purchaseOrder === undefined ? {} : { purchase_order: purchaseOrder }),
  };
}

/** Headers of the answer, in every format of the problem. */
export function problemHeaders({ code, extras }: Problem): Readonly<Record<string, string>> {
  return {
    ...(PROBLEMS[code].status === 503 ? { "Retry-After": String(RETRY_AFTER_SECONDS) } : {}),
    ...extras.headers,
  };
}
