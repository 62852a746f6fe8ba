/** How a mail leaves: the platform's binding, an SMTP server, or a provider's HTTP API. One interface, three adapters. */
import type { DeliveryResult } from "../channel.ts";
import { bindingMailer, type EmailBinding } from "./binding-mailer.ts";
import { httpMailer } from "./http-mailer.ts";
import { smtpMailer } from "./smtp-mailer.ts";

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Says what the mail is, the same for every attempt: receivers and readers can tell a repetition by it. */
  readonly key: string;
  /** `<…>`; made from the key, so a mail sent twice carries one Message-ID. */
  readonly messageId: string;
  /** `<…>`; the same for every mail about an item, which makes them one thread. */
  readonly threadId: string;
}

export interface Mailer {
  /** Never rejects. */
  send(mail: Mail): Promise<DeliveryResult>;
}

/** `mailUrl` null = the binding. */
export function createMailer(mailUrl: string | null, binding: EmailBinding | undefined): Mailer {
  if (mailUrl !== null) {
    const { protocol } = new URL(mailUrl);
    return protocol === "smtp:" || protocol === "smtps:" ? smtpMailer(mailUrl) : httpMailer(mailUrl);
  }
  return binding === undefined ? unconfiguredMailer : bindingMailer(binding);
}

const unconfiguredMailer: Mailer = {
  send: async () => ({ ok: false, retry: false, error: "no mail binding and no MAIL_URL" }),
};

/** Headers that carry the thread and the key, alike in every adapter. */
export function threadHeaders(mail: Mail): Record<string, string> {
  return {
    "In-Reply-To": mail.threadId,
    References: mail.threadId,
    "X-Idempotency-Key": mail.key,
    "Auto-Submitted": "auto-generated",
  };
}
