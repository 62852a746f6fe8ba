/** The wire contract as the scripts use it: a thin client over HTTP, and the shapes that are read from answers. */
import { z } from "zod";
import { StartupProblem } from "./lib/command/startup-problem.ts";

const Action = z.enum(["restock", "hold"]);

const DecisionShape = z.looseObject({
  recommended_action: Action,
  recommended_quantity: z.number(),
  confidence_score: z.number(),
  decided_by: z.string(),
  fallback: z.boolean(),
  evidence: z
    .looseObject({ inventory_position: z.number().nullish(), mean_demand_per_day: z.number().nullish() })
    .nullish(),
});

const WorkflowShape = z.looseObject({
  workflow_id: z.string(),
  product_id: z.string(),
  store_id: z.string(),
  status: z.enum(["running", "awaiting_human_review", "completed", "rejected", "expired", "superseded"]),
  superseded_by: z.string().nullish(),
  revision: z.number(),
  decision: DecisionShape.nullish(),
  review: z.looseObject({ status: z.string(), reason: z.string(), expires_at: z.string() }).nullish(),
});

const ProductShape = z.looseObject({
  open_orders: z.array(z.looseObject({ quantity: z.number(), workflow_id: z.string() })),
});

const QuestionShape = z.looseObject({
  workflow_id: z.string(),
  product_id: z.string(),
  revision: z.number(),
  reason: z.string(),
  recommendation: z.looseObject({ action: Action, quantity: z.number(), confidence: z.number() }),
});

export type Decision = z.output<typeof DecisionShape>;
export type Workflow = z.output<typeof WorkflowShape>;
/** An open review: what a person is asked. */
export type Question = z.output<typeof QuestionShape>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON, otherwise the text. */
  readonly body: unknown;
}

export interface SendOptions {
  readonly json?: unknown;
  readonly csv?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Item {
  readonly storeId: string;
  readonly productId: string;
}

/** Longer than any `Prefer: wait`: an answer that takes this long is a fault. */
const ANSWER_WITHIN_MS = 60_000;

export class ApiClient {
  readonly url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.url = url.replace(/\/+$/u, "");
    this.#key = key;
  }

  async send(method: string, path: string, { json, csv, headers }: SendOptions = {}): Promise<Answer> {
    const type = csv === undefined ? "application/json" : "text/csv";
    const body = csv ?? (json === undefined ? null : JSON.stringify(json));
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.#key}`, ...(body === null ? {} : { "content-type": type }), ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch((error: Error) => {
      throw new StartupProblem(
        `${this.url} does not answer: ${error.cause instanceof Error ? error.cause.message : error.message}.`,
      );
    });
    const text = await response.text();
    const isJson = /[/+]json/u.test(response.headers.get("content-type") ?? "");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  /** As `send`, but an answer outside `statuses` is a fault of this run. */
  async expect(statuses: readonly number[], method: string, path: string, options: SendOptions = {}): Promise<Answer> {
    const answer = await this.send(method, path, options);
    if (!statuses.includes(answer.status)) {
      const said = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
      throw new Error(
        `${method} ${path} answered ${answer.status} instead of ${statuses.join(" or ")}: ${said.slice(0, 600)}`,
      );
    }
    return answer;
  }

  async putSettings(item: Item, settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.expect([200, 201], "PUT", itemPath("products", item), { json: settings });
  }

  async putHistory(item: Item, csv: string): Promise<void> {
    await this.expect([200, 201], "PUT", itemPath("history", item), { csv });
  }

  async putForecast(item: Item, csv: string): Promise<void> {
    await this.expect([200, 201], "PUT", itemPath("forecasts", item), { csv });
  }

  async receive(item: Item, quantity: number, reference: string): Promise<void> {
    await this.expect([200, 201], "POST", itemPath("products", item, "/receipts"), { json: { quantity, reference } });
  }

  async openOrders(item: Item): Promise<{ readonly quantity: number; readonly workflow_id: string }[]> {
    const answer = await this.expect([200], "GET", itemPath("products", item));
    return ProductShape.parse(answer.body).open_orders;
  }

  async trigger(trigger: Readonly<Record<string, unknown>>, idempotencyKey: string): Promise<Workflow> {
    const answer = await this.expect([200, 202], "POST", "/inventory-trigger", {
      json: trigger,
      headers: { "idempotency-key": idempotencyKey },
    });
    return WorkflowShape.parse(answer.body);
  }

  async workflow(workflowId: string): Promise<Workflow> {
    const answer = await this.expect([200], "GET", `/workflows/${encodeURIComponent(workflowId)}`);
    return WorkflowShape.parse(answer.body);
  }

  /** 200 is the decided workflow; 409 means that somebody or something was faster. */
  async decide(workflowId: string, verdict: Readonly<Record<string, unknown>>): Promise<Workflow | "conflict"> {
    const path = `/approve/${encodeURIComponent(workflowId)}`;
    const answer = await this.expect([200, 409], "POST", path, { json: verdict });
    return answer.status === 200 ? WorkflowShape.parse(answer.body) : "conflict";
  }

  async pendingReviews(limit = 50): Promise<Question[]> {
    const answer = await this.expect([200], "GET", `/reviews?status=pending&limit=${limit}`);
    return z.looseObject({ reviews: z.array(QuestionShape) }).parse(answer.body).reviews;
  }

  /** As `pendingReviews`, but of a workflow at hand: the list follows the items a moment later. */
  questionOf(workflow: Workflow): Question {
    return QuestionShape.parse({ ...workflow, reason: workflow.review?.reason });
  }

  /** The link for one reviewer, or null where the server has no such page. */
  async reviewLink(workflowId: string, reviewer: string): Promise<string | null> {
    const answer = await this.send("POST", `/reviews/${encodeURIComponent(workflowId)}/link`, { json: { reviewer } });
    return answer.status === 201 ? z.looseObject({ url: z.string() }).parse(answer.body).url : null;
  }

  /** Also true of a page that first wants its visitor to sign in. */
  async hasPage(path: string): Promise<boolean> {
    const { status, headers } = await this.send("GET", path, { headers: { accept: "text/html" } });
    return [200, 401].includes(status) && (headers.get("content-type") ?? "").startsWith("text/html");
  }
}

function itemPath(resource: string, { storeId, productId }: Item, below = ""): string {
  return `/${resource}/${encodeURIComponent(productId)}${below}?store_id=${encodeURIComponent(storeId)}`;
}
