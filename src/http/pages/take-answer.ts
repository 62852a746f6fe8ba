/** An answer given on a page, from the form to what the page says next; the same for a link's holder and in the inbox. */
import type { Actor } from "../../workflow/review.ts";
import type { Workflow } from "../../workflow/types.ts";
import { refusedNotice, takenNotice, type Answer, type Notice } from "../kit/answer.ts";
import { noSuchWorkflow, objectOfWorkflow, settings, type AppContext } from "../kit/context.ts";
import { extensionLeft } from "./review-view.ts";

/** What a page shows beside the question: words above it, what was typed, what is wrong with that. */
export interface Shown {
  readonly typed: string | null;
  readonly comment: string;
  readonly notice: Notice | null;
  /** Stands beside the quantity. */
  readonly error: string | null;
  readonly status: 200 | 403 | 409 | 422;
  /** Set when the answer met another question than the one that was seen. */
  readonly moved?: Workflow;
}

export interface Answering {
  readonly workflowId: string;
  /** The revision that was seen; null = not said. */
  readonly revision: number | null;
  readonly actor: Actor;
}

/** The page as it is opened, with nothing answered yet. */
export function untouched(typed: string | null): Shown {
  return { typed, comment: "", notice: null, error: null, status: 200 };
}

export function typedIn(form: URLSearchParams): Shown {
  return { ...untouched(form.get("quantity")), comment: form.get("comment") ?? "" };
}

export async function takeAnswer(
  c: AppContext,
  { workflowId, revision, actor }: Answering,
  answer: Extract<Answer, { kind: "verdict" | "extend" }>,
  typed: Shown,
): Promise<Shown> {
  if (answer.kind === "extend") return putOff(c, { workflowId, revision, actor }, typed);
  const taken = await objectOfWorkflow(c, workflowId).decide(workflowId, { ...answer.verdict, revision, actor });
  // Older than its item keeps: long decided, and the page says what became of it.
  if (taken === null) return { ...typed, status: 409 };
  const { workflow, refusal } = taken;
  if (refusal === null) return { ...untouched(null), notice: takenNotice(workflow) };
  if (refusal.reason === "quantity_not_allowed") return { ...typed, error: `It ${refusal.message}.`, status: 422 };
  return {
    ...typed,
    typed: null,
    notice: refusedNotice(workflow, refusal, Date.now()),
    status: 409,
    ...(refusal.reason === "revision_changed" ? { moved: workflow } : {}),
  };
}

async function putOff(c: AppContext, { workflowId, revision, actor }: Answering, typed: Shown): Promise<Shown> {
  const stub = objectOfWorkflow(c, workflowId);
  const present = await stub.read(workflowId);
  if (present === null) throw noSuchWorkflow();
  if (revision !== null && present.revision !== revision) {
    return { ...typed, notice: refusedNotice(present, { reason: "revision_changed" }, Date.now()), status: 409 };
  }
  const extended = await stub.extend(workflowId, extensionLeft(present, settings(c)), actor);
  if (extended === null) throw noSuchWorkflow();
  if (extended.refusal !== null)
    return { ...typed, notice: refusedNotice(extended.workflow, extended.refusal, Date.now()), status: 409 };
  return {
    ...typed,
    notice: { tone: "green", title: "The deadline was put off", text: "Everybody who was asked sees the new time." },
  };
}
