/**
 * Every setting by its name in the environment, as zod reads it: text in, a number, flag, list or URL out, or a
 * message.
 */
import * as z from "zod";
import { madeOnce } from "../shared/made-once.ts";
import { GUARD_CODES, REVIEW_REASONS } from "../workflow/review.ts";
import { isOneAddress, isSender } from "./mail-address.ts";

/** One setting: how its text is read, and what it is without one. */
interface Field<Value, Absent> {
  readonly schema: () => z.ZodType<Value>;
  readonly absent: Absent;
  readonly isRequired: boolean;
}

/** Settings in the order of the documentation; every value arrives as text. */
const FIELDS = {
  API_KEY: required(() =>
    z.string().regex(/^[!-~]+$/, "must be printable ASCII without spaces, since it travels in a header"),
  ),
  KEY_PEPPER: optional(() => z.string()),
  LINK_SECRET: optional(() => z.string()),
  PUBLIC_URL: optional(() =>
    z.string().refine(isSite, "must be the address of a site, like https://stock.example.com, without a path"),
  ),
  CONFIDENCE_THRESHOLD: or(0.6, () => number({ min: 0, max: 1 })),
  REVIEW_TTL_SECONDS: or(14_400, () => number({ min: 1, max: 365 * 86_400 })),
  REVIEW_REMINDER_FRACTION: or(0.5, () => number({ min: 0, max: 1 })),
  REVIEW_EXPIRY_OUTCOME: or("hold", () => z.enum(["hold", "fallback"], "must be hold or fallback")),
  REVIEW_EXPIRY_BY_RISK: optional(() =>
    json(
      z.partialRecord(z.enum(REVIEW_REASONS), z.enum(["hold", "fallback"])),
      `{"low_confidence":"hold"}, with hold or fallback for any of ${REVIEW_REASONS.join(", ")}`,
    ),
  ),
  REVIEW_VALUE_ABOVE: optional(() => number({ min: 0 })),
  REVIEW_QUANTITY_FACTOR: optional(() => number({ min: 1 })),
  REVIEW_FIRST_ORDER: or(false, flag),
  REVIEW_FORECAST_AGE_DAYS: optional(() => number({ min: 0 })),
  REVIEW_HISTORY_AGE_DAYS: or(28, () => number({ min: 1 })),
  ITEMS: or("any", () => z.enum(["any", "known"], "must be any or known")),
  FOUR_EYES: or(false, flag),
  GUARDS_OFF: optional(() => list().pipe(z.array(z.enum(GUARD_CODES, `must be of ${GUARD_CODES.join(", ")}`)))),
  REVIEWERS: optional(list),
  APPROVALS_REQUIRED_ABOVE: optional(() => number({ min: 0 })),
  REVIEW_ESCALATION_TO: optional(addresses),
  REVIEW_EXTENSION_SECONDS: optional(() => number({ min: 0 })),
  REVIEW_EMAIL_TO: optional(addresses),
  REVIEW_EMAIL_FROM: optional(() =>
    z.string().refine(isSender, "must be an address like stock@example.com or Stockwarden <stock@example.com>"),
  ),
  MAIL_URL: optional(() =>
    url("smtps://user:password@mail.example.com").refine(
      isPercentEncoded,
      "has a % that encodes nothing: write it as %25",
    ),
  ),
  CF_ACCESS_TEAM_DOMAIN: optional(() =>
    z
      .string()
      .regex(
        /^(https:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)+$|^http:\/\/(127\.0\.0\.1|localhost):\d+$/,
        "must be a domain like team.cloudflareaccess.com",
      ),
  ),
  CF_ACCESS_AUD: optional(() => z.string()),
  SLACK_WEBHOOK_URL: optional(url),
  SLACK_BOT_TOKEN: optional(() => z.string()),
  SLACK_SIGNING_SECRET: optional(() => z.string()),
  SLACK_CHANNEL: optional(() => z.string()),
  SLACK_API_URL: optional(url),
  SLACK_ALLOWED_USERS: optional(list),
  WEBHOOK_URL: optional(url),
  WEBHOOK_SECRET: optional(() => z.string()),
  OPENAI_API_KEY: optional(() => z.string()),
  OPENAI_BASE_URL: optional(url),
  OPENAI_MODEL: optional(() => z.string()),
  OPENAI_SHADOW_MODEL: optional(() => z.string()),
  OPENAI_PRICES: optional(() =>
    json(
      z.record(z.string(), z.object({ input: z.number().min(0), output: z.number().min(0) })),
      '{"my-model":{"input":0.2,"output":0.8}}',
    ),
  ),
  LLM_TIMEOUT_MS: or(20_000, () => number({ min: 1 })),
  LLM_DEADLINE_MS: or(60_000, () => number({ min: 1 })),
  LLM_DAILY_BUDGET_USD: optional(() => number({ min: 0 })),
  LLM_REPLAY_MODELS: optional(list),
  LLM_REPLAY_BUDGET_USD: or(1, () => number({ min: 0 })),
  RETENTION_DAYS: or(400, () => number({ min: 1 })),
  ORDER_SYNC_SECONDS: or(3_600, () => number({ min: 0 })),
  SENTRY_DSN: optional(dsn),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(url),
  OTEL_EXPORTER_OTLP_HEADERS: optional(headers),
  OTEL_TRACES_SAMPLER_ARG: or(1, () => number({ min: 0, max: 1 })),
  LOG_LEVEL: or("info", () => z.enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error")),
} as const;

type Fields = typeof FIELDS;
export type RawSettings = {
  readonly [Name in keyof Fields]: z.output<ReturnType<Fields[Name]["schema"]>> | Fields[Name]["absent"];
};

/** Every setting there is, for tools that pick them out of an environment. */
export const SETTING_NAMES: readonly string[] = Object.keys(FIELDS);

export type ReadSettings =
  | { readonly ok: true; readonly raw: RawSettings }
  | { readonly ok: false; readonly problems: readonly { readonly setting: string; readonly message: string }[] };

/** Makes the schemas of those settings alone that have a text: making all took a third of an isolate's start. */
export function readSettings(texts: Readonly<Record<string, unknown>>): ReadSettings {
  const raw: Record<string, unknown> = {};
  const problems: { setting: string; message: string }[] = [];
  for (const [setting, { schema, absent, isRequired }] of Object.entries<Field<unknown, unknown>>(FIELDS)) {
    const text = texts[setting];
    if (text === undefined) {
      if (isRequired) problems.push({ setting, message: "is not set" });
      raw[setting] = absent;
      continue;
    }
    const parsed = schema().safeParse(text);
    if (parsed.success) raw[setting] = parsed.data;
    else problems.push(...parsed.error.issues.map(({ message }) => ({ setting, message })));
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, raw: raw as RawSettings };
}

function required<T>(schema: () => z.ZodType<T>): Field<T, never> {
  return { schema: madeOnce(schema), absent: undefined as never, isRequired: true };
}

function optional<T>(schema: () => z.ZodType<T>): Field<T, undefined> {
  return { schema: madeOnce(schema), absent: undefined, isRequired: false };
}

function or<T>(absent: NoInfer<T>, schema: () => z.ZodType<T>): Field<T, T> {
  return { schema: madeOnce(schema), absent, isRequired: false };
}

function number({ min = -Infinity, max = Infinity }: { min?: number; max?: number }) {
  const range = max < Infinity ? `a number from ${min} to ${max}` : `a number of ${min} or more`;
  return z
    .string()
    .regex(/^\s*-?(\d+\.?\d*|\.\d+)\s*$/, `must be ${range}`)
    .transform((text) => Number(text))
    .pipe(z.number().min(min, `must be ${range}`).max(max, `must be ${range}`));
}

function flag() {
  return z
    .enum(["true", "false", "1", "0", "on", "off"], "must be true or false")
    .transform((text) => ["true", "1", "on"].includes(text));
}

function list() {
  return z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string()).min(1));
}

