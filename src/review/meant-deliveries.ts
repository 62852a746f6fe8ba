/**
 * Which deliveries a notice means under these settings. Pure: the item stores them in the workflow's row before any of
 * them happens (I7), each under a key that says what it is.
 */
import type { Settings } from "../config/settings.ts";
import type { Notice } from "../workflow/record.ts";
import type { Delivery, NoticePurpose, Workflow } from "../workflow/types.ts";
import { askedFor, type WebhookEvent, type WebhookSubscription } from "../world/webhook-endpoint.ts";
import type { ChannelName } from "./channel.ts";

type Purpose = Delivery["purpose"];

export function deliveriesFor(
  notice: Pick<Notice, "purpose" | "revision">,
  workflow: Workflow,
  settings: Pick<Settings, "email" | "slack" | "webhook" | "review">,
  now: number,
  webhooks?: readonly WebhookSubscription[],
): Delivery[] {
  const planned: Delivery[] = [];
  const add = (channel: ChannelName, purpose: Purpose, recipient?: string): void => {
    planned.push({
      key: [workflow.id, notice.revision, purpose, channel, ...(recipient === undefined ? [] : [recipient])].join("/"),
      channel,
      purpose,
      revision: notice.revision,
      ...(recipient === undefined ? {} : { recipient }),
      status: "pending",
      attempts: 0,
      dueAt: now,
    });
  };
  // Nobody was asked, so people get no outcome; only systems do.
  if (workflow.review !== null) {
    for (const recipient of mailRecipients(notice.purpose, workflow, settings)) add("email", notice.purpose, recipient);
    if (settings.slack !== null && slackSays(notice.purpose, settings.slack)) add("slack", notice.purpose);
  }
  if (notice.purpose === "outcome" && settings.webhook !== null && workflow.status !== "superseded")
    add("webhook", "decision");
  for (const [event, purpose] of eventsOf(notice.purpose, workflow)) {
    for (const webhookId of askedFor(event, webhooks)) add("webhook", purpose, webhookId);
  }
  return planned;
}

/** Of a workflow that another one overtook nothing was decided: the other's question or decision is the news. */
function eventsOf(purpose: NoticePurpose, { review, status }: Workflow): readonly (readonly [WebhookEvent, Purpose])[] {
  if (purpose === "ask") return [["review.opened", "opened"]];
  if (purpose !== "outcome" || status === "superseded") return [];
  const completed = ["decision.completed", "decision"] as const;
  return review === null ? [completed] : [["review.decided", "decided"], completed];
}

function mailRecipients(
  purpose: NoticePurpose,
  workflow: Workflow,
  settings: Pick<Settings, "email" | "review">,
): readonly string[] {
  if (settings.email === null) return [];
  switch (purpose) {
    case "ask":
    case "remind":
      return [...new Set(settings.email.to)];
    case "escalate":
      return settings.review.escalationTo.filter((address) => !settings.email!.to.includes(address));
    case "outcome":
      return askedByMail(workflow);
    case "facts_updated":
      // The question is unchanged; a mail for every count would teach people to ignore them (I10).
      return [];
  }
}

/** Exactly those who were asked get the outcome. */
function askedByMail(workflow: Workflow): readonly string[] {
  const asked = workflow.deliveries
    .filter(
      (delivery) => delivery.channel === "email" && (delivery.purpose === "ask" || delivery.purpose === "escalate"),
    )
    .map((delivery) => delivery.recipient)
    .filter((recipient) => recipient !== undefined);
  return [...new Set(asked)];
}

/** A bot edits its message; an incoming webhook can only add one, so it stays silent about updated facts. */
function slackSays(purpose: NoticePurpose, slack: NonNullable<Settings["slack"]>): boolean {
  return purpose !== "facts_updated" || slack.bot !== null;
}
