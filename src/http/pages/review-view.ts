/** From a stored workflow and its item to what a review page shows. */
import type { ItemView } from "../../item/view.ts";
import type { EarlierDecision } from "../../ui/earlier-decisions.tsx";
import type { UsualFacts } from "../../ui/page-parts.tsx";
import type { AnswerForm } from "../../ui/review/answer-form.tsx";
import type { ReviewPageProps } from "../../ui/review/review-page.tsx";
import { roundOrder } from "../../replenishment/order/constraints.ts";
import { outcomeOf } from "../../review/question-outcome.ts";
import { questionOf, type Question } from "../../review/question.ts";
import { formatsOf } from "../../shared/formats.ts";
import { readQuantity } from "../../review/typed-quantity.ts";
import { singleLine } from "../../review/safe-text.ts";
import { violationText } from "../../review/wording.ts";
import type { Settings } from "../../config/settings.ts";
import { storageOf } from "../../storage/storage.ts";
import { describe } from "../../workflow/refusals.ts";
import { expiryOutcomeOf } from "../../workflow/asking/expiry-outcome.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { usualOrder } from "../../workflow/steps/route-review.ts";
import { median } from "../../shared/median.ts";
import { limitOf } from "./answer/answer-limit.ts";
import type { Reviewer } from "../auth/reviewer.ts";
import { countShown } from "../../workflow/asking/shelf.ts";
import { latestDeadline } from "../../workflow/asking/review-deadline.ts";
import type { AppContext } from "../kit/context.ts";
import { noSuchWorkflow, objectOfWorkflow } from "../kit/item-stubs.ts";
import { DAY_MS, HOUR_MS } from "../../shared/durations.ts";
import { decisionHref } from "../../ui/page-paths.ts";

/** One click extends the deadline by this, or by what the limit still allows. */
const EXTENSION_STEP_MS = HOUR_MS;
const EXPIRED_FOR_MS = 2 * DAY_MS;
const LABEL_MAX_LENGTH = 128;

export interface LoadedReview {
  readonly workflow: Workflow;
  readonly question: Question;
  /** The quantity that was typed, as the store writes numbers; null = none. */
  readonly tried: number | null;
  /** Null for a workflow that only the decision log still holds. */
  readonly view: ItemView | null;
  /** The item's current question, when it is a different one. */
  readonly present: Workflow | null;
}

/** From the item, else from the log. A workflow that never asked anybody has no page. */
export async function loadReview(
  c: AppContext,
  workflowId: string,
  typed: string | null,
  settings: Settings,
): Promise<LoadedReview> {
  const object = objectOfWorkflow(c, workflowId);
  const manner = typed === null || typed.trim() === "" ? null : ((await object.read(workflowId))?.shownAs ?? {});
  const tried = manner === null ? null : readQuantity(typed, formatsOf(manner));
  const view = await object.view(workflowId, { quantity: tried });
  const workflow = view?.workflow?.id === workflowId ? view.workflow : await storageOf(c.env).workflows.get(workflowId);
  const question = workflow === null ? null : questionOf(workflow, expiryOutcomeOf(workflow, settings.review));
  if (workflow === null || question === null) throw noSuchWorkflow();
  const present = view?.openQuestion?.id === workflowId ? null : (view?.openQuestion ?? null);
  return { workflow, question, tried, present, view: view?.workflow?.id === workflowId ? view : null };
}

/** Everything on the page except the form and the notice, which depend on the reader. `by`: what lets them in. */
export function reviewProps(
  { workflow, question, view, present }: LoadedReview,
  settings: Settings,
  now: number,
  by: "session" | "link",
): Pick<ReviewPageProps, "question" | "outcome" | "chart" | "usual" | "earlier" | "newer" | "now"> {
  const outcome = outcomeOf(workflow, now);
  const before = (view?.latest ?? []).filter((other) => other.id !== workflow.id);
  return {
    question,
    outcome,
    chart: outcome === null ? (view?.chart ?? null) : null,
    usual: usualOf(before),
    earlier: earlierOf(before, by),
    newer: outcome === null || present === null ? null : questionOf(present, expiryOutcomeOf(present, settings.review)),
    now,
  };
}

/** By how much this question's deadline may still be put off with one click; 0 = not at all. */
export function extensionLeft({ review, snapshot }: Workflow, settings: Settings): number {
  if (review === null || settings.review.extensionMs === 0) return 0;
  // The item knows its store's hours, and may put it off further than this says.
  return Math.min(EXTENSION_STEP_MS, latestDeadline({ review, snapshot }, settings.review, null) - review.expiresAt);
}

