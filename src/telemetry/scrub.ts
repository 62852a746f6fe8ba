/**
 * Takes secrets out of text that leaves as a log line or an error report: the configured ones by value, others by
 * their shape. This is the last line of defence; no secret should be logged in the first place.
 */
import type { Settings } from "../config/settings.ts";

export type Scrub = (text: string) => string;

const REDACTED = "[redacted]";

/** Shorter values would also match inside ordinary words. */
const MIN_SECRET_LENGTH = 6;

/**
 * Credentials of other people, which settings do not know: bearer headers, API keys, links that answer or sign
 * somebody in, URLs with a password.
 */
const LOOKS_SECRET = [
  String.raw`(?<=\b(?:Bearer|Basic)\s)[\w.~+/=-]{8,}`,
  String.raw`\bsw_[\w-]{16,}`,
  String.raw`\bsk-[\w-]{16,}`,
  String.raw`\bxox[a-z]-[\w-]{8,}`,
  String.raw`\bwhsec_[\w+/=-]{8,}`,
  String.raw`(?<=/(?:review|order-link|sign-in)/)[\w.~-]{16,}`,
  String.raw`(?<=hooks\.slack\.com/services/)[\w/-]+`,
  String.raw`(?<=://)[^\s/@:"]+:[^\s/@"]+(?=@)`,
];

/** Made once per settings; the text may be JSON, where a secret with quotes or backslashes is escaped. */
export function createScrub(settings: Settings | null): Scrub {
  const values = (settings === null ? [] : secretsOf(settings)).filter((secret) => secret.length >= MIN_SECRET_LENGTH);
  const spellings = new Set(
    values.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]),
  );
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length).map((spelling) => escapeRegExp(spelling));
  const pattern = new RegExp([...longestFirst, ...LOOKS_SECRET].join("|"), "g");
  return (text) => text.replace(pattern, REDACTED);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function secretsOf(settings: Settings): string[] {
  const { apiKey, keyPepper, linkSecrets, email, slack, webhook, llm, sentryDsn, traces } = settings;
  return [
    apiKey,
    keyPepper,
    ...linkSecrets,
    email?.mailUrl,
    slack?.webhookUrl,
    slack?.bot?.token,
    slack?.bot?.signingSecret,
    webhook?.secret,
    llm?.apiKey,
    sentryDsn,
    traces?.headers,
  ].filter((secret) => typeof secret === "string");
}
