/** The `send_email` binding. The platform makes the Message-ID itself and refuses headers it does not know. */
import { resultOfThrow } from "../channel.ts";
import { base64Of, threadHeaders, type Mailer } from "./mailer.ts";

/** What we use of the binding; it offers no idempotency key of its own, so ours travels in a header. */
export interface EmailBinding {
  send(message: {
    from: string;
    to: string | string[];
    subject: string;
    text: string;
    html: string;
    headers: Record<string, string>;
    replyTo?: string;
    attachments?: {
      filename: string;
      type: string;
      disposition: "attachment";
      content: string;
    }[];
  }): Promise<{ readonly messageId?: string } | void>;
}

/** Refusals that a retry cannot change: bad address, unverified sender, refused header. */
const LASTING = /E_(VALIDATION|FIELD|HEADER|SENDER|RECIPIENT|CONTENT)|not (allowed|verified)|invalid/i;

export function bindingMailer(binding: EmailBinding): Mailer {
  return {
    async send(mail) {
      try {
        const { "Auto-Submitted": _refusedByThePlatform, ...headers } = threadHeaders(mail);
        const sent = await binding.send({
          from: mail.from,
          to: typeof mail.to === "string" ? mail.to : [...mail.to],
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          headers,
          // The platform accepts only one address.
          ...(mail.replyTo?.[0] === undefined ? {} : { replyTo: mail.replyTo[0] }),
          ...(mail.attachments === undefined
            ? {}
            : {
                attachments: mail.attachments.map((attachment) => ({
                  filename: attachment.filename,
                  type: attachment.contentType,
                  disposition: "attachment" as const,
                  content: base64Of(attachment),
                })),
              }),
        });
        return { ok: true, ref: sent?.messageId ?? mail.messageId };
      } catch (error) {
        const result = resultOfThrow(error, "mail binding");
        return result.ok || !LASTING.test(result.error) ? result : { ...result, retry: false, isRefused: true };
      }
    },
  };
}
