import { describe, expect, it } from "vitest";
import { costOf, DEFAULT_MODEL, priceOf, wantsTemperature } from "../../src/adviser/call/models.ts";
import { parseVariant } from "../../src/adviser/call/variant.ts";

describe("prices", () => {
  it("come from the table, the setting first", () => {
    expect(priceOf("gpt-4o-mini", {}, false)).toEqual({ input: 0.15, output: 0.6 });
    expect(priceOf("gpt-4o-mini", { "gpt-4o-mini": { input: 9, output: 9 } }, false)).toEqual({ input: 9, output: 9 });
    expect(priceOf("gpt-5.4-mini-2026-03-17", {}, false)).toEqual(priceOf("gpt-5.4-mini", {}, false));
  });

  it("of an unknown model are nothing on a keyless server and the dearest known elsewhere", () => {
    expect(priceOf("qwen3", {}, true)).toEqual({ input: 0, output: 0 });
    expect(priceOf("unheard-of", {}, false)).toEqual({ input: 2.5, output: 15 });
  });

  it("make a decision of the default model cost less than a tenth of a cent", () => {
    expect(costOf(priceOf(DEFAULT_MODEL, {}, false), 1_600, 300)).toBeLessThan(0.001);
  });
});

it("asks for a temperature only where it is accepted", () => {
  expect(["gpt-4o-mini", "llama3.1", "o4-mini", "gpt-5.4-nano"].map(wantsTemperature)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it.each([
  [null, DEFAULT_MODEL, "2026-11-standard"],
  ["gpt-4o", "gpt-4o", "2026-11-standard"],
  ["@cf/meta/llama-3#2026-11-terse", "@cf/meta/llama-3", "2026-11-terse"],
  ["#2026-11-terse", DEFAULT_MODEL, "2026-11-terse"],
  ["gpt-4o#no-such-prompt", "gpt-4o", "2026-11-standard"],
])("reads the variant %s", (name, model, promptVersion) => {
  expect(parseVariant(name)).toEqual({ model, promptVersion });
});
