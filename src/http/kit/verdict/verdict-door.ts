/**
 * The one door for verdicts and extensions. The API, the pages, bulk approval and Slack translate into it and out of it.
 * The door decides who may answer, asks the item, then the decision log, and names the refusal.
 */
import type { Settings } from "../../../config/settings.ts";
import { mayReview } from "../../../review/reviewers.ts";
import type { SlackUser } from "../../../review/slack/slack-interaction.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { Refusal } from "../../../workflow/record.ts";
import type { Actor, Verdict } from "../../../workflow/review.ts";
import type { Workflow } from "../../../workflow/types.ts";
import { lateRefusal, refusalOf } from "../../../workflow/refusals.ts";
import type { Principal } from "../../auth/principal.ts";
import { settings, type AppContext } from "../context.ts";
import { objectOfWorkflow } from "../item-stubs.ts";

/** Somebody who answers. */
export interface Reviewer {
  readonly actor: Actor;
  /** What others gave this person, and `REVIEWERS` may list; never what they call themselves. */
  readonly names: readonly string[];
  /** Their id in Slack, which `SLACK_ALLOWED_USERS` may list; null on every other channel. */
  readonly slackId: string | null;
}

export type Taken =
  | { readonly kind: "taken"; readonly workflow: Workflow }
  | { readonly kind: "refused"; readonly workflow: Workflow; readonly refusal: Refusal }
  /** Not on the list of reviewers. */
  | { readonly kind: "may_not" }
  /** Neither the item nor the log knows the workflow. */
  | { readonly kind: "unknown" };

/** The key distinguishes people; what they call themselves is a label. */
export function keyReviewer(principal: Principal, channel: "api" | "inbox", label: string | null = null): Reviewer {
  return {
    actor: { principal: `key:${principal.keyId}`, label: label ?? principal.name, channel },
    names: [principal.keyId, principal.name],
    slackId: null,
  };
}

export function linkReviewer(recipient: string): Reviewer {
  return {
    actor: { principal: `link:${recipient.toLowerCase()}`, label: recipient, channel: "link" },
    names: [recipient],
    slackId: null,
  };
}

export function slackReviewer({ id, principal, label }: SlackUser): Reviewer {
  return { actor: { principal, label, channel: "slack" }, names: [id, principal], slackId: id };
}

export function mayAnswer(config: Settings, { names, slackId }: Reviewer): boolean {
  const allowed = config.slack?.allowedUsers ?? null;
  if (slackId !== null && allowed !== null && !allowed.includes(slackId)) return false;
  return mayReview(config, names);
}

export async function takeVerdict(
  c: AppContext,
  workflowId: string,
  reviewer: Reviewer,
  given: Omit<Verdict, "actor">,
): Promise<Taken> {
  if (!mayAnswer(settings(c), reviewer)) return { kind: "may_not" };
  const verdict: Verdict = { ...given, actor: reviewer.actor };
  const answer = await objectOfWorkflow(c, workflowId).decide(workflowId, verdict);
  if (answer !== null) return asTaken(answer.workflow, answer.refusal);
  return closedLongAgo(c, workflowId, (workflow) => lateRefusal(workflow, verdict));
}

/** Puts the deadline off. */
export async function extendDeadline(
  c: AppContext,
  workflowId: string,
  reviewer: Reviewer,
  byMs: number,
): Promise<Taken> {
  if (!mayAnswer(settings(c), reviewer)) return { kind: "may_not" };
  const answer = await objectOfWorkflow(c, workflowId).extend(workflowId, byMs, reviewer.actor);
  if (answer !== null) return asTaken(answer.workflow, answer.refusal);
  return closedLongAgo(c, workflowId, refusalOf);
}

/** A workflow older than its item keeps is in the log, and no longer open. */
async function closedLongAgo(
  c: AppContext,
  workflowId: string,
  refusalFor: (workflow: Workflow) => Refusal | null,
): Promise<Taken> {
  const workflow = await storageOf(c.env).workflows.get(workflowId);
  return workflow === null ? { kind: "unknown" } : asTaken(workflow, refusalFor(workflow));
}

function asTaken(workflow: Workflow, refusal: Refusal | null): Taken {
  return refusal === null ? { kind: "taken", workflow } : { kind: "refused", workflow, refusal };
}
