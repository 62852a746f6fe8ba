/** Triggers, their workflows, and what people do about questions. */
import type * as z from "zod";
import type * as answers from "../api/responses.ts";
import type * as schemas from "../api/requests.ts";
import type {
  AuditTrail,
  Story,
  Replayed,
  AuditTrails,
  BatchResult,
  Page,
  BulkRedelivery,
  ReviewLink,
  Reviews,
  Trigger,
  Verdict,
  Workflow,
} from "./shapes.ts";
import {
  callHeaders,
  json,
  queryOf,
  StockwardenError,
  strange,
  Transport,
  type CallOptions,
  type ClientOptions,
  type TriggerOptions,
} from "./transport.ts";

export class WorkflowCalls {
  /** Not part of the client's interface. */
  protected readonly service: Transport;

  constructor(options: ClientOptions) {
    this.service = new Transport(options);
  }

  /**
   * The same client for one call: what it sends carries the idempotency key, and ends with the signal. A call that the
   * service answers once for a key can so be repeated after any failure.
   */
  with(options: CallOptions): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this)), { service: this.service.with(options) });
  }

  /** The decision, or the workflow that waits for a person (`status: "awaiting_human_review"`). */
  trigger(trigger: Trigger, options: TriggerOptions = {}): Promise<Workflow> {
    return this.service.json("POST", "/inventory-trigger", {
      ...json(trigger),
      ...callHeaders(options),
      signal: options.signal,
    });
  }

  /** Up to 500 triggers; results come in their order, each as soon as all before it are known. */
  async *triggers(triggers: readonly Trigger[], options: TriggerOptions = {}): AsyncGenerator<BatchResult> {
    const body = triggers.map((trigger) => JSON.stringify(trigger)).join("\n");
    const response = await this.service.send("POST", "/inventory-triggers", {
      body,
      type: "application/x-ndjson",
      ...callHeaders(options),
      signal: options.signal,
    });
    let found = 0;
    for await (const line of linesOf(response.body!)) {
      found++;
      yield JSON.parse(line) as BatchResult;
    }
    if (found === triggers.length) return;
    const detail = `It ended after ${found} of ${triggers.length} results.`;
    throw new StockwardenError(strange(response.status, detail, "/inventory-triggers"), null);
  }

  workflow(workflowId: string): Promise<Workflow> {
    return this.service.json("GET", `/workflows/${encodeURIComponent(workflowId)}`);
  }

  /** What happened to a workflow, step by step. */
  story(workflowId: string): Promise<Story> {
    return this.service.json("GET", `/workflows/${encodeURIComponent(workflowId)}/story`);
  }

  /** A stored decision played again, perhaps with another model; changes nothing. */
  replay(workflowId: string, variant: { model?: string; prompt?: string } = {}): Promise<Replayed> {
    return this.service.json("POST", `/workflows/${encodeURIComponent(workflowId)}/replay`, json(variant));
  }

  /** Retries parked deliveries, and the webhook's whatever became of it. */
  redeliver(workflowId: string): Promise<z.output<typeof answers.RedeliveryAnswer>> {
    return this.service.json("POST", `/workflows/${encodeURIComponent(workflowId)}/redeliver`);
  }

  /** Retries all parked deliveries, a page of workflows per call. */
  redeliverParked(query: { readonly limit?: number; readonly cursor?: string } = {}): Promise<BulkRedelivery> {
    return this.service.json("POST", `/deliveries/redeliver${queryOf(query)}`);
  }

  reviews(query: Page<typeof schemas.ReviewsQuery> = {}): Promise<Reviews> {
    return this.service.json("GET", `/reviews${queryOf(query)}`);
  }

  /** Makes one reviewer's own link. */
  reviewLink(workflowId: string, reviewer: string): Promise<ReviewLink> {
    return this.service.json("POST", `/reviews/${encodeURIComponent(workflowId)}/link`, json({ reviewer }));
  }

  /** Gives reviewers more time. */
  extend(workflowId: string, seconds: number, reviewer?: string): Promise<Workflow> {
    return this.service.json("POST", `/reviews/${encodeURIComponent(workflowId)}/extend`, json({ seconds, reviewer }));
  }

  /** Takes an answer back before anything came of it outside; `asked_again` is the question that is open now. */
  takeBack(workflowId: string): Promise<Workflow & { readonly asked_again: string | null }> {
    return this.service.json("POST", `/reviews/${encodeURIComponent(workflowId)}/take-back`);
  }

  /** Sends an open question to a person by their own channel. */
  askPerson(workflowId: string, personId: string): Promise<{ asked: true }> {
    return this.service.json("POST", `/reviews/${encodeURIComponent(workflowId)}/ask`, json({ person_id: personId }));
  }

  decide(workflowId: string, verdict: Verdict): Promise<Workflow> {
    return this.service.json("POST", `/approve/${encodeURIComponent(workflowId)}`, json(verdict));
  }

  audit(workflowId: string): Promise<AuditTrail> {
    return this.service.json("GET", `/audit/${encodeURIComponent(workflowId)}`);
  }

  audits(query: { readonly limit?: number; readonly after?: string } = {}): Promise<AuditTrails> {
    return this.service.json("GET", `/audit${queryOf(query)}`);
  }
}

/** Whole lines; what follows the last line end was cut off. By a reader: not every browser can iterate a stream. */
async function* linesOf(body: ReadableStream<BufferSource>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (text + piece.value).split("\n");
      text = lines.pop() ?? "";
      yield* lines.filter((line) => line !== "");
    }
  } finally {
    // Whoever stops reading lets go of the connection; one that failed has let go already.
    await reader.cancel().catch(() => undefined);
  }
}
