import { describe, expect, it } from "vitest";
import { TriggerHeaders, waitMsOf } from "../../src/http/kit/request/preferences.ts";

const keyIn = (header: string | undefined): string | null =>
  TriggerHeaders.parse(header === undefined ? {} : { "Idempotency-Key": header })["Idempotency-Key"];

describe("Prefer", () => {
  it.each([
    [undefined, 10_000],
    ["", 10_000],
    ["wait=5", 5_000],
    ['wait="5"', 5_000],
    ["WAIT = 5", 5_000],
    ["wait=0", 0],
    ["wait=31", 30_000],
    ["wait=999999999", 30_000],
    ["wait=9999999999", 10_000],
    ["wait=-1", 10_000],
    ["wait=1.5", 10_000],
    ["wait", 10_000],
    ["respond-async", 0],
    ["respond-async, wait=3", 3_000],
    ["wait=3, wait=9", 3_000],
    ['handling="wait=1"', 10_000],
    ["return=minimal; wait=1", 10_000],
    ["return=minimal; foo=bar, wait=2; x", 2_000],
    ["\u0001", 10_000],
  ])("%j waits %i ms", (header, ms) => {
    expect(waitMsOf(header)).toBe(ms);
  });
});

describe("Prefer as a header", () => {
  it("is 10 s when it is left out", () => expect(TriggerHeaders.parse({}).Prefer).toBe(10_000));
  it("is refused beyond 1 KiB", () => {
    expect(TriggerHeaders.safeParse({ Prefer: "x".repeat(1_025) }).success).toBe(false);
  });
});

describe("Idempotency-Key", () => {
  it.each([
    ["abc", "abc"],
    ['"abc"', "abc"],
    ['"a b, c"', "a b, c"],
    [String.raw`"a \"quoted\" \\ key"`, String.raw`a "quoted" \ key`],
    ["x".repeat(255), "x".repeat(255)],
    [`"${"x".repeat(255)}"`, "x".repeat(255)],
  ])("%j is read as %j", (header, key) => {
    expect(keyIn(header)).toBe(key);
  });

  it("may be left out", () => expect(keyIn(undefined)).toBeNull());

  it.each(["", '""', '"', '"a', 'a"', "a, b", "é", "a\tb", String.raw`"a\b"`, "x".repeat(256), `"${"x".repeat(256)}"`])(
    "%j is refused",
    (header) => {
      expect(() => keyIn(header)).toThrow(/printable ASCII characters/);
    },
  );
});
