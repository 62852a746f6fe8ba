/** How a mail leaves under these settings: the platform's binding, an SMTP server, or a provider's HTTP API. */
import { bindingMailer, type EmailBinding } from "./binding-mailer.ts";
import { httpMailer } from "./http-mailer.ts";
import type { Mailer } from "./mailer.ts";
import { withoutOthersLinks } from "./own-links.ts";
import { smtpMailer } from "./smtp-mailer.ts";

/** `mailUrl` null = the binding. */
export function createMailer(mailUrl: string | null, binding: EmailBinding | undefined): Mailer {
  const carrier = carrierOf(mailUrl, binding);
  return { send: (mail) => carrier.send(withoutOthersLinks(mail)) };
}

function carrierOf(mailUrl: string | null, binding: EmailBinding | undefined): Mailer {
  if (mailUrl !== null) {
    const { protocol } = new URL(mailUrl);
    return protocol === "smtp:" || protocol === "smtps:" ? smtpMailer(mailUrl) : httpMailer(mailUrl);
  }
  return binding === undefined ? unconfiguredMailer : bindingMailer(binding);
}

const unconfiguredMailer: Mailer = {
  send: async () => ({ ok: false, retry: false, error: "no mail binding and no MAIL_URL" }),
};
