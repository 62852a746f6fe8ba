/**
 * The six steps as the peers run them: the same pure functions that Stockwarden's item calls, so that a peer answers
 * the same decision and what differs is the machinery around them. The next step needs only what the last one returned;
 * demand is held in the peer's memory, which favours it.
 */
import { toTrigger } from "../../src/api/from-wire.ts";
import { TriggerBody } from "../../src/api/trigger/trigger-request.ts";
import { UNKNOWN_WORLD } from "../../src/world/types.ts";
import { workflowToWire } from "../../src/api/to-wire.ts";
import { parseSettings } from "../../src/config/settings.ts";
import { assess as assessFacts } from "../../src/workflow/steps/assess.ts";
import type { Assessment } from "../../src/workflow/assessment.ts";
import type { Facts, ItemInputs } from "../../src/workflow/facts.ts";
import { transition } from "../../src/workflow/transition.ts";
import type { ReviewPolicy } from "../../src/workflow/review.ts";
import type { Workflow } from "../../src/workflow/types/workflow.ts";
import { BENCH_SETTINGS } from "../serving/bench-settings.ts";
import { historyOf, itemIndex } from "./workload.ts";

export interface Received {
  readonly id: string;
  readonly seq: number;
  readonly body: unknown;
  readonly now: number;
}

export type LeanAssessment = Omit<Assessment, "input" | "plan">;

const policy = reviewPolicy();
const known = new Map<string, ItemInputs>();

export function validate(received: Received): Workflow {
  const body = TriggerBody.parse(received.body);
  const arrival = {
    id: received.id,
    seq: received.seq,
    storeId: body.store_id,
    productId: body.product_id,
    trigger: toTrigger(body),
    requestId: null,
    sender: { principal: "key:bench", label: "bench" },
    origin: "http://localhost",
  };
  return transition(
    null,
    { type: "received", arrival, terms: {}, world: UNKNOWN_WORLD, openQuestion: null },
    received.now,
  ).workflow;
}

/** Returns the version of the inputs: the inputs themselves stay in memory. */
export function forecast(workflow: Workflow): string {
  return inputsOf(workflow).version;
}

export function assess(workflow: Workflow, now: number): { workflow: Workflow; assessment: LeanAssessment } {
  const startedAt = performance.now();
  const assessment = assessFacts(workflow.snapshot, factsOf(workflow), now);
  const assessed = { type: "assessed", assessment, forecastMs: 0, assessMs: performance.now() - startedAt } as const;
  const { input: _input, plan: _plan, ...lean } = assessment;
  return { workflow: transition(workflow, assessed, now).workflow, assessment: lean };
}

/** No adviser is configured: the baseline is kept. */
export function reason(workflow: Workflow): Workflow {
  return workflow;
}

export function review(workflow: Workflow, assessment: LeanAssessment, now: number): Workflow {
  return transition(
    workflow,
    {
      type: "reasoned",
      facts: factsOf(workflow),
      assessment: { ...assessment, input: null, plan: null },
      outcome: { kind: "none" },
      openQuestion: null,
      track: null,
      latencyMs: 0,
      elapsed: () => performance.now(),
    },
    now,
  ).workflow;
}

/** The record as it is kept. */
export function act(workflow: Workflow): Workflow {
  return workflow;
}

export function answerOf(workflow: Workflow) {
  return workflowToWire(workflow);
}

function factsOf(workflow: Workflow): Facts {
  return {
    inputs: inputsOf(workflow),
    openOrders: [],
    world: UNKNOWN_WORLD,
    leadTimes: [],
    outages: [],
    receivedSince: 0,
    receivedOrders: [],
    recentOrders: [],
    policy,
  };
}

function inputsOf(workflow: Workflow): ItemInputs {
  const cached = known.get(workflow.productId);
  if (cached !== undefined) return cached;
  const history = historyOf(itemIndex(workflow.productId), workflow.createdAt);
  const inputs: ItemInputs = { terms: {}, history, forecast: null, unavailable: false, version: "0" };
  known.set(workflow.productId, inputs);
  return inputs;
}

function reviewPolicy(): ReviewPolicy {
  const parsed = parseSettings(BENCH_SETTINGS);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => problem.setting).join(", "));
  return parsed.settings.review;
}
