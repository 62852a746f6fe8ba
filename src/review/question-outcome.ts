/** What became of a question, as plain values, for the outcome mail, the edited Slack message and the page. */
import type { Workflow } from "../workflow/types/workflow.ts";
import { COMMENT_MAX_LENGTH, NAME_MAX_LENGTH, singleLine } from "./safe-text.ts";
import { formatsOf } from "../shared/formats.ts";

export interface Outcome {
  readonly kind: "approved" | "modified" | "rejected" | "expired" | "superseded" | "decided";
  /** `Approved: 120 will be ordered`. */
  readonly title: string;
  readonly by: string | null;
  readonly channel: string | null;
  readonly at: number;
  readonly comment: string | null;
  readonly quantity: number;
  /** Who took the answer back, and when; null = it is in force. */
  readonly takenBack: { readonly by: string; readonly at: number } | null;
}

/**
 * Null while the question is open. Past its deadline a question counts as expired, whether or not the item has
 * written so (I8); `now` decides, `expiryQuantity` is what its policy will order then.
 */
export function outcomeOf(workflow: Workflow, now: number): Outcome | null {
  const { review, decision } = workflow;
  if (review === null || decision === null) return null;
  if (workflow.status === "awaiting_human_review" && now < review.expiresAt) return null;
  const quantity = decision.quantity;
  const by = review.decidedBy === null ? null : singleLine(review.decidedBy, NAME_MAX_LENGTH);
  const common = {
    by,
    channel: review.channel,
    at: review.decidedAt ?? workflow.updatedAt,
    comment: review.comment === null ? null : singleLine(review.comment, COMMENT_MAX_LENGTH),
    quantity,
    takenBack:
      review.takenBack === undefined
        ? null
        : { by: singleLine(review.takenBack.by, NAME_MAX_LENGTH), at: review.takenBack.at },
  };
  const units = formatsOf(workflow.shownAs ?? {}).quantity(quantity);
  const ordered = quantity > 0 ? `${units} will be ordered` : "nothing will be ordered";
  if (workflow.status === "awaiting_human_review") {
    return {
      ...common,
      kind: "expired",
      title: "The deadline has passed",
      by: null,
      channel: "expiry",
      at: review.expiresAt,
    };
  }
  switch (review.status) {
    case "approved":
      return { ...common, kind: "approved", title: `Approved: ${ordered}` };
    case "modified":
      return { ...common, kind: "modified", title: `Modified: ${ordered}` };
    case "rejected":
      return { ...common, kind: "rejected", title: "Rejected: nothing will be ordered" };
    case "expired":
      return {
        ...common,
        kind: "expired",
        title: `Expired unanswered: ${quantity > 0 ? `${units} ordered by the plain rule` : "nothing ordered"}`,
        by: null,
        channel: "expiry",
      };
    case "superseded":
      return { ...common, kind: "superseded", title: "Superseded by newer numbers", by: null };
    case "pending":
      return { ...common, kind: "decided", title: `Decided: ${ordered}` };
  }
}

/** Where an answer was given. */
export const CHANNELS: Readonly<Record<string, string>> = {
  api: "through the API",
  link: "on the review page",
  slack: "in Slack",
  inbox: "in the inbox",
};

/** `by ana@example.com in Slack` and the like; empty when nobody answered. */
export function byWhom(outcome: Outcome): string {
  if (outcome.by === null) return outcome.kind === "expired" ? "by the deadline" : "";
  const way = outcome.channel === null ? "" : (CHANNELS[outcome.channel] ?? "");
  return `by ${outcome.by}${way === "" ? "" : ` ${way}`}`;
}
