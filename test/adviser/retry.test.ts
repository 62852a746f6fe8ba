import { describe, expect, it } from "vitest";
import { type Attempt, failedAttempt } from "../../src/adviser/call/attempt.ts";
import { askWithRetry, waitBefore } from "../../src/adviser/call/retry.ts";
import { T0, VirtualTime } from "../support/virtual-time.ts";

const LIMITS = { attemptMs: 20_000, deadlineAt: T0 + 60_000 };
const answer: Attempt = { ok: true, text: "{}", usage: null };
const busy = (retryAfterMs: number | null = null) =>
  failedAttempt("rate_limited", "status 429", { again: true, retryAfterMs });

function script(...attempts: Attempt[]) {
  const timeouts: number[] = [];
  return {
    timeouts,
    ask: async (timeoutMs: number) => {
      timeouts.push(timeoutMs);
      return attempts[timeouts.length - 1] ?? busy();
    },
  };
}

describe("asking again", () => {
  it("stops at an answer", async () => {
    const time = new VirtualTime();
    const { ask, timeouts } = script(busy(), answer);
    expect(await time.run(askWithRetry(ask, LIMITS, time))).toEqual([busy(), answer]);
    expect(timeouts).toHaveLength(2);
  });

  it("stops at a failure that cannot pass", async () => {
    const time = new VirtualTime();
    const { ask } = script(failedAttempt("quota", "no quota"));
    expect(await time.run(askWithRetry(ask, LIMITS, time))).toHaveLength(1);
    expect(time.waited).toEqual([]);
  });

  it("asks three times at the most", async () => {
    const time = new VirtualTime();
    expect(await time.run(askWithRetry(script().ask, LIMITS, time))).toHaveLength(3);
  });

  it("does not begin a wait that would outlast the deadline", async () => {
    const time = new VirtualTime();
    expect(await time.run(askWithRetry(script(busy(60_000)).ask, LIMITS, time))).toHaveLength(1);
    expect(time.clock()).toBe(T0);
  });

  it("gives the last attempt no more time than is left", async () => {
    const time = new VirtualTime();
    const { ask, timeouts } = script(busy(40_000), answer);
    await time.run(askWithRetry(ask, LIMITS, time));
    expect(timeouts).toEqual([20_000, 15_000]);
  });
});

describe("the wait", () => {
  it("grows from 4 s to 10 s, jitter included", () => {
    for (const random of [0, 0.3, 0.999]) {
      expect(waitBefore(1, null, random)).toBeGreaterThanOrEqual(4_000);
      expect(waitBefore(1, null, random)).toBeLessThanOrEqual(5_000);
      expect(waitBefore(2, null, random)).toBeGreaterThanOrEqual(8_000);
      expect(waitBefore(2, null, random)).toBeLessThanOrEqual(10_000);
    }
  });

  it("is never shorter than what the server asked for", () => {
    for (const random of [0, 0.5, 0.999])
      expect(waitBefore(1, 2_000, random), `${random}`).toBeGreaterThanOrEqual(2_000);
    expect(waitBefore(1, 0, 0)).toBe(1_000);
  });
});
