import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SETTING_NAMES } from "../../src/config/settings-schema.ts";

it("the example of settings names every setting, and none that is unknown", () => {
  const example = readFileSync(new URL("../../.dev.vars.example", import.meta.url), "utf8");
  const listed = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]!);
  expect(listed.toSorted()).toEqual(SETTING_NAMES.toSorted());
});
