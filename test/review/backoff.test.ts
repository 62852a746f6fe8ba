import { describe, expect, it } from "vitest";
import { MAX_ATTEMPTS, nextAttempt } from "../../src/review/backoff.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

describe("the schedule of attempts", () => {
  it("starts at 5 s, ends at 24 h, never shortens, and then parks", () => {
    const delays = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => nextAttempt(index + 1, 0, 0)).map((next) =>
      "dueAt" in next ? next.dueAt : -1,
    );
    expect(delays[0]).toBe(5 * SECOND);
    expect(delays.at(-1)).toBe(24 * HOUR);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(nextAttempt(MAX_ATTEMPTS, 0, 0)).toEqual({ park: true });
  });

  it("adds up to a fifth, so that a receiver coming back is not met by everybody at once", () => {
    expect(nextAttempt(1, 0, 0.999)).toEqual({ dueAt: 5_999 });
  });

  it("waits as long as the receiver asks, but no longer than a day", () => {
    expect(nextAttempt(1, 0, 0, 60 * SECOND)).toEqual({ dueAt: 60 * SECOND });
    expect(nextAttempt(1, 0, 0, 99 * HOUR)).toEqual({ dueAt: 24 * HOUR });
    expect(nextAttempt(1, 0, 0, 1)).toEqual({ dueAt: 5 * SECOND });
  });
});