/** True for a short time after nobody answered, and nothing was ordered: a person can have it worked out again. */
export function isExpiredUnordered({ review, decision, recommendation }: Workflow, now: number): boolean {
  return (
    review?.status === "expired" &&
    (review.decidedAt ?? 0) > now - EXPIRED_FOR_MS &&
    recommendation?.action === "restock" &&
    (decision?.quantity ?? 0) <= 0
  );
}

/** What taking an answer back does, beside its button. */
export function takeBackSays({ decision }: Workflow): string {
  const isOrdered = (decision?.quantity ?? 0) > 0;
  const first = isOrdered ? "The order is not sent yet. " : "";
  return `${first}You are asked again, and nothing is ordered before you answer.`;
}

/** The form as this reader sees it. */
export function answerFormOf(
  { workflow, question, view, tried }: LoadedReview,
  shown: { readonly typed: string | null; readonly comment: string; readonly error: string | null },
  config: Settings,
  { reviewer, ...answerer }: Pick<AnswerForm, "action" | "csrf" | "as"> & { readonly reviewer: Reviewer | null },
): AnswerForm {
  const approvals = workflow.review?.approvals ?? [];
  return {
    ...answerer,
    approved: approvals.find((given) => given.actor.principal === reviewer?.actor.principal)?.quantity ?? null,
    limit: reviewer === null ? null : limitOf(workflow, tried ?? question.quantity, reviewer.limits),
    quantity: shown.typed ?? (question.quantity > 0 ? formatsOf(question.shownAs).quantity(question.quantity) : ""),
    tried: tried === question.quantity ? null : tried,
    comment: shown.comment,
    quantityError:
      shown.error ??
      refusedText(workflow, view, tried ?? 0) ??
      (shown.typed !== null && shown.typed.trim() !== "" && tried === null ? "Type a quantity in digits." : null),
    extendMs: extensionLeft(workflow, config),
  };
}

/** Why the typed quantity cannot be ordered, and which can; null where it can. */
function refusedText({ snapshot, shownAs }: Workflow, view: ItemView | null, tried: number): string | null {
  if (view?.violation == null || view.stock === null) return null;
  const formats = formatsOf(shownAs ?? {});
  const { quantity } = roundOrder(tried, snapshot.constraints, view.stock.position);
  const instead = quantity > 0 ? ` ${formats.quantity(quantity)} can be ordered.` : "";
  return `${violationText(describe(view.violation), formats)}${instead}`;
}

/** For a reader who is signed in, each decision leads to its story. */
export function earlierOf(latest: readonly Workflow[], by: "session" | "link"): EarlierDecision[] {
  return latest
    .filter(
      (workflow) =>
        workflow.decision !== null &&
        workflow.status !== "superseded" &&
        workflow.status !== "running" &&
        workflow.status !== "awaiting_human_review",
    )
    .map((workflow) => ({
      at: workflow.review?.decidedAt ?? workflow.createdAt,
      ordered: workflow.decision!.quantity,
      confidence: isOfPeople(workflow) ? null : workflow.decision!.confidence,
      onHand: countShown(workflow.snapshot),
      how: howDecided(workflow),
      isExpired: workflow.status === "expired",
      href: by === "session" ? decisionHref(workflow.id) : null,
    }));
}

/** A No, and an answer that nobody gave, have no confidence. */
function isOfPeople({ status }: Workflow): boolean {
  return status === "expired" || status === "rejected";
}

export function usualOf(latest: readonly Workflow[]): UsualFacts {
  return {
    onHand: median(latest.map((workflow) => workflow.snapshot.onHand)),
    order: usualOrder(
      latest
        .filter(({ status, decision }) => status === "completed" && (decision?.quantity ?? 0) > 0)
        .map(({ decision }) => decision!.quantity),
    ),
  };
}

function howDecided({ review, decision }: Workflow): string {
  if (review === null)
    return {
      plan: "the plan",
      llm: "the language model",
      fallback: decision!.evidence.meanDemandPerDay === null ? "the plain rule" : "the plan",
      human: "an earlier No",
      expiry: "the deadline",
    }[decision!.decidedBy];
  if (review.status === "expired") return "nobody answered";
  return `${review.status} by ${singleLine(review.decidedBy ?? "someone", LABEL_MAX_LENGTH)}`;
}
