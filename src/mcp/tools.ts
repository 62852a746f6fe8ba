/**
 * The tools of `POST /mcp`. Each one asks the service over its own HTTP API with the caller's key, so that scopes,
 * stores, limits and validation are the API's. No tool approves, orders or changes what is stored, whatever a text
 * says.
 */
import * as z from "zod";
import { name } from "../api/fields.ts";
import { ReviewsQuery, WhatIfBody } from "../api/requests.ts";
import { TriggerBody } from "../api/trigger/trigger-request.ts";
import type { Scope } from "../api/scopes.ts";

export interface ApiAnswer {
  readonly status: number;
  /** Parsed JSON. */
  readonly body: unknown;
}

/** One request to the service's own API as the caller of the tool. */
export type AskApi = (method: "GET" | "POST", path: string, body?: unknown) => Promise<ApiAnswer>;

export interface Tool {
  readonly name: string;
  readonly scope: Scope;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  /** False where the call makes a decision or sends a message. */
  readonly readOnly: boolean;
  readonly run: (args: Record<string, unknown>, ask: AskApi) => Promise<ApiAnswer>;
}

/**
 * Types the arguments of `run` by the tool's own schema; the SDK has validated them and hands them on as they were
 * sent.
 */
function tool<Input extends z.ZodObject>(
  declared: Omit<Tool, "input" | "run"> & {
    readonly input: Input;
    readonly run: (args: z.input<Input>, ask: AskApi) => Promise<ApiAnswer>;
  },
): Tool {
  return { ...declared, run: (args, ask) => declared.run(args as z.input<Input>, ask) };
}

const workflowId = name.describe("The workflow_id of a decision");
const inStore = { product_id: name, store_id: name.default("main") };

export const TOOLS: readonly Tool[] = [
  tool({
    name: "decide",
    scope: "trigger",
    title: "Decide about one item",
    description:
      "Reports an item's present stock and returns the decision: restock with a quantity, or hold. " +
      "Below the confidence threshold the service asks its reviewers and answers awaiting_human_review.",
    input: z.strictObject(TriggerBody.shape),
    readOnly: false,
    run: (trigger, ask) => ask("POST", "/inventory-trigger", trigger),
  }),
  tool({
    name: "explain_decision",
    scope: "read",
    title: "Explain a decision",
    description: "The workflow with the numbers behind its decision, and its story step by step.",
    input: z.strictObject({ workflow_id: workflowId }),
    readOnly: true,
    run: async ({ workflow_id }, ask) => {
      const workflow = await ask("GET", `/workflows/${encodeURIComponent(workflow_id)}`);
      if (workflow.status !== 200) return workflow;
      const story = await ask("GET", `/workflows/${encodeURIComponent(workflow_id)}/story`);
      return { status: story.status, body: { workflow: workflow.body, story: story.body } };
    },
  }),
  tool({
    name: "list_reviews",
    scope: "read",
    title: "List questions for people",
    description: "Questions that wait for a person, or past ones by status; the earliest deadline first.",
    input: z.strictObject({
      status: ReviewsQuery.shape.status,
      store_id: name.optional(),
      cursor: z.string().max(512).optional(),
    }),
    readOnly: true,
    run: (asked, ask) => ask("GET", `/reviews?${queryOf(asked)}`),
  }),
  tool({
    name: "list_purchase_orders",
    scope: "read",
    title: "List purchase orders",
    description:
      "What is being ordered of each supplier: lines, value, cut-off and status; the earliest cut-off first. " +
      "A line is late where expected_on is past and received is less. What is on none of them: list_restocks.",
    input: z.strictObject({
      status: z.string().max(200).optional().describe("One, or several with commas: draft, awaiting_approval, sent …"),
      store_id: name.optional(),
      supplier_id: name.optional(),
      cursor: z.string().max(512).optional(),
    }),
    readOnly: true,
    run: (asked, ask) => ask("GET", `/purchase-orders?${queryOf(asked)}`),
  }),
  tool({
    name: "list_restocks",
    scope: "read",
    title: "List restocks on no purchase order",
    description:
      "Restocks of the last week that are on no purchase order and not here yet, newest first. placed null = a " +
      "person must still order it; else who placed it and when, and it is late where expected_on is past.",
    input: z.strictObject({ store_id: name.optional(), cursor: z.string().max(512).optional() }),
    readOnly: true,
    run: (asked, ask) => ask("GET", `/restocks?${queryOf(asked)}`),
  }),
  tool({
    name: "request_approval",
    scope: "review",
    title: "Ask a person to answer",
    description:
      "Sends an open question to one person of the roster by their own channel. Answers that they were asked, " +
      "never a link; only that person can answer.",
    input: z.strictObject({ workflow_id: workflowId, person_id: name }),
    readOnly: false,
    run: ({ workflow_id, person_id }, ask) =>
      ask("POST", `/reviews/${encodeURIComponent(workflow_id)}/ask`, { person_id }),
  }),
  tool({
    name: "what_if",
    scope: "read",
    title: "Suppose other numbers for an item",
    description:
      "What would be decided with another stock, unit cost, lead time, demand or arrival of what is on order, " +
      "beside what is decided as things are. Changes nothing, and asks nobody.",
    input: z.strictObject({ ...inStore, ...WhatIfBody.shape }),
    readOnly: true,
    run: async ({ product_id, store_id, ...supposed }, ask) => {
      const path = `/products/${encodeURIComponent(product_id)}`;
      const query = queryOf({ store_id });
      const answer = await ask("POST", `${path}/what-if?${query}`, supposed);
      if ((answer.body as { present?: unknown }).present !== null) return answer;
      // Never counted: a mistyped product would be answered by the plain rule.
      const item = await ask("GET", `${path}?${query}`);
      return item.status === 404 ? item : answer;
    },
  }),
  tool({
    name: "item_story",
    scope: "read",
    title: "An item and its past",
    description: "An item's settings, open orders, record of confidence against outcome, and last decisions.",
    input: z.strictObject(inStore),
    readOnly: true,
    run: ({ product_id, store_id }, ask) =>
      ask("GET", `/products/${encodeURIComponent(product_id)}?${queryOf({ store_id })}`),
  }),
];

function queryOf(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given).toString();
}
