/** Settings that are accepted and have no effect as they are, or another than they seem to: for people who deploy. */
import type { Settings } from "../../../src/config/settings.ts";
import type { SettingTexts } from "./local-settings.ts";
import { unknownNames } from "./unknown-settings.ts";

/** Settings of something that is switched on by another. */
const PARTS: readonly { readonly of: readonly string[]; readonly parts: readonly string[] }[] = [
  {
    of: ["OPENAI_API_KEY", "OPENAI_BASE_URL"],
    parts: [
      "OPENAI_MODEL",
      "OPENAI_SHADOW_MODEL",
      "OPENAI_PRICES",
      "LLM_TIMEOUT_MS",
      "LLM_DEADLINE_MS",
      "LLM_DAILY_BUDGET_USD",
      "LLM_REPLAY_MODELS",
      "LLM_REPLAY_BUDGET_USD",
    ],
  },
  { of: ["SLACK_BOT_TOKEN"], parts: ["SLACK_API_URL", "SLACK_ALLOWED_USERS"] },
  { of: ["OTEL_EXPORTER_OTLP_ENDPOINT"], parts: ["OTEL_TRACES_SAMPLER_ARG"] },
];

export function idleSettings(
  texts: SettingTexts,
  { keyPepper, review, email, slack, webhook, llm }: Settings,
): string[] {
  const idle = PARTS.filter(({ of }) => !of.some((name) => name in texts)).flatMap(({ of, parts }) =>
    parts.filter((name) => name in texts).map((name) => `${name} has no effect without ${of.join(" or ")}.`),
  );
  const unknown = unknownNames(texts).map((name) => `${name} is no setting of this service, and is not uploaded.`);
  const off = Object.keys(review.expiryByRisk).filter((code) => review.guardsOff.some((guard) => guard === code));
  const faults: readonly (readonly [isSo: boolean, says: string])[] = [
    [keyPepper === null, "KEY_PEPPER is not set: only the root key will work, and no key can be made until it is."],
    [
      email === null && slack === null && webhook === null,
      "No mail, Slack or webhook is set: questions wait in the inbox, and nobody hears of them.",
    ],
    [review.confidenceThreshold === 0, "CONFIDENCE_THRESHOLD is 0: no order is asked about for its confidence."],
    [review.confidenceThreshold === 1, "CONFIDENCE_THRESHOLD is 1: every order that is not certain is asked about."],
    [
      review.approvalsRequiredAbove !== null && review.reviewers?.length === 1,
      "APPROVALS_REQUIRED_ABOVE needs two people and REVIEWERS lists one: nobody can approve an order above it.",
    ],
    [off.length > 0, `REVIEW_EXPIRY_BY_RISK names what GUARDS_OFF switches off: ${off.join(", ")}.`],
    [llm?.dailyBudgetUsd === 0, "LLM_DAILY_BUDGET_USD is 0: the model is never asked."],
    [
      llm !== null && llm.timeoutMs > llm.deadlineMs,
      "LLM_TIMEOUT_MS is above LLM_DEADLINE_MS, which ends every attempt before.",
    ],
  ];
  return [...unknown, ...idle, ...faults.flatMap(([isSo, says]) => (isSo ? [says] : []))];
}
