/**
 * Every setting by its name in the environment, as zod reads it: text in, a number, flag, list or URL out, or a
 * message.
 */
import * as z from "zod";
import { GUARD_CODES, REVIEW_REASONS } from "../workflow/review.ts";

/** Settings in the order of the documentation; every value arrives as text. */
export const RawSettings = z.object({
  API_KEY: z.string().regex(/^[!-~]+$/, "must be printable ASCII without spaces, since it travels in a header"),
  KEY_PEPPER: z.string().optional(),
  LINK_SECRET: z.string().optional(),
  PUBLIC_URL: url().optional(),
  CONFIDENCE_THRESHOLD: number({ min: 0, max: 1 }).default(0.6),
  REVIEW_TTL_SECONDS: number({ min: 1, max: 365 * 86_400 }).default(14_400),
  REVIEW_REMINDER_FRACTION: number({ min: 0, max: 1 }).default(0.5),
  REVIEW_EXPIRY_OUTCOME: z.enum(["hold", "fallback"], "must be hold or fallback").default("hold"),
  REVIEW_EXPIRY_BY_RISK: json(z.partialRecord(z.enum(REVIEW_REASONS), z.enum(["hold", "fallback"]))).optional(),
  REVIEW_VALUE_ABOVE: number({ min: 0 }).optional(),
  REVIEW_QUANTITY_FACTOR: number({ min: 1 }).optional(),
  REVIEW_FIRST_ORDER: flag().default(false),
  REVIEW_FORECAST_AGE_DAYS: number({ min: 0 }).optional(),
  REVIEW_HISTORY_AGE_DAYS: number({ min: 1 }).default(28),
  ITEMS: z.enum(["any", "known"], "must be any or known").default("any"),
  FOUR_EYES: flag().default(false),
  GUARDS_OFF: list()
    .pipe(z.array(z.enum(GUARD_CODES, `must be of ${GUARD_CODES.join(", ")}`)))
    .optional(),
  REVIEWERS: list().optional(),
  APPROVALS_REQUIRED_ABOVE: number({ min: 0 }).optional(),
  REVIEW_ESCALATION_TO: list().optional(),
  REVIEW_EXTENSION_SECONDS: number({ min: 0 }).optional(),
  REVIEW_EMAIL_TO: list().optional(),
  REVIEW_EMAIL_FROM: z.string().optional(),
  MAIL_URL: url().optional(),
  CF_ACCESS_TEAM_DOMAIN: z
    .string()
    .regex(
      /^(https:\/\/)?[a-z0-9-]+(\.[a-z0-9-]+)+$|^http:\/\/(127\.0\.0\.1|localhost):\d+$/,
      "must be a domain like team.cloudflareaccess.com",
    )
    .optional(),
  CF_ACCESS_AUD: z.string().optional(),
  SLACK_WEBHOOK_URL: url().optional(),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_CHANNEL: z.string().optional(),
  SLACK_API_URL: url().optional(),
  SLACK_ALLOWED_USERS: list().optional(),
  WEBHOOK_URL: url().optional(),
  WEBHOOK_SECRET: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: url().optional(),
  OPENAI_MODEL: z.string().optional(),
  OPENAI_SHADOW_MODEL: z.string().optional(),
  OPENAI_PRICES: json(
    z.record(z.string(), z.object({ input: z.number().min(0), output: z.number().min(0) })),
  ).optional(),
  LLM_TIMEOUT_MS: number({ min: 1 }).default(20_000),
  LLM_DEADLINE_MS: number({ min: 1 }).default(60_000),
  LLM_DAILY_BUDGET_USD: number({ min: 0 }).optional(),
  LLM_REPLAY_MODELS: list().optional(),
  LLM_REPLAY_BUDGET_USD: number({ min: 0 }).default(1),
  RETENTION_DAYS: number({ min: 1 }).default(400),
  ORDER_SYNC_SECONDS: number({ min: 0 }).default(3_600),
  SENTRY_DSN: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url().optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_TRACES_SAMPLER_ARG: number({ min: 0, max: 1 }).default(1),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"], "must be debug, info, warn or error").default("info"),
});

export type RawSettings = z.output<typeof RawSettings>;

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

function url() {
  return z.string().refine((text) => URL.canParse(text), "must be a URL");
}

function json<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "must be JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
