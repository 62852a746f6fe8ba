/** The mail channel: one mail per recipient, each with that person's own link, all of an item in one thread. */
import type { Settings } from "../../config/settings.ts";
import type { Channel, DeliveryContext } from "../channel.ts";
import { expiryOutcomeOf } from "../../workflow/asking/expiry-outcome.ts";
import { linkExpiry, reviewUrl, signingSecrets } from "../review-url.ts";
import { outcomeOf } from "../question-outcome.ts";
import { questionOf } from "../question.ts";
import { isOneAddress } from "../../config/mail-address.ts";
import { senderLine } from "./sender-line.ts";
import { messageIdOf, threadIdOf } from "./mail-ids.ts";
import { questionMail } from "./question-mail.tsx";
import { outcomeMail } from "./outcome-mail.tsx";
import type { MailContent, Mailer } from "./mailer.ts";

export function mailChannel(settings: Settings, mailer: Mailer): Channel {
  return {
    async deliver(context) {
      const { delivery, workflow, origin } = context;
      if (settings.email === null || delivery.recipient === undefined)
        return { ok: false, retry: false, error: "mail is off" };
      if (!isOneAddress(delivery.recipient)) return { ok: false, retry: false, error: "the recipient is no address" };
      const content = await contentOf(context, settings, delivery.recipient);
      if (content === null) return { ok: true };
      return mailer.send({
        from: senderLine(settings.email.from),
        to: delivery.recipient,
        ...content,
        key: delivery.key,
        messageId: messageIdOf(delivery.key, origin),
        threadId: threadIdOf(workflow.storeId, workflow.productId, origin),
      });
    },
  };
}

async function contentOf(context: DeliveryContext, settings: Settings, recipient: string): Promise<MailContent | null> {
  const { delivery, workflow, now, origin } = context;
  const question = questionOf(workflow, expiryOutcomeOf(workflow, settings.review));
  if (question === null) return null;
  const url = await reviewUrl(
    origin,
    {
      purpose: "decide",
      workflowId: workflow.id,
      revision: workflow.revision,
      recipient: delivery.person ?? recipient,
      expiresAt: linkExpiry(question.expiresAt, settings),
    },
    signingSecrets(settings),
  );
  if (delivery.purpose === "outcome") {
    const outcome = outcomeOf(workflow, now);
    return outcome === null ? null : outcomeMail({ question, outcome, url });
  }
  if (delivery.purpose !== "ask" && delivery.purpose !== "remind" && delivery.purpose !== "escalate") return null;
  return questionMail({
    kind: delivery.purpose,
    question,
    url,
    now,
    demand: context.demand,
    asked: delivery.asked ?? null,
  });
}
