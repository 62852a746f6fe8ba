/** The Slack channel: by a bot where one is set, which can edit its messages, else by an incoming webhook. */
import type { Settings } from "../../config/settings.ts";
import { expiryOutcomeOf } from "../../workflow/asking/expiry-outcome.ts";
import type { Channel } from "../channel.ts";
import { questionOf } from "../question.ts";
import { deliverByBot } from "./slack-bot.ts";
import { deliverByWebhook } from "./slack-webhook.ts";

export function slackChannel(settings: Settings): Channel {
  return {
    async deliver(context) {
      const { slack } = settings;
      if (slack === null) return { ok: false, retry: false, error: "Slack is off" };
      const question = questionOf(context.workflow, expiryOutcomeOf(context.workflow, settings.review));
      if (question === null) return { ok: true };
      if (slack.bot !== null) return deliverByBot(slack.bot, context, question, settings);
      if (slack.webhookUrl !== null) return deliverByWebhook(slack.webhookUrl, context, question, settings);
      return { ok: false, retry: false, error: "Slack has neither bot nor webhook" };
    },
  };
}
