import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SETTING_NAMES } from "../../src/settings.ts";

/** Left out on purpose: they have defaults that only tests and unusual deployments change. */
const UNLISTED = ["SLACK_API_URL", "OPENAI_PRICES", "LLM_TIMEOUT_MS", "LLM_DEADLINE_MS"];

it("the example of settings names every setting, and none that is unknown", () => {
  const example = readFileSync(new URL("../../.dev.vars.example", import.meta.url), "utf8");
  const listed = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]!);
  expect(listed.toSorted()).toEqual(SETTING_NAMES.filter((name) => !UNLISTED.includes(name)).toSorted());
});
