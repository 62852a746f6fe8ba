/** An answer typed or clicked on a page: from form fields to a verdict, and from what became of it to words. */
import type { Refusal } from "../../workflow/record.ts";
import type { Actor, Verdict } from "../../workflow/review.ts";
import type { Workflow } from "../../workflow/types.ts";
import { outcomeOf, byWhom } from "../../review/outcome.ts";
import { quantityText, timeText } from "../../review/wording.ts";

export type Answer =
  | { readonly kind: "verdict"; readonly verdict: Omit<Verdict, "revision" | "actor"> }
  | { readonly kind: "preview" }
  | { readonly kind: "extend" }
  | { readonly kind: "bad_quantity"; readonly message: string }
  /** No button was clicked: a script submitted the form, or Enter did in a browser of its own mind. */
  | { readonly kind: "no_click" };

const COMMENT_MAX_LENGTH = 500;

export function answerOf(form: URLSearchParams): Answer {
  const comment = (form.get("comment") ?? "").trim().slice(0, COMMENT_MAX_LENGTH) || null;
  switch (form.get("decision")) {
    case "approve":
      return { kind: "verdict", verdict: { kind: "approve", quantity: null, comment } };
    case "reject":
      return { kind: "verdict", verdict: { kind: "reject", quantity: null, comment } };
    case "modify": {
      const quantity = quantityOf(form.get("quantity"));
      if (quantity === null) return { kind: "bad_quantity", message: "Type a quantity in digits, such as 90." };
      return { kind: "verdict", verdict: { kind: "modify", quantity, comment } };
    }
    case "preview":
      return { kind: "preview" };
    case "extend":
      return { kind: "extend" };
    default:
      return { kind: "no_click" };
  }
}

/** What was typed, with a comma or spaces as people write them; null when it is no number. */
export function quantityOf(text: string | null): number | null {
  const plain = (text ?? "")
    .trim()
    .replaceAll(/[\s_]/g, "")
    .replace(/,(?=\d{3}\b)/g, "")
    .replace(",", ".");
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  const quantity = Number(plain);
  return Number.isFinite(quantity) ? quantity : null;
}

export interface Notice {
  readonly tone: "green" | "amber" | "red";
  readonly title: string;
  readonly text: string;
}

/** What to say above the page after a verdict was taken. */
export function takenNotice(workflow: Workflow): Notice {
  const { review } = workflow;
  if (workflow.status === "awaiting_human_review" && review !== null) {
    return {
      tone: "green",
      title: "Thank you, recorded",
      text: `${review.approvals.length} of ${review.approvalsNeeded} approvals are given; one more person is needed.`,
    };
  }
  const quantity = workflow.decision?.quantity ?? 0;
  return {
    tone: "green",
    title: "Thank you, recorded",
    text: quantity > 0 ? `${quantityText(quantity)} will be ordered.` : "Nothing will be ordered.",
  };
}

/** What to say when it was not. */
export function refusedNotice(workflow: Workflow, refusal: Refusal, now: number): Notice {
  const outcome = outcomeOf(workflow, now);
  switch (refusal.reason) {
    case "already_decided":
      return {
        tone: "amber",
        title: "Somebody was faster",
        text:
          outcome === null
            ? "This was decided before."
            : `${outcome.title}, ${byWhom(outcome)}, ${timeText(outcome.at)}. Your answer changed nothing.`,
      };
    case "expired":
      return {
        tone: "amber",
        title: "The deadline has passed",
        text: "Your answer came too late and changed nothing.",
      };
    case "superseded":
      return {
        tone: "amber",
        title: "Newer numbers took over",
        text: "This question was replaced, so your answer changed nothing.",
      };
    case "revision_changed":
      return {
        tone: "amber",
        title: "The question has changed",
        text: "Stock or open orders moved since this link was made, so nothing was decided. Please look again.",
      };
    case "not_awaiting_review":
      return { tone: "amber", title: "Nothing to decide", text: "Nobody is asked about this." };
    case "quantity_not_allowed":
      return { tone: "red", title: "This quantity cannot be ordered", text: `It ${refusal.message}.` };
  }
}

export function linkActor(recipient: string): Actor {
  return { principal: `link:${recipient.toLowerCase()}`, label: recipient, channel: "link" };
}
