/**
 * Slack by a bot: one message per open question, edited when something changes (newer numbers, the outcome); reminders
 * answer in its thread.
 *
 * - A message that may have been posted by an attempt whose answer was lost, to a failure or a crash, is looked for by
 *   its key before another is posted or its outcome is dropped (needs the bot's `channels:history`; without it the
 *   message may appear twice, with the same buttons).
 */
import type { Settings } from "../../config/settings.ts";
import type { DeliveryContext, DeliveryResult } from "../channel.ts";
import type { EarlierMessages } from "../deliverer.ts";
import { outcomeOf } from "../question-outcome.ts";
import type { Question } from "../question.ts";
import { callSlack, NO_PREVIEWS } from "./slack-api.ts";
import { slackLink } from "./slack-link.ts";
import { askMessage, outcomeMessage, reminderText, type SlackMessage } from "./slack-messages.ts";

type Bot = NonNullable<NonNullable<Settings["slack"]>["bot"]>;

/** How many messages since the question are searched for a lost one. */
const HISTORY_LIMIT = 200;
/** A delivery goes out right after its row is written; one that is older was under way when its object stopped. */
const FRESH_MS = 1_000;
/** Slack's clock and ours may differ by this much. */
const CLOCK_SKEW_MS = 60_000;
const METADATA_TYPE = "stockwarden_review";

/** Errors of chat.update that mean the old message cannot be edited, so a new one is posted. */
const CANNOT_EDIT = new Set(["message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found"]);

export async function deliverByBot(
  bot: Bot,
  context: DeliveryContext,
  question: Question,
  settings: Settings,
): Promise<DeliveryResult> {
  const { delivery, workflow, now } = context;
  const { refs, unconfirmed } = context.earlier();
  const found = await findPosted(
    bot,
    unconfirmed.filter(({ key }) => key !== delivery.key),
  );
  if (!found.ok) return found;
  const lost = found.refs;
  if (delivery.purpose === "outcome") {
    const outcome = outcomeOf(workflow, now);
    if (outcome === null) return { ok: true };
    for (const ref of new Set([...refs, ...lost])) {
      const result = await edit(bot, ref, outcomeMessage(question, outcome));
      // Nobody can press the buttons of a message that no longer exists, so it needs no edit.
      if (!result.ok && !(result.code !== undefined && CANNOT_EDIT.has(result.code))) return result;
    }
    return { ok: true };
  }
  const open = refs.at(-1) ?? lost.at(-1);
  const lookUrl = await slackLink(context.origin, question, settings, "look");
  const message = askMessage(question, { kind: "buttons", lookUrl }, now, context.demand);
  if ((delivery.purpose === "remind" || delivery.purpose === "escalate") && open !== undefined) {
    const { channel, ts } = parseRef(open);
    const text = reminderText(question, now, delivery.purpose);
    const answer = await callSlack(bot, "chat.postMessage", {
      channel,
      thread_ts: ts,
      reply_broadcast: true,
      text,
      ...NO_PREVIEWS,
    });
    return answer.ok ? { ok: true } : answer;
  }
  if (open !== undefined) {
    const result = await edit(bot, open, message);
    if (result.ok || result.code === undefined || !CANNOT_EDIT.has(result.code)) return result;
  }
  if (delivery.purpose === "facts_updated") return { ok: true };
  return post(bot, context, message);
}

async function post(
  bot: Bot,
  { delivery, workflow, now }: DeliveryContext,
  message: SlackMessage,
): Promise<DeliveryResult> {
  if (delivery.attempts > 0 || now - delivery.dueAt > FRESH_MS) {
    const found = await findPosted(bot, [{ key: delivery.key, since: workflow.createdAt }]);
    if (!found.ok) return found;
    const [ref] = found.refs;
    if (ref !== undefined) return { ok: true, ref };
  }
  const answer = await callSlack(bot, "chat.postMessage", {
    channel: bot.channel,
    ...message,
    ...NO_PREVIEWS,
    metadata: { event_type: METADATA_TYPE, event_payload: { key: delivery.key } },
  });
  return answer.ok
    ? { ok: true, ref: refOf(String(answer.body["channel"] ?? bot.channel), String(answer.body["ts"])) }
    : answer;
}

/**
 * Looks for messages whose posting had an unknown result (see above); oldest first. While Slack cannot say, the
 * delivery fails and is tried again: taking that for "not posted" would post twice, or leave buttons on a message.
 */
async function findPosted(bot: Bot, sought: EarlierMessages["unconfirmed"]): Promise<Found> {
  if (sought.length === 0) return { ok: true, refs: [] };
  const answer = await callSlack(bot, "conversations.history", {
    channel: bot.channel,
    oldest: String((Math.min(...sought.map(({ since }) => since)) - CLOCK_SKEW_MS) / 1_000),
    limit: HISTORY_LIMIT,
    include_all_metadata: true,
  });
  // A bot that may not read the channel never will.
  if (!answer.ok) return answer.retry ? answer : { ok: true, refs: [] };
  if (!Array.isArray(answer.body["messages"])) return { ok: true, refs: [] };
  const messages = answer.body["messages"] as readonly {
    ts?: unknown;
    metadata?: { event_type?: unknown; event_payload?: { key?: unknown } };
  }[];
  const refs = sought.flatMap(({ key }) => {
    const found = messages.find(
      ({ ts, metadata }) =>
        metadata?.event_type === METADATA_TYPE && metadata.event_payload?.key === key && typeof ts === "string",
    );
    return found === undefined ? [] : [refOf(bot.channel, String(found.ts))];
  });
  return { ok: true, refs };
}

type Found = { readonly ok: true; readonly refs: readonly string[] } | Extract<DeliveryResult, { ok: false }>;

async function edit(bot: Bot, ref: string, message: SlackMessage) {
  const { channel, ts } = parseRef(ref);
  const answer = await callSlack(bot, "chat.update", { channel, ts, ...message, link_names: false, parse: "none" });
  return answer.ok ? ({ ok: true, ref } as const) : answer;
}

function refOf(channel: string, ts: string): string {
  return `${channel}:${ts}`;
}

function parseRef(ref: string): { readonly channel: string; readonly ts: string } {
  const colon = ref.indexOf(":");
  return { channel: ref.slice(0, colon), ts: ref.slice(colon + 1) };
}
