/**
 * Which deliveries a notice means under these settings. Pure: the item stores them in the workflow's row before any of
 * them happens (I7), each under a key that says what it is.
 */
import type { Settings } from "../config/settings.ts";
import type { Notice } from "../workflow/record.ts";
import type { Delivery, NoticePurpose } from "../workflow/types/delivery.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import { principalOfPerson } from "../workflow/person.ts";
import { UNKNOWN_WORLD } from "../world/types.ts";
import { subscribersOf, type WebhookEvent } from "../world/outside/webhook-endpoint.ts";
import type { ChannelName } from "./channel.ts";
import { recipientsOf, type Recipient, type Reviewed } from "./asking/recipients.ts";
import { waitsForMorning } from "./asking/waits-for-morning.ts";

type Purpose = Delivery["purpose"];

export function deliveriesFor(
  notice: Pick<Notice, "purpose" | "revision">,
  workflow: Workflow,
  settings: Pick<Settings, "email" | "slack" | "webhook" | "review">,
  now: number,
  world: Reviewed = UNKNOWN_WORLD,
): Delivery[] {
  // Most decisions ask nobody, and no system wants to hear of them.
  if (workflow.review === null && settings.webhook === null && (world.webhooks ?? []).length === 0) return [];
  const planned: Delivery[] = [];
  const add = (channel: ChannelName, purpose: Purpose, recipient?: string, person: string | null = null): void => {
    planned.push({
      key: [workflow.id, notice.revision, purpose, channel, ...(recipient === undefined ? [] : [recipient])].join("/"),
      channel,
      purpose,
      revision: notice.revision,
      ...(recipient === undefined ? {} : { recipient }),
      ...(person === null ? {} : { person }),
      status: "pending",
      attempts: 0,
      dueAt: now,
    });
  };
  // Nobody was asked, so people get no outcome; only webhooks do.
  if (workflow.review !== null) {
    for (const { address, person } of mailRecipients(notice.purpose, workflow, settings, world, now))
      add("email", notice.purpose, address, person);
    if (settings.slack !== null && slackSays(notice.purpose, settings.slack)) add("slack", notice.purpose);
  }
  if (notice.purpose === "outcome" && settings.webhook !== null && workflow.status !== "superseded")
    add("webhook", "decision");
  for (const [event, purpose] of eventsOf(notice.purpose, workflow)) {
    for (const webhookId of subscribersOf(event, world.webhooks)) add("webhook", purpose, webhookId);
  }
  return planned;
}

/** A superseded workflow decided nothing: the newer one's question or decision is what gets sent. */
function eventsOf(purpose: NoticePurpose, { review, status }: Workflow): readonly (readonly [WebhookEvent, Purpose])[] {
  if (purpose === "ask") return [["review.opened", "opened"]];
  if (purpose !== "outcome" || status === "superseded") return [];
  const completed = ["decision.completed", "decision"] as const;
  return review === null ? [completed] : [["review.decided", "decided"], completed];
}
type Addressed = Pick<Recipient, "address" | "person">;

function mailRecipients(
  purpose: NoticePurpose,
  workflow: Workflow,
  settings: Pick<Settings, "email" | "review">,
  world: Reviewed,
  now: number,
): readonly Addressed[] {
  if (settings.email === null) return [];
  switch (purpose) {
    case "ask":
      if (waitsForMorning(workflow, world.store, now)) return [];
      return recipientsOf(world, settings.email.to, now);
    case "remind":
      return askedByMail(workflow, ["ask"]);
    case "escalate": {
      const asked = new Set(recipientsOf(world, settings.email.to, now).map(({ address }) => address));
      return settings.review.escalationTo
        .filter((address) => !asked.has(address))
        .map((address) => ({ address, person: null }));
    }
    case "outcome":
      return askedByMail(workflow, ["ask", "escalate"]).filter((one) => !isAnswerOf(workflow, one));
    case "facts_updated":
      // The question is unchanged; a mail for every count would teach people to ignore them (I10).
      return [];
  }
}

/** Only those who were asked are reminded and get the outcome. */
function askedByMail({ deliveries }: Workflow, purposes: readonly Purpose[]): readonly Addressed[] {
  const asked = deliveries.flatMap(({ channel, purpose, recipient, person }) =>
    channel === "email" && purposes.includes(purpose) && recipient !== undefined
      ? [{ address: recipient, person: person ?? null }]
      : [],
  );
  return [...new Map(asked.map((one) => [one.address, one])).values()];
}

/** Nobody is mailed their own answer. */
function isAnswerOf({ review }: Workflow, { address, person }: Addressed): boolean {
  if (review?.principal == null) return false;
  if (person !== null && review.principal === principalOfPerson(person)) return true;
  return review.principal === `link:${address.toLowerCase()}` || review.address === address.toLowerCase();
}

/** A bot edits its message; an incoming webhook can only add one, so it stays silent about updated facts. */
function slackSays(purpose: NoticePurpose, slack: NonNullable<Settings["slack"]>): boolean {
  return purpose !== "facts_updated" || slack.bot !== null;
}
