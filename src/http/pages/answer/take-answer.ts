/**
 * An answer given on a page, from the form to what the page says next; the same for a link's holder and in the inbox.
 */
import type { Workflow } from "../../../workflow/types/workflow.ts";
import { settings, type AppContext } from "../../kit/context.ts";
import { findWorkflow } from "../../kit/find-workflow.ts";
import { noSuchWorkflow, objectOfWorkflow } from "../../kit/item-stubs.ts";
import { mayAnswer, type Reviewer } from "../../auth/reviewer.ts";
import { extendDeadline, takeVerdict, type Taken } from "../../kit/verdict/verdict-door.ts";
import { refusedReply, takenReply, type VerdictReply } from "../../kit/verdict/verdict-reply.ts";
import { formatsOf } from "../../../shared/formats.ts";
import { outcomeOf } from "../../../review/question-outcome.ts";
import type { Answer, Present } from "./form-answer.ts";
import { extensionLeft } from "../review-view.ts";

/** What a page shows beside the question: words above it, what was typed, what is wrong with that. */
export interface Shown {
  readonly typed: string | null;
  readonly comment: string;
  readonly notice: VerdictReply | null;
  /** Shown beside the quantity. */
  readonly error: string | null;
  readonly status: 200 | 403 | 409 | 422;
  /** This answer was taken, even if the question waits for a second person. */
  readonly isAnswered?: boolean;
  /** Set when the question had changed since the reader saw it. */
  readonly moved?: Workflow;
}

export interface Answering {
  readonly workflowId: string;
  /** The revision that was seen; null = unknown. */
  readonly revision: number | null;
  readonly reviewer: Reviewer;
}

/** The page when first opened, before any answer. */
export function untouched(typed: string | null, comment = ""): Shown {
  return { typed, comment, notice: null, error: null, status: 200 };
}

/** The question that the form answers; the door refuses one that is closed or has changed. */
export async function presentOf(c: AppContext, workflowId: string, revision: number | null): Promise<Present> {
  const workflow = await objectOfWorkflow(c, workflowId).read(workflowId);
  const isOpen = workflow !== null && outcomeOf(workflow, Date.now()) === null && workflow.revision === revision;
  return {
    asked: isOpen ? (workflow.recommendation?.quantity ?? 0) : null,
    formats: formatsOf(workflow?.shownAs ?? {}),
  };
}

/** The page again, with the typed values and why nothing was decided. */
export function lookAgain(typed: Shown, { title, text }: { readonly title: string; readonly text: string }): Shown {
  return { ...typed, notice: { tone: "amber", title, text }, status: 422 };
}

export function typedIn(form: URLSearchParams): Shown {
  return untouched(form.get("quantity"), form.get("comment") ?? undefined);
}

export async function takeAnswer(
  c: AppContext,
  answering: Answering,
  answer: Extract<Answer, { kind: "verdict" | "extend" }>,
  typed: Shown,
): Promise<Shown> {
  if (answer.kind === "extend") return putOff(c, answering, typed);
  const { workflowId, revision, reviewer } = answering;
  const taken = await takeVerdict(c, workflowId, reviewer, { ...answer.verdict, revision });
  return afterwards(taken, typed, (workflow) => ({
    ...untouched(null),
    notice: takenReply(workflow),
    isAnswered: true,
  }));
}

const PUT_OFF = {
  tone: "green",
  title: "The deadline was put off",
  text: "Everybody who was asked sees the new time.",
} as const;
const AS_LATE_AS_MAY_BE = {
  tone: "amber",
  title: "The deadline is as it was",
  text: "It cannot be put off any further.",
} as const;

/** Puts the deadline off by one step, if the question is still the one that was seen. */
async function putOff(c: AppContext, { workflowId, revision, reviewer }: Answering, typed: Shown): Promise<Shown> {
  const config = settings(c);
  if (!mayAnswer(config, reviewer)) return { ...typed, status: 403 };
  const present = await findWorkflow(c, workflowId);
  if (revision !== null && present.revision !== revision) {
    return {
      ...typed,
      notice: refusedReply({ workflow: present, refusal: { reason: "revision_changed" } }, Date.now()),
      status: 409,
    };
  }
  const extended = await extendDeadline(c, workflowId, reviewer, extensionLeft(present, config));
  const before = present.review?.expiresAt ?? 0;
  return afterwards(extended, typed, ({ review }) => ({
    ...typed,
    notice: (review?.expiresAt ?? 0) > before ? PUT_OFF : AS_LATE_AS_MAY_BE,
  }));
}

function afterwards(taken: Taken, typed: Shown, done: (workflow: Workflow) => Shown): Shown {
  switch (taken.kind) {
    case "taken":
      return done(taken.workflow);
    case "may_not":
      return { ...typed, status: 403 };
    case "unknown":
      throw noSuchWorkflow();
    case "refused": {
      const { workflow, refusal } = taken;
      const notice = refusedReply(taken, Date.now());
      if (refusal.reason === "quantity_not_allowed") return { ...typed, error: notice.text, status: 422 };
      return {
        ...typed,
        typed: null,
        notice,
        status: refusal.reason === "not_allowed" || refusal.reason === "same_person" ? 403 : 409,
        ...(refusal.reason === "revision_changed" ? { moved: workflow } : {}),
      };
    }
  }
}
