/**
 * Posting a message once. A message that may have been posted by an attempt whose answer was lost, to a failure or a
 * crash, is looked for by its key before another is posted (needs the bot's `channels:history`; without it the message
 * may appear twice, with the same buttons).
 */
import type { Settings } from "../../config/settings.ts";
import type { DeliveryResult } from "../channel.ts";
import type { EarlierMessages } from "../deliverer.ts";
import { callSlack, NO_PREVIEWS } from "./slack-api.ts";
import { MINUTE_MS } from "../../shared/durations.ts";

export type Bot = NonNullable<NonNullable<Settings["slack"]>["bot"]>;

/** How many messages are searched for a lost one. */
const HISTORY_LIMIT = 200;
/** A delivery goes out right after its row is written; one that is older was under way when its object stopped. */
const FRESH_MS = 1_000;
/** Slack's clock and ours may differ by this much. */
const CLOCK_SKEW_MS = MINUTE_MS;
const METADATA_TYPE = "stockwarden_review";

type Failed = Extract<DeliveryResult, { ok: false }>;

/** Where a message is: `ts` names it within its channel. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

/** `since`: epoch ms from which an earlier attempt may have posted it. */
export async function postOnce(
  bot: Bot,
  { key, attempts, dueAt }: { readonly key: string; readonly attempts: number; readonly dueAt: number },
  { since, now }: { readonly since: number; readonly now: number },
  message: Readonly<Record<string, unknown>> & { readonly channel: string },
): Promise<(Posted & { readonly ok: true }) | Failed> {
  if (attempts > 0 || now - dueAt > FRESH_MS) {
    const found = await findPosted(bot, [{ key, since }]);
    if (!found.ok) return found;
    const [posted] = found.posted;
    if (posted !== undefined) return { ok: true, ...posted };
  }
  const answer = await callSlack(bot, "chat.postMessage", {
    ...message,
    ...NO_PREVIEWS,
    metadata: { event_type: METADATA_TYPE, event_payload: { key } },
  });
  if (!answer.ok) return answer;
  return { ok: true, channel: String(answer.body["channel"] ?? message.channel), ts: String(answer.body["ts"]) };
}

/**
 * Looks for messages whose posting had an unknown result; oldest first. While Slack cannot say, the delivery fails and
 * is tried again: taking that for "not posted" would post twice, or leave buttons on a message.
 */
export async function findPosted(
  bot: Bot,
  sought: EarlierMessages["unconfirmed"],
): Promise<{ readonly ok: true; readonly posted: readonly Posted[] } | Failed> {
  if (sought.length === 0) return { ok: true, posted: [] };
  const answer = await callSlack(bot, "conversations.history", {
    channel: bot.channel,
    oldest: String((Math.min(...sought.map(({ since }) => since)) - CLOCK_SKEW_MS) / 1_000),
    limit: HISTORY_LIMIT,
    include_all_metadata: true,
  });
  // A bot that may not read the channel never will.
  if (!answer.ok) return answer.retry ? answer : { ok: true, posted: [] };
  if (!Array.isArray(answer.body["messages"])) return { ok: true, posted: [] };
  const messages = answer.body["messages"] as readonly {
    ts?: unknown;
    metadata?: { event_type?: unknown; event_payload?: { key?: unknown } };
  }[];
  const posted = sought.flatMap(({ key }) => {
    const found = messages.find(
      ({ ts, metadata }) =>
        metadata?.event_type === METADATA_TYPE && metadata.event_payload?.key === key && typeof ts === "string",
    );
    return found === undefined ? [] : [{ channel: bot.channel, ts: String(found.ts) }];
  });
  return { ok: true, posted };
}
