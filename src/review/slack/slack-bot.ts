/**
 * Slack by a bot: one message per open question, edited when something changes (newer numbers, the outcome); reminders
 * answer in its thread.
 * A message that may have been posted is looked for before another is, and before its outcome is dropped.
 */
import type { Settings } from "../../config/settings.ts";
import type { DeliveryContext, DeliveryResult } from "../channel.ts";
import { outcomeOf } from "../question-outcome.ts";
import type { Question } from "../question.ts";
import { callSlack, NO_PREVIEWS } from "./slack-api.ts";
import { slackLink } from "./slack-link.ts";
import { findPosted, postOnce, type Bot } from "./slack-posting.ts";
import { askMessage, outcomeMessage, reminderText, type SlackMessage } from "./slack-messages.ts";

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
  const lost = found.posted.map(({ channel, ts }) => refOf(channel, ts));
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
  const posted = await postOnce(
    bot,
    delivery,
    { since: workflow.createdAt, now },
    { channel: bot.channel, ...message },
  );
  return posted.ok ? { ok: true, ref: refOf(posted.channel, posted.ts) } : posted;
}

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
