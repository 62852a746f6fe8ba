/** What people read after they answered, on a page or in Slack: that it was accepted, or why it was refused. */
import { byWhom, outcomeOf } from "../../../review/question-outcome.ts";
import { violationText } from "../../../review/wording.ts";
import { formatsOf } from "../../../shared/formats.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import type { Notice } from "../../../ui/page-parts.tsx";
import type { Refused } from "./verdict-door.ts";

export type VerdictReply = Notice;

export const TOO_LATE: VerdictReply = {
  tone: "amber",
  title: "The deadline has passed",
  text: "Your answer came too late and changed nothing.",
};

const PLACE_IT = " It is on no purchase order: place it yourself, unless your own system does.";

/** What to say above the page after a verdict was taken. */
export function takenReply(workflow: Workflow): VerdictReply {
  const { review } = workflow;
  if (workflow.status === "awaiting_human_review" && review !== null) {
    const { approvals, approvalsNeeded } = review;
    const approved = approvals.at(-1)?.quantity ?? null;
    const isAsAsked = approved === null || approved === workflow.recommendation?.quantity;
    const what = isAsAsked ? "" : ` of ${formatsOf(workflow.shownAs ?? {}).quantity(approved)}`;
    return {
      tone: "green",
      title: "Thank you, recorded",
      text: `${approvals.length} of ${approvalsNeeded} approvals${what} are given; one more person is needed.`,
    };
  }
  const quantity = workflow.decision?.quantity ?? 0;
  const ordered = `${formatsOf(workflow.shownAs ?? {}).quantity(quantity)} will be ordered.`;
  return {
    tone: "green",
    title: "Thank you, recorded",
    text: quantity > 0 ? ordered + (workflow.purchase === undefined ? PLACE_IT : "") : "Nothing will be ordered.",
  };
}

/** What to say when it was not. */
export function refusedReply({ workflow, refusal, by }: Omit<Refused, "kind">, now: number): VerdictReply {
  const outcome = outcomeOf(workflow, now);
  switch (refusal.reason) {
    case "already_decided": {
      const isOwn = by !== undefined && by === workflow.review?.principal;
      const what = isOwn ? "This second answer" : "Your answer";
      return {
        tone: "amber",
        title: isOwn ? "You answered this before" : "Somebody was faster",
        text:
          outcome === null
            ? "This was already decided."
            : `${outcome.title}, ${byWhom(outcome)}, ${formatsOf(workflow.shownAs ?? {}).time(outcome.at)}. ` +
              `${what} changed nothing.`,
      };
    }
    case "expired":
      return TOO_LATE;
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
    case "not_allowed":
    case "same_person":
      return { tone: "red", title: "This is not yours to decide", text: refusal.message };
    case "too_late":
      return { tone: "amber", title: "Too late to take back", text: refusal.message };
    case "quantity_not_allowed":
      return {
        tone: "red",
        title: "This quantity cannot be ordered",
        text: violationText(refusal.message, formatsOf(workflow.shownAs ?? {})),
      };
  }
}
