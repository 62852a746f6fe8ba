/**
 * SMTP by nodemailer's connection, which runs on Workers' Node sockets: `smtps://user:password@host:465` speaks TLS
 * from the first byte, `smtp://host:587` must upgrade by STARTTLS; plain text only to a loopback host (a test sink on
 * one's own machine). The rest of nodemailer is four times as large (tables of file types and of services, other
 * carriers), and none of it is used.
 */
import { CHANNEL_TIMEOUT_MS, resultOfThrow, type DeliveryResult } from "../channel.ts";
import { addressParts } from "../../config/mail-address.ts";
import { recipientsOf, type Mail, type Mailer } from "./mailer.ts";

const SMTPS_PORT = 465;
const SUBMISSION_PORT = 587;

export function smtpMailer(mailUrl: string): Mailer {
  const url = new URL(mailUrl);
  const secure = url.protocol === "smtps:";
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return {
    async send(mail) {
      try {
        // Loaded when first used: most installations send by the binding and should not pay for this at start.
        const { submit } = await import("./smtp-session.ts");
        const server = {
          // Workers resolve names through a public resolver, which does not know `localhost`.
          host: url.hostname === "localhost" ? "127.0.0.1" : url.hostname,
          port: url.port === "" ? (secure ? SMTPS_PORT : SUBMISSION_PORT) : Number(url.port),
          secure,
          requireTLS: !secure && !loopback,
          ignoreTLS: !secure && loopback,
          ...(url.username === ""
            ? {}
            : { login: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
          connectionTimeout: CHANNEL_TIMEOUT_MS,
          greetingTimeout: CHANNEL_TIMEOUT_MS,
          socketTimeout: CHANNEL_TIMEOUT_MS,
        };
        const envelope = {
          from: addressParts(mail.from).address,
          to: recipientsOf(mail).map((to) => addressParts(to).address),
        };
        await submit(server, envelope, mail);
        return { ok: true, ref: mail.messageId };
      } catch (error) {
        return resultOfSmtp(error, mail);
      }
    },
  };
}

/**
 * 4xx replies and broken connections are retried, 5xx replies are final. Replies may quote addresses, so only the code
 * is kept.
 */
function resultOfSmtp(error: unknown, mail: Mail): DeliveryResult {
  const code =
    typeof error === "object" && error !== null && "responseCode" in error ? Number(error.responseCode) : NaN;
  if (code >= 400) return { ok: false, retry: code < 500, isRefused: true, error: `mail server answered ${code}` };
  const result = resultOfThrow(error, "mail server");
  return result.ok ? result : { ...result, error: withoutAddresses(result.error, mail) };
}

function withoutAddresses(text: string, mail: Mail): string {
  return recipientsOf(mail).reduce((known, address) => known.replaceAll(address, "recipient"), text);
}
