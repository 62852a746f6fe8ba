/**
 * Slack by an incoming webhook, which can only post: a message for each delivery, with one link and no buttons.
 */
import { traceHeaders } from "../../shared/trace-context.ts";
import type { Settings } from "../../config/settings.ts";
import {
  CHANNEL_TIMEOUT_MS,
  resultOfStatus,
  resultOfThrow,
  type DeliveryContext,
  type DeliveryResult,
} from "../channel.ts";
import { outcomeOf } from "../question-outcome.ts";
import type { Question } from "../question.ts";
import { NO_PREVIEWS } from "./slack-api.ts";
import { slackLink } from "./slack-link.ts";
import { askMessage, outcomeMessage, type SlackMessage } from "./slack-messages.ts";

export async function deliverByWebhook(
  webhookUrl: string,
  context: DeliveryContext,
  question: Question,
  settings: Settings,
): Promise<DeliveryResult> {
  const message = await messageOf(context, question, settings);
  return message === null ? { ok: true } : postToSlackWebhook(webhookUrl, message);
}

/** One attempt; never rejects. */
export async function postToSlackWebhook(
  webhookUrl: string,
  message: Pick<SlackMessage, "text"> & Partial<SlackMessage>,
): Promise<DeliveryResult> {
  try {
    const response = await fetch(webhookUrl, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(CHANNEL_TIMEOUT_MS),
      headers: { ...traceHeaders(), "Content-Type": "application/json; charset=utf-8" },
      body: JSON.stringify({ ...message, ...NO_PREVIEWS }),
    });
    await response.body?.cancel();
    return resultOfStatus(response, Date.now(), "Slack webhook");
  } catch (error) {
    return resultOfThrow(error, "Slack webhook");
  }
}

/** Null = nothing to say: an outcome that is none any more. */
async function messageOf(
  { delivery, workflow, now, origin, demand }: DeliveryContext,
  question: Question,
  settings: Settings,
): Promise<SlackMessage | null> {
  if (delivery.purpose === "outcome") {
    const outcome = outcomeOf(workflow, now);
    return outcome === null ? null : outcomeMessage(question, outcome);
  }
  const lead = {
    ask: workflow.revision > 1 ? "Changed" : null,
    remind: "Reminder",
    escalate: "Still unanswered",
    facts_updated: null,
    decision: null,
    opened: null,
    decided: null,
  }[delivery.purpose];
  const url = await slackLink(origin, question, settings, "decide");
  return askMessage(question, { kind: "link", url }, now, demand, lead);
}
