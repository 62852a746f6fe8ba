/** Triggers come in, decisions go out, and what is known of a workflow afterwards. */
import * as z from "zod";
import {
  AuditAnswer,
  BatchAnswer,
  BatchResultAnswer,
  RedeliveryAnswer,
  ReplayAnswer,
  StoryAnswer,
  TrailsAnswer,
  WorkflowAnswer,
} from "../../api/responses.ts";
import { getAudit, getAuditTrails, TrailsQuery } from "./audit.ts";
import { postTriggers } from "./batch.ts";
import { postRedelivery } from "./redeliveries.ts";
import { postReplay, ReplayBody } from "./replay.ts";
import { BatchBody, MOST_TRIGGERS, TriggerBody, TriggerHeaders } from "../../api/requests.ts";
import { getStory } from "./story.ts";
import { postTrigger } from "./triggers.ts";
import { getWorkflow } from "./workflows.ts";
import { json, type Route } from "../kit/route.ts";

export const DECISION_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/inventory-trigger",
    scope: "trigger",
    handle: postTrigger,
    docs: {
      summary: "Decide about one item",
      group: "decisions",
      headers: TriggerHeaders,
      body: json(TriggerBody),
      answers: {
        200: { says: "Decided", content: json(WorkflowAnswer) },
        202: {
          says: "Waits for a person or is still running; Location names the workflow",
          content: json(WorkflowAnswer),
        },
      },
      problems: ["idempotency_in_progress", "idempotency_mismatch"],
    },
  },
  {
    method: "POST",
    path: "/inventory-triggers",
    scope: "trigger",
    handle: postTriggers,
    docs: {
      summary: "Decide about up to 500 items, each on its own",
      group: "decisions",
      headers: TriggerHeaders,
      body: {
        "application/json": BatchBody.extend({ triggers: z.array(TriggerBody).min(1).max(MOST_TRIGGERS) }),
        "application/x-ndjson": TriggerBody,
      },
      answers: {
        200: {
          says: "A result for every trigger; for NDJSON a line as soon as it is known",
          content: { "application/json": BatchAnswer, "application/x-ndjson": BatchResultAnswer },
        },
      },
    },
  },
  {
    method: "GET",
    path: "/workflows/:workflow_id",
    scope: "read",
    handle: getWorkflow,
    docs: {
      summary: "A workflow as it stands now",
      group: "decisions",
      answers: { 200: { says: "The workflow", content: json(WorkflowAnswer) } },
      problems: ["not_found"],
    },
  },
  {
    method: "GET",
    path: "/workflows/:workflow_id/story",
    scope: "read",
    handle: getStory,
    docs: {
      summary: "What happened, step by step",
      group: "decisions",
      answers: {
        200: {
          says: "The story, as JSON or as text for a terminal",
          content: { "application/json": StoryAnswer, "text/plain": null },
        },
      },
      problems: ["not_found"],
    },
  },
  {
    method: "POST",
    path: "/workflows/:workflow_id/replay",
    scope: "read",
    handle: postReplay,
    docs: {
      summary: "Play a stored decision again, perhaps with another model; changes nothing",
      group: "decisions",
      body: json(ReplayBody),
      bodyOptional: true,
      answers: { 200: { says: "Both outcomes and how they differ", content: json(ReplayAnswer) } },
      problems: ["not_found", "not_decided"],
    },
  },
  {
    method: "POST",
    path: "/workflows/:workflow_id/redeliver",
    scope: "admin",
    handle: postRedelivery,
    docs: {
      summary: "Try given-up deliveries again",
      group: "decisions",
      answers: { 202: { says: "They are due now", content: json(RedeliveryAnswer) } },
      problems: ["not_found"],
    },
  },
  {
    method: "GET",
    path: "/audit",
    scope: "read",
    handle: getAuditTrails,
    docs: {
      summary: "Audit trails of all workflows, in pages",
      group: "decisions",
      query: TrailsQuery,
      answers: { 200: { says: "A page of trails", content: json(TrailsAnswer) } },
    },
  },
  {
    method: "GET",
    path: "/audit/:workflow_id",
    scope: "read",
    handle: getAudit,
    docs: {
      summary: "The audit trail of a workflow",
      group: "decisions",
      answers: { 200: { says: "The trail", content: json(AuditAnswer) } },
      problems: ["not_found"],
    },
  },
];
