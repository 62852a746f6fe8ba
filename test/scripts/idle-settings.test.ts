import { expect, it } from "vitest";
import { idleSettings } from "../../scripts/lib/server/idle-settings.ts";
import { requireSettings } from "../../src/config/settings.ts";

const LOCAL = { API_KEY: "key", KEY_PEPPER: "pepper", PUBLIC_URL: "http://localhost:8787", LINK_SECRET: "link" };
const HEARD = { ...LOCAL, SLACK_WEBHOOK_URL: "https://hooks.slack.example/1" };
const idle = (texts: Record<string, string>) => idleSettings(texts, requireSettings(texts));

it("says nothing of settings that have an effect", () => {
  expect(idle(HEARD)).toEqual([]);
  const model = { OPENAI_API_KEY: "sk", OPENAI_MODEL: "small", LLM_DAILY_BUDGET_USD: "2", OPENAI_PRICES: "{}" };
  const two = { APPROVALS_REQUIRED_ABOVE: "100", REVIEWERS: "ana@shop.example,ben@shop.example" };
  const risk = { REVIEW_EXPIRY_BY_RISK: '{"old_count":"fallback"}', GUARDS_OFF: "stale_history" };
  expect(idle({ ...HEARD, ...model, ...two, ...risk, CONFIDENCE_THRESHOLD: "0.9" })).toEqual([]);
});

it.each<[string, Record<string, string>, string]>([
  ["a model's settings without a model", { LLM_DAILY_BUDGET_USD: "2" }, "OPENAI_API_KEY or OPENAI_BASE_URL"],
  ["who may use buttons that nobody gets", { SLACK_ALLOWED_USERS: "U1" }, "SLACK_BOT_TOKEN"],
  ["two approvals of one reviewer", { APPROVALS_REQUIRED_ABOVE: "9", REVIEWERS: "ana" }, "nobody can approve"],
  ["what is no setting", { CLOUDFLARE_API_TOKEN: "t" }, "CLOUDFLARE_API_TOKEN is no setting of this service"],
  ["a threshold that asks about nothing", { CONFIDENCE_THRESHOLD: "0" }, "CONFIDENCE_THRESHOLD is 0"],
  ["a threshold that asks about everything", { CONFIDENCE_THRESHOLD: "1" }, "CONFIDENCE_THRESHOLD is 1"],
  ["a budget of nothing", { OPENAI_API_KEY: "sk", LLM_DAILY_BUDGET_USD: "0" }, "never asked"],
  ["an attempt that is longer than all", { OPENAI_API_KEY: "sk", LLM_TIMEOUT_MS: "90000" }, "LLM_DEADLINE_MS"],
  [
    "an outcome for a guard that is off",
    { REVIEW_EXPIRY_BY_RISK: '{"old_count":"fallback"}', GUARDS_OFF: "old_count" },
    "old_count",
  ],
])("names %s", (_, settings, says) => {
  expect(idle({ ...HEARD, ...settings })).toEqual([expect.stringContaining(says)]);
});

it("says that nobody hears of a question", () => {
  expect(idle(LOCAL)).toEqual([expect.stringContaining("nobody hears")]);
});

it("says that keys cannot be made without a pepper", () => {
  const { KEY_PEPPER: _unset, ...rest } = HEARD;
  expect(idle(rest)).toEqual([expect.stringContaining("no key can be made")]);
});
