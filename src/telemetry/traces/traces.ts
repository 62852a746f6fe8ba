/**
 * Traces as OpenTelemetry has them: a span for each request, each node of a workflow and each outside call. They are
 * our own, since the platform's keep whole URLs, and the path of a review link is a credential.
 *
 * - Loaded only where somebody collects traces. An incoming `traceparent` is passed on without it.
 * - A span holds constants, ids and numbers that are named one by one: no URL, no name, no text that anybody wrote.
 * - Nothing that a trigger evaluates is imported: each such import would split what an isolate loads at its start.
 * - Exporting never throws and never delays an answer.
 */
import type { AdviceOutcome } from "../../workflow/advice/advice.ts";
import type { Delivery } from "../../workflow/types/delivery.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { KeepAlive } from "../errors.ts";
import { exportSpans, type TraceTarget } from "./otlp.ts";
import type { Span } from "./trace-span.ts";
import { childOf, isSampled, newTrace, traceOfId, workflowTrace } from "./trace-ids.ts";
import { nodeSpans } from "./workflow-spans.ts";

/** The collector of spans, and what the isolate provides. */
export interface Tracing {
  readonly target: TraceTarget;
  readonly release: string;
  readonly context: KeepAlive;
  /** See `src/shared/trace-context.ts`. */
  readonly withTrace: <T>(traceparent: string, work: () => T) => T;
  readonly onFailure: (cause: unknown) => void;
}

/** The context of a request: a new span of the trace that came, or of a new trace. */
export function beginRequest({ share }: TraceTarget, incoming: string | null): string {
  return incoming === null ? newTrace(share) : childOf(incoming);
}

/** `route` is the pattern: a path may be a review link. */
export function recordRequest(
  tracing: Tracing,
  span: Pick<Span, "traceparent" | "parent" | "startedAt">,
  request: { readonly method: string; readonly route: string; readonly status: number; readonly requestId: string },
): void {
  const { method, route, status, requestId } = request;
  record(tracing, [
    {
      ...span,
      name: `${method} ${route}`,
      kind: "server",
      endedAt: Date.now(),
      attributes: {
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": status,
        "stockwarden.request_id": requestId,
      },
      isError: status >= 500,
    },
  ]);
}

/** The nodes that a commit finished. */
export function recordCommit(tracing: Tracing, before: Workflow | null, after: Workflow): void {
  record(tracing, nodeSpans(before, after, workflowTrace(after)));
}

export function tracedDelivery(
  tracing: Tracing,
  workflow: Workflow,
  attempt: () => Promise<Delivery>,
): Promise<Delivery> {
  return tracedCall(tracing, workflowTrace(workflow), "deliver", attempt, (after) => ({
    ...deliveryOutcome(after),
    "stockwarden.workflow_id": workflow.id,
    "stockwarden.purpose": after.purpose,
  }));
}

export function tracedPurchase<T extends Pick<Delivery, "attempts" | "status"> & { readonly channel: string }>(
  tracing: Tracing,
  poId: string,
  attempt: () => Promise<T>,
): Promise<T> {
  return tracedCall(tracing, traceOfId(poId), "deliver", attempt, (after) => ({
    ...deliveryOutcome(after),
    "stockwarden.po_id": poId,
  }));
}

export function tracedAdvice(
  tracing: Tracing,
  model: string,
  { workflowId, traceparent }: { readonly workflowId: string; readonly traceparent?: string },
  advise: () => Promise<AdviceOutcome>,
): Promise<AdviceOutcome> {
  const parent = workflowTrace({ id: workflowId, traceparent });
  return tracedCall(tracing, parent, "ask the model", advise, (answer) => ({
    "stockwarden.workflow_id": workflowId,
    "stockwarden.node": "reason",
    "stockwarden.model": model,
    "stockwarden.outcome": answer.kind === "advice" ? "done" : answer.failure,
  }));
}

function deliveryOutcome({
  channel,
  attempts,
  status,
}: Pick<Delivery, "attempts" | "status"> & { readonly channel: string }) {
  return {
    "stockwarden.channel": channel,
    "stockwarden.attempts": attempts,
    "stockwarden.outcome": status === "dropped" ? "done" : status,
  };
}

/** Calls the outside with a span of its own around it; an outcome other than `done` is an error. */
async function tracedCall<T>(
  tracing: Tracing,
  parent: string,
  name: string,
  work: () => Promise<T>,
  attributesOf: (result: T) => Span["attributes"] & { readonly "stockwarden.outcome": string },
): Promise<T> {
  const traceparent = childOf(parent);
  const startedAt = Date.now();
  const result = await tracing.withTrace(traceparent, work);
  const attributes = attributesOf(result);
  const isError = attributes["stockwarden.outcome"] !== "done";
  record(tracing, [{ traceparent, parent, name, kind: "client", startedAt, endedAt: Date.now(), attributes, isError }]);
  return result;
}

function record({ target, release, context, onFailure }: Tracing, spans: readonly Span[]): void {
  const kept = spans.filter(({ traceparent }) => isSampled(traceparent));
  if (kept.length > 0) context.waitUntil(exportSpans(target, release, kept).catch(onFailure));
}