function addresses() {
  return list().refine(
    (all) => all.every(isOneAddress),
    "must be addresses alone, with commas between: ana@example.com,ben@example.com",
  );
}

function url(example = "https://api.example.com") {
  return z.string().refine((text) => URL.canParse(text), `must be a whole URL, like ${example}`);
}

/** Paths are added to it, and the Worker answers from its root. */
function isSite(text: string): boolean {
  const site = URL.parse(text);
  return site !== null && /^\/*$/.test(site.pathname) && site.search + site.hash + site.username === "";
}

function dsn() {
  const message = "must be a DSN like https://KEY@HOST/PROJECT";
  return z.string().refine((text) => URL.canParse(text) && /^https?:\/\/[^/@]+@[^/]+\/.+$/.test(text), message);
}

function headers() {
  const pair = /^[^=\s]+\s*=.*$/;
  return z
    .string()
    .refine(
      (text) => isPercentEncoded(text) && text.split(",").every((part) => part.trim() === "" || pair.test(part.trim())),
      "must be name=value with commas between, percent-encoded: authorization=Bearer%20token",
    );
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function json<T extends z.ZodType>(schema: T, example: string) {
  return z.string().transform((text, context): z.output<T> => {
    const parsed = schema.safeParse(fromJson(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: "custom", message: `must be JSON like ${example}` });
    return z.NEVER;
  });
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
