/**
 * Settings: the environment parsed once, by zod, into plain values. The only reader of raw env.
 *
 * An empty string counts as unset. An unset channel is off; a half-set one is refused with the names that are missing.
 * Pure but for zod, so that scripts check a configuration with the same code that the Worker refuses it by.
 */
import { oncePerEnv } from "../shared/once-per-env.ts";
import { isLoopbackUrl } from "./outgoing-url.ts";
import { insecureUrls, missingOfGroups, secretsOf, weakSecrets, type SettingProblem } from "./setting-problems.ts";
import { readSettings, type RawSettings } from "./settings-schema.ts";
import type { ReviewPolicy } from "../workflow/review.ts";
import { SECOND_MS } from "../shared/durations.ts";

export interface Settings {
  readonly apiKey: string;
  readonly keyPepper: string | null;
  /** The first signs, all verify. */
  readonly linkSecrets: readonly string[];
  /** Origin without a trailing slash; null = the request's own origin. */
  readonly publicUrl: string | null;
  /** Which items triggers may be about: any, or those with settings, sales or a forecast. */
  readonly items: "any" | "known";
  /** The core's policy with nothing left out, and who may answer at all; null = anybody with the scope. */
  readonly review: Required<ReviewPolicy> & { readonly reviewers: readonly string[] | null };
  readonly email: { readonly to: readonly string[]; readonly from: string; readonly mailUrl: string | null } | null;
  /** Cloudflare Access in front of the pages. */
  readonly access: { readonly issuer: string; readonly audience: string } | null;
  readonly slack: {
    readonly webhookUrl: string | null;
    readonly bot: {
      readonly token: string;
      readonly signingSecret: string;
      readonly channel: string;
      readonly apiUrl: string;
    } | null;
    readonly allowedUsers: readonly string[] | null;
  } | null;
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  readonly llm: {
    readonly apiKey: string | null;
    readonly baseUrl: string | null;
    readonly model: string | null;
    readonly shadowModel: string | null;
    readonly prices: Readonly<Record<string, { readonly input: number; readonly output: number }>>;
    readonly timeoutMs: number;
    readonly deadlineMs: number;
    readonly dailyBudgetUsd: number | null;
    /** Models that a replay may ask beside the configured ones. */
    readonly replayModels: readonly string[];
    /** What replays may spend in a UTC day, beside the budget of decisions. */
    readonly replayBudgetUsd: number;
  } | null;
  readonly retentionDays: number;
  readonly sentryDsn: string | null;
  /** Where spans go; `share` of new traces are kept. */
  readonly traces: {
    readonly url: string;
    /** As OpenTelemetry has them: percent-encoded pairs with commas between. */
    readonly headers: string;
    readonly share: number;
  } | null;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

export type ParsedSettings =
  | {
      readonly ok: true;
      readonly settings: Settings;
      /** Secrets that will do for a server on one's own machine only; empty once `PUBLIC_URL` is a loopback one. */
      readonly weak: readonly SettingProblem[];
    }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/**
 * Reads every setting or names every one that is wrong; never throws. Bindings and unknown names in `env` are ignored.
 */
export function parseSettings(env: object): ParsedSettings {
  const texts = Object.fromEntries(
    Object.entries(env).filter(([, value]) => typeof value === "string" && value.trim() !== ""),
  );
  const read = readSettings(texts);
  if (!read.ok) return read;
  const { raw } = read;
  const weak = isLoopbackUrl(raw.PUBLIC_URL) ? [] : weakSecrets(raw);
  const problems = [...missingOfGroups(raw), ...insecureUrls(raw), ...(raw.PUBLIC_URL === undefined ? [] : weak)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, settings: toSettings(raw), weak };
}

/**
 * What keeps a configuration from being used: its problems, and its weak secrets unless it serves this machine alone.
 * Where `PUBLIC_URL` is not set, only the caller knows which: the Worker by the address it is asked at, a script by its
 * task.
 */
export function unfitFor(parsed: ParsedSettings, isLocal: () => boolean): readonly SettingProblem[] {
  if (!parsed.ok) return parsed.problems;
  return parsed.weak.length === 0 || isLocal() ? [] : parsed.weak;
}

export const settingsOf: (env: object) => ParsedSettings = oncePerEnv(parseSettings);

/** For code that a misconfigured Worker never reaches. */
export function requireSettings(env: object): Settings {
  const parsed = settingsOf(env);
  if (!parsed.ok)
    throw new Error(`misconfigured: ${parsed.problems.map((p) => `${p.setting} ${p.message}`).join("; ")}`);
  return parsed.settings;
}

function toSettings(raw: RawSettings): Settings {
  return {
    apiKey: raw.API_KEY,
    keyPepper: raw.KEY_PEPPER ?? null,
    linkSecrets: secretsOf(raw.LINK_SECRET),
    publicUrl: raw.PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    items: raw.ITEMS,
    review: toReview(raw),
    email:
      raw.REVIEW_EMAIL_TO !== undefined && raw.REVIEW_EMAIL_FROM !== undefined
        ? { to: raw.REVIEW_EMAIL_TO, from: raw.REVIEW_EMAIL_FROM, mailUrl: raw.MAIL_URL ?? null }
        : null,
    access:
      raw.CF_ACCESS_TEAM_DOMAIN !== undefined && raw.CF_ACCESS_AUD !== undefined
        ? { issuer: issuerOf(raw.CF_ACCESS_TEAM_DOMAIN), audience: raw.CF_ACCESS_AUD }
        : null,
    slack: toSlack(raw),
    webhook:
      raw.WEBHOOK_URL !== undefined && raw.WEBHOOK_SECRET !== undefined
        ? { url: raw.WEBHOOK_URL, secret: raw.WEBHOOK_SECRET }
        : null,
    llm: toLlm(raw),
    retentionDays: raw.RETENTION_DAYS,
    sentryDsn: raw.SENTRY_DSN ?? null,
    traces:
      raw.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? null
        : {
            url: raw.OTEL_EXPORTER_OTLP_ENDPOINT,
            headers: raw.OTEL_EXPORTER_OTLP_HEADERS ?? "",
            share: raw.OTEL_TRACES_SAMPLER_ARG,
          },
    logLevel: raw.LOG_LEVEL,
  };
}

function toReview(raw: RawSettings): Settings["review"] {
  const reminder = raw.REVIEW_REMINDER_FRACTION;
  return {
    confidenceThreshold: raw.CONFIDENCE_THRESHOLD,
    ttlMs: raw.REVIEW_TTL_SECONDS * SECOND_MS,
    // A reminder at the very start or end is useless, so 0 and 1 switch it off.
    reminderFraction: reminder > 0 && reminder < 1 ? reminder : null,
    expiryOutcome: raw.REVIEW_EXPIRY_OUTCOME,
    expiryByRisk: raw.REVIEW_EXPIRY_BY_RISK ?? {},
    valueAbove: raw.REVIEW_VALUE_ABOVE ?? null,
    quantityFactor: raw.REVIEW_QUANTITY_FACTOR ?? null,
    firstOrder: raw.REVIEW_FIRST_ORDER,
    forecastAgeDays: raw.REVIEW_FORECAST_AGE_DAYS ?? null,
    historyAgeDays: raw.REVIEW_HISTORY_AGE_DAYS,
    guardsOff: raw.GUARDS_OFF ?? [],
    fourEyes: raw.FOUR_EYES,
    reviewers: raw.REVIEWERS ?? null,
    approvalsRequiredAbove: raw.APPROVALS_REQUIRED_ABOVE ?? null,
    escalationTo: raw.REVIEW_ESCALATION_TO ?? [],
    extensionMs: (raw.REVIEW_EXTENSION_SECONDS ?? 0) * SECOND_MS,
    orderSyncMs: raw.ORDER_SYNC_SECONDS * SECOND_MS,
  };
}

/** A domain as Cloudflare names it, `team.cloudflareaccess.com`, with or without its scheme. */
function issuerOf(domain: string): string {
  return new URL(domain.includes("://") ? domain : `https://${domain}`).origin;
}

function toSlack(raw: RawSettings): Settings["slack"] {
  const bot =
    raw.SLACK_BOT_TOKEN !== undefined && raw.SLACK_SIGNING_SECRET !== undefined && raw.SLACK_CHANNEL !== undefined
      ? {
          token: raw.SLACK_BOT_TOKEN,
          signingSecret: raw.SLACK_SIGNING_SECRET,
          channel: raw.SLACK_CHANNEL,
          apiUrl: (raw.SLACK_API_URL ?? "https://slack.com/api").replace(/\/+$/, ""),
        }
      : null;
  if (bot === null && raw.SLACK_WEBHOOK_URL === undefined) return null;
  return { webhookUrl: raw.SLACK_WEBHOOK_URL ?? null, bot, allowedUsers: raw.SLACK_ALLOWED_USERS ?? null };
}

/** A server of one's own may need no key. */
function toLlm(raw: RawSettings): Settings["llm"] {
  if (raw.OPENAI_API_KEY === undefined && raw.OPENAI_BASE_URL === undefined) return null;
  return {
    apiKey: raw.OPENAI_API_KEY ?? null,
    baseUrl: raw.OPENAI_BASE_URL ?? null,
    model: raw.OPENAI_MODEL ?? null,
    shadowModel: raw.OPENAI_SHADOW_MODEL ?? null,
    prices: raw.OPENAI_PRICES ?? {},
    timeoutMs: raw.LLM_TIMEOUT_MS,
    deadlineMs: raw.LLM_DEADLINE_MS,
    dailyBudgetUsd: raw.LLM_DAILY_BUDGET_USD ?? null,
    replayModels: raw.LLM_REPLAY_MODELS ?? [],
    replayBudgetUsd: raw.LLM_REPLAY_BUDGET_USD,
  };
}
