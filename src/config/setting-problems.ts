/**
 * Finds problems of settings whose values are each well-formed: a group that is half set, a secret that can be
 * guessed, an address that may not be called.
 */
import { isLoopbackUrl, refusedUrl } from "./outgoing-url.ts";
import { weaknessOf } from "./secret-strength.ts";
import type { RawSettings } from "./settings-schema.ts";

export interface SettingProblem {
  readonly setting: string;
  readonly message: string;
}

/** Channels and features that need several settings at once: one set means all are needed. */
const GROUPS: readonly {
  readonly any: readonly (keyof RawSettings)[];
  readonly all: readonly (keyof RawSettings)[];
}[] = [
  {
    any: ["REVIEW_EMAIL_TO", "REVIEW_EMAIL_FROM", "MAIL_URL"],
    all: ["REVIEW_EMAIL_TO", "REVIEW_EMAIL_FROM", "LINK_SECRET"],
  },
  { any: ["SLACK_WEBHOOK_URL"], all: ["SLACK_WEBHOOK_URL", "LINK_SECRET"] },
  {
    any: ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CHANNEL"],
    all: ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CHANNEL", "LINK_SECRET"],
  },
  { any: ["CF_ACCESS_TEAM_DOMAIN", "CF_ACCESS_AUD"], all: ["CF_ACCESS_TEAM_DOMAIN", "CF_ACCESS_AUD"] },
  { any: ["WEBHOOK_URL", "WEBHOOK_SECRET"], all: ["WEBHOOK_URL", "WEBHOOK_SECRET"] },
  { any: ["OTEL_EXPORTER_OTLP_HEADERS"], all: ["OTEL_EXPORTER_OTLP_ENDPOINT"] },
  { any: ["REVIEW_ESCALATION_TO"], all: ["REVIEW_EMAIL_TO", "REVIEW_EMAIL_FROM"] },
];

export function missingOfGroups(raw: RawSettings): SettingProblem[] {
  const problems = new Map<string, SettingProblem>();
  for (const group of GROUPS) {
    const present = group.any.filter((name) => raw[name] !== undefined);
    if (present.length === 0) continue;
    for (const name of group.all) {
      if (raw[name] === undefined) {
        problems.set(name, {
          setting: name,
          message: `is not set, and ${present.join(" and ")} ${present.length === 1 ? "needs" : "need"} it`,
        });
      }
    }
  }
  return [...problems.values()];
}

/** Secrets that people choose. Secrets from another service are as strong as that service makes them. */
export function weakSecrets(raw: RawSettings): SettingProblem[] {
  const problems: SettingProblem[] = [];
  const seen = new Map<string, string>();
  for (const setting of ["API_KEY", "KEY_PEPPER", "LINK_SECRET", "WEBHOOK_SECRET"] as const) {
    const parts = setting === "LINK_SECRET" ? secretsOf(raw[setting]) : [raw[setting]?.replace(/^whsec_/, "")];
    for (const secret of parts) {
      if (secret === undefined) continue;
      const weakness = seen.has(secret)
        ? `is the same as ${seen.get(secret)}: each needs a secret of its own`
        : weaknessOf(secret);
      seen.set(secret, setting);
      if (weakness !== null) problems.push({ setting, message: weakness });
    }
  }
  return problems;
}

/** A setting that may hold two while it is rotated. */
export function secretsOf(commaSeparated: string | undefined): string[] {
  return (
    commaSeparated
      ?.split(",")
      .map((secret) => secret.trim())
      .filter(Boolean) ?? []
  );
}

/** `smtp:` must upgrade by STARTTLS; the mailer refuses to go on without. */
const MAIL_PROTOCOLS = ["smtps:", "smtp:", "https:"];

/** Outside local development every outgoing URL is https, and never an address of the local network. */
export function insecureUrls(raw: RawSettings): SettingProblem[] {
  const local = isLoopbackUrl(raw.PUBLIC_URL);
  const problems: SettingProblem[] = [];
  for (const name of [
    "PUBLIC_URL",
    "SLACK_WEBHOOK_URL",
    "SLACK_API_URL",
    "WEBHOOK_URL",
    "OPENAI_BASE_URL",
    "MAIL_URL",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
  ] as const) {
    const value = raw[name];
    if (value === undefined) continue;
    const message = refusedUrl(value, local, name === "MAIL_URL" ? MAIL_PROTOCOLS : ["https:"]);
    if (message !== null) problems.push({ setting: name, message });
  }
  return problems;
}
