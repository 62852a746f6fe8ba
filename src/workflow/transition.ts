/**
 * The workflow as a pure state machine: what an event does to a workflow, without doing any of it.
 *
 *   received ─▶ running ──reasoned──▶ completed                  (sure enough, or the plain rule's hold)
 *                  │    ──reasoned──▶ awaiting_human_review ──verdict──▶ completed | rejected
 *                  │                       └──deadline──▶ expired
 *                  │    ──reasoned──▶ superseded                 (it only repeats the open question)
 *                  └──overtaken──▶ superseded                    (as may a workflow that awaits review)
 *
 * A running workflow is queued while an adviser is busy, then assessed, and journaled before an adviser is called and
 * when it has answered. No event leaves a terminal state: an answer that is taken back stays on record, and another
 * workflow asks about the item again. `now` is epoch ms; durations come from the caller's clock.
 */
import type { AdviceRecord } from "./advice/advice.ts";
import type { Assessment } from "./assessment.ts";
import { outcomeNotice, supersede } from "./steps/ending.ts";
import { expire, type ExpiryFacts } from "./steps/expire.ts";
import type { Facts } from "./facts.ts";
import type { ItemTerms } from "./item-terms.ts";
import { reason, type Reasoned } from "./steps/reason.ts";
import { receive, type Arrival } from "./steps/receive.ts";
import { recommend } from "./steps/recommend.ts";
import { audited, changed, done, touch, unchanged, withNode, type Transition } from "./record.ts";
import type { WorldSlice } from "../world/types.ts";
import type { Actor, Verdict, ReviewerLimits } from "./review.ts";
import { escalate, extend, remind } from "./asking/review-deadline.ts";
import type { TrackRecord } from "./confidence/track-record.ts";
import { takeBack, type TakingBack } from "./steps/take-back.ts";
import { TERMINAL, type Workflow } from "./types/workflow.ts";
import { decide } from "./steps/verdict.ts";

export interface Received {
  readonly type: "received";
  readonly arrival: Arrival;
  readonly terms: ItemTerms;
  readonly world: WorldSlice;
  /** The item's open question; a newer count must not loosen its guards. */
  readonly openQuestion: Workflow | null;
}

export type WorkflowEvent =
  /** Another workflow of the item is with the adviser: this one waits, and must not be lost. */
  | { readonly type: "queued" }
  | {
      readonly type: "assessed";
      readonly assessment: Assessment;
      readonly forecastMs: number;
      readonly assessMs: number;
    }
  /** From here on a crash must not lose the trigger. */
  | { readonly type: "adviser_called"; readonly model: string }
  /** From here on a crash must not pay for the answer twice. */
  | { readonly type: "adviser_answered"; readonly record: AdviceRecord }
  | {
      readonly type: "reasoned";
      readonly facts: Facts;
      readonly assessment: Assessment;
      readonly outcome: Reasoned;
      readonly openQuestion: Workflow | null;
      readonly track: TrackRecord | null;
      readonly latencyMs: number;
      readonly elapsed: () => number;
    }
  | { readonly type: "verdict"; readonly verdict: Verdict; readonly facts: Facts }
  | { readonly type: "deadline"; readonly facts: ExpiryFacts }
  | { readonly type: "reminder_due" }
  | { readonly type: "escalation_due" }
  | {
      readonly type: "extended";
      readonly byMs: number;
      readonly actor: Actor;
      readonly limits?: ReviewerLimits;
      readonly facts: Facts;
    }
  | ({ readonly type: "taken_back" } & TakingBack)
  | { readonly type: "overtaken"; readonly by: string };

/** People's requests to a finished workflow get an answer, even if only a refusal with its reason. */
const ANSWERED_WHEN_OVER: ReadonlySet<WorkflowEvent["type"]> = new Set(["verdict", "extended", "taken_back"]);

/** A workflow begins when its trigger is received, so that event has no earlier record. */
export function transition(workflow: null, event: Received, now: number): Transition;
export function transition(workflow: Workflow, event: WorkflowEvent, now: number): Transition;
export function transition(workflow: Workflow | null, event: Received | WorkflowEvent, now: number): Transition {
  if (event.type === "received") {
    const { arrival, terms, world, openQuestion } = event;
    return changed(receive(arrival, terms, world, openQuestion?.snapshot ?? null, now));
  }
  if (workflow === null) throw new Error(`a workflow that was not received cannot be ${event.type}`);
  if (TERMINAL.has(workflow.status) && !ANSWERED_WHEN_OVER.has(event.type)) return unchanged(workflow);
  switch (event.type) {
    case "queued":
      return changed(touch(workflow, {}, now));
    case "assessed":
      return changed({ ...workflow, nodes: assessedNodes(workflow, event) });
    case "adviser_called":
      return changed(
        touch(
          workflow,
          {
            nodes: withNode(workflow.nodes, { node: "reason", status: "running", durationMs: 0 }),
            audit: audited(workflow, { at: now, event: "adviser_called", actor: "stockwarden", detail: event.model }),
          },
          now,
        ),
      );
    case "adviser_answered":
      return changed(answered(workflow, event.record, now));
    case "reasoned": {
      if (workflow.status !== "running") return unchanged(workflow);
      const { outcome, assessment, facts, openQuestion, track, latencyMs, elapsed } = event;
      const reasoned = reason(workflow, outcome, assessment, facts);
      return recommend({ ...reasoned, assessment, facts, openQuestion, track, latencyMs, elapsed }, now);
    }
    case "verdict":
      return decide(workflow, event.verdict, event.facts, now);
    case "deadline":
      return expire(workflow, event.facts, now);
    case "reminder_due":
      return remind(workflow, now);
    case "escalation_due":
      return escalate(workflow, now);
    case "extended":
      return extend(workflow, event, event.facts, now);
    case "taken_back":
      return takeBack(workflow, event, now);
    case "overtaken": {
      const superseded = supersede(workflow, event.by, now);
      return changed(superseded, { notices: workflow.review === null ? [] : [outcomeNotice(superseded)] });
    }
  }
}

/** Nodes 2 and 3. The assessment itself is not stored: it is made again from the facts when needed. */
function assessedNodes(workflow: Workflow, event: Extract<WorkflowEvent, { type: "assessed" }>) {
  const { decision, forecastNote } = event.assessment;
  return withNode(
    withNode(workflow.nodes, done("forecast", event.forecastMs, forecastNote)),
    done("assess", event.assessMs, ["baseline:", decision.action, decision.quantity].join(" ")),
  );
}

function answered(workflow: Workflow, record: AdviceRecord, now: number): Workflow {
  const detail = `${record.outcome}, ${record.attempts} attempts`;
  return touch(
    workflow,
    { advice: record, audit: audited(workflow, { at: now, event: "adviser_answered", actor: record.model, detail }) },
    now,
  );
}
