import { expect, it } from "vitest";
import { retryAfterMs } from "../../src/shared/retry-after.ts";

const T0 = Date.parse("2040-03-01T06:00:00Z");

it.each([
  ["2", 2_000],
  ["0.5", 500],
  ["0", 0],
  [new Date(T0 + 7_000).toUTCString(), 7_000],
  [new Date(T0 - 7_000).toUTCString(), 0],
  ["-3", null],
  ["soon", null],
  ["", null],
  [null, null],
])("a Retry-After of %s is %s ms from now", (header, ms) => {
  expect(retryAfterMs(header, T0)).toBe(ms);
});
