/**
 * An order in Slack: one message that asks about it, with buttons where there is a bot, and the outcome in its thread.
 */
import type { Settings } from "../../config/settings.ts";
import type { DeliveryResult } from "../../review/channel.ts";
import { ACTIONS, questionRef } from "../../review/slack/slack-messages.ts";
import { postOnce } from "../../review/slack/slack-posting.ts";
import { slackText, slackTime } from "../../review/slack/slack-text.ts";
import { postToSlackWebhook } from "../../review/slack/slack-webhook.ts";
import { outcomeText, whyAsked } from "../order/order-words.ts";
import { amountWords, worthWords, type OrderDocument } from "../order/order-document.ts";
import type { PurchaseDelivery, PurchaseOrder } from "../order/types.ts";

const LINES_SHOWN = 10;

/** What a message is about, and where its link points. */
interface OrderMessage {
  readonly order: PurchaseOrder;
  readonly delivery: PurchaseDelivery;
  readonly document: OrderDocument;
  readonly origin: string;
}

export async function slackPurchase({ slack }: Pick<Settings, "slack">, about: OrderMessage): Promise<DeliveryResult> {
  const { order, delivery } = about;
  if (slack === null) return { ok: false, retry: false, error: "Slack is off" };
  const message = messageOf(about, slack.bot === null ? "link" : "buttons");
  if (slack.bot === null)
    return slack.webhookUrl === null
      ? { ok: false, retry: false, error: "Slack has neither bot nor webhook" }
      : postToSlackWebhook(slack.webhookUrl, { text: message.text });
  const asked = order.deliveries.find(({ channel, purpose, ref }) => channel === "slack" && purpose === "ask" && ref);
  const [channel = slack.bot.channel, ts] = asked?.ref?.split("/") ?? [];
  const isThread = delivery.purpose !== "ask" && ts !== undefined;
  const body = isThread ? { thread_ts: ts, reply_broadcast: true, text: message.text } : message;
  const when = { since: order.createdAt, now: Date.now() };
  const posted = await postOnce(slack.bot, delivery, when, { channel, ...body });
  return posted.ok ? { ok: true, ref: `${posted.channel}/${posted.ts}` } : posted;
}

function messageOf({ order, delivery: { purpose }, document, origin }: OrderMessage, answerBy: "buttons" | "link") {
  const url = `${origin}/orders/${order.id}`;
  const { formats } = document;
  const title = `Order from ${document.supplier} for ${document.buyer}: ${worthWords(document)}`;
  if (purpose === "outcome") return { text: slackText(`${outcomeText(order)}. ${title}`) };
  const lines = document.lines.slice(0, LINES_SHOWN).map((line) => `• ${line.name}: ${amountWords(line, formats)}`);
  const more = document.lines.length - lines.length;
  const text = [
    ...(purpose === "remind" ? ["Reminder"] : []),
    `*${slackText(title)}*`,
    `It closes ${slackTime(order.orderBy, formats)}.`,
    ...lines.map(slackText),
    ...(more > 0 ? [`and ${more} more`] : []),
    slackText(whyAsked(order, document).join(" ")),
    `<${url}|See the order>`,
  ].join("\n");
  if (answerBy === "link") return { text };
  const value = questionRef(order.id, order.revision);
  const button = (label: string, action: string, style: "primary" | "danger") => ({
    type: "button",
    text: { type: "plain_text", text: label },
    action_id: action,
    value,
    style,
  });
  return {
    text,
    blocks: [
      { type: "section", text: { type: "mrkdwn", text } },
      {
        type: "actions",
        elements: [button("Approve", ACTIONS.approve, "primary"), button("Cancel order", ACTIONS.reject, "danger")],
      },
    ],
  };
}
