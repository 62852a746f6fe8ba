/**
 * A provider's HTTP API in the shape that Resend made common: POST JSON `{ from, to, subject, text, html, headers }`,
 * an `Idempotency-Key`, an answer with `id`. Credentials are in MAIL_URL: `https://:KEY@host/path` is a bearer key,
 * `https://user:password@host/path` basic.
 */
import { traceHeaders } from "../../shared/trace-context.ts";
import { CHANNEL_TIMEOUT_MS, resultOfStatus, resultOfThrow, type DeliveryResult } from "../channel.ts";
import { base64Of, recipientsOf, threadHeaders, type Mail, type Mailer } from "./mailer.ts";

const HTTP_CONFLICT = 409;
/** Resend's error for an idempotency key that is used again with another body. */
const TAKEN_BEFORE = "invalid_idempotent_request";

export function httpMailer(mailUrl: string): Mailer {
  const url = new URL(mailUrl);
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  url.username = "";
  url.password = "";
  const authorization =
    user !== "" ? `Basic ${btoa(`${user}:${password}`)}` : password !== "" ? `Bearer ${password}` : null;
  return {
    async send(mail) {
      try {
        const response = await fetch(url, {
          method: "POST",
          redirect: "manual",
          signal: AbortSignal.timeout(CHANNEL_TIMEOUT_MS),
          headers: {
            ...traceHeaders(),
            "Content-Type": "application/json",
            "Idempotency-Key": mail.key,
            ...(authorization === null ? {} : { Authorization: authorization }),
          },
          body: JSON.stringify({
            from: mail.from,
            to: recipientsOf(mail),
            subject: mail.subject,
            text: mail.text,
            html: mail.html,
            ...(mail.replyTo === undefined ? {} : { reply_to: mail.replyTo }),
            ...(mail.attachments === undefined
              ? {}
              : {
                  attachments: mail.attachments.map((attachment) => ({
                    filename: attachment.filename,
                    content_type: attachment.contentType,
                    content: base64Of(attachment),
                  })),
                }),
            headers: { ...threadHeaders(mail), "Message-ID": mail.messageId },
          }),
        });
        if (response.status === HTTP_CONFLICT) return resultOfConflict(await response.text(), mail);
        const result = resultOfStatus(response, Date.now(), "mail API");
        await response.body?.cancel();
        return result.ok ? { ok: true, ref: mail.messageId } : result;
      } catch (error) {
        return resultOfThrow(error, "mail API");
      }
    },
  };
}

/**
 * The key was sent before. With another body, the mail was taken then: a mail that is sent again names another time
 * that is left. Else the first request is still under way, and its answer is not known.
 */
function resultOfConflict(said: string, { messageId }: Mail): DeliveryResult {
  return said.includes(TAKEN_BEFORE)
    ? { ok: true, ref: messageId }
    : { ok: false, retry: true, error: `mail API answered ${HTTP_CONFLICT}` };
}
