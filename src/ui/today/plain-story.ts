/** A decision's story in a buyer's words; the steps that only say how the service works are left out. */
import { proseOf, reasonLabel } from "../../review/wording.ts";
import { formatsOf, type Formats } from "../../shared/formats.ts";
import { REVIEW_REASONS, type ReviewReason } from "../../workflow/review.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { StoryLine } from "./decision-page.tsx";

interface Step extends StoryLine {
  readonly kind: "event" | "node" | "adviser" | "effect";
  readonly channel: string | null;
}

const EVENTS: Readonly<Record<string, string>> = {
  received: "Counted",
  asked: "People were asked",
  verdict: "Answered",
  executed: "Decided",
  expired: "Nobody answered in time",
  taken_back: "Answer taken back",
  superseded: "A newer count took its place",
  order_changed: "The order was changed",
};
const SENT: Readonly<Record<string, string>> = {
  ask: "Asked {}",
  remind: "Reminded {}",
  escalate: "Asked {} as well",
  outcome: "Told {} how it ended",
};
const CHANNELS: Readonly<Record<string, string>> = { email: "by mail", slack: "in Slack", webhook: "by webhook" };

export function plainStory(steps: readonly Step[], { deliveries, review, shownAs = {} }: Workflow): StoryLine[] {
  const formats = formatsOf(shownAs);
  const sent = deliveries.flatMap(({ channel, purpose, recipient, status, error }): StoryLine[] => {
    const what = SENT[purpose];
    if (what === undefined) return [];
    const whom = channel === "email" && recipient !== undefined ? recipient : "people";
    const failed =
      status === "parked" || status === "dropped" ? `not delivered${error === undefined ? "" : `: ${error}`}` : null;
    return [
      {
        what: `${what.replace("{}", whom)} ${CHANNELS[channel] ?? ""}`,
        detail: status === "pending" ? "on its way" : failed,
        actor: null,
        at: null,
      },
    ];
  });
  // The answer that counts is the last one; the ones before it were approvals of several.
  const answer = steps.findLast(({ kind, what }) => kind === "event" && what === "verdict");
  const comment = review?.comment ?? null;
  return [
    ...steps
      .filter(({ kind }) => kind === "event" || kind === "adviser")
      .map((step) => {
        const line = inWords(step, formats);
        if (step !== answer || comment === null) return line;
        return { ...line, detail: `${line.detail === null ? "" : `${line.detail}: `}“${comment}”` };
      }),
    ...sent,
  ];
}

function inWords({ what, detail, actor, at }: Step, formats: Formats): StoryLine {
  const isOurs = actor === null || actor === "stockwarden";
  return {
    what: EVENTS[what] ?? what.replaceAll("_", " "),
    detail: detail === null ? null : proseOf(detail.split(", ").filter(isSaid).map(reasonWords).join(", "), formats),
    actor: isOurs ? null : actor.replace(/^.* for /u, "").replace(/^key:|^person:/u, ""),
    at,
  };
}

/** What was answered and decided, as an item keeps it. */
const DETAILS: Readonly<Record<string, string>> = {
  approve: "approved",
  reject: "rejected",
  hold: "order nothing",
};

function isSaid(text: string): boolean {
  return text !== "0 backordered";
}

function reasonWords(text: string): string {
  const said =
    DETAILS[text] ??
    text
      .replace(/^modify to /u, "approved as ")
      .replace(/^restock /u, "order ")
      .replace(/ backordered$/u, " owed to customers");
  if (said !== text) return said;
  return (REVIEW_REASONS as readonly string[]).includes(text) ? reasonLabel(text as ReviewReason) : text;
}
