/**
 * When to ask again: three attempts, waits of 4 s growing to 10 s with jitter, a server's Retry-After where the
 * deadline allows it, and no retry that cannot succeed. Time is a parameter, so tests control it.
 */
import { type Attempt, failedAttempt } from "./attempt.ts";

const MOST_ATTEMPTS = 3;
/** Long enough for a rate limit by the second or a restarting server to pass. */
const FIRST_WAIT_MS = 4_000;
const LONGEST_WAIT_MS = 10_000;
/** The shortest wait, also when the server asks for none or names a moment that has passed. */
const SHORTEST_WAIT_MS = 1_000;
const GROWTH = 2;
/** Spreads callers that failed together. Jitter is only added, so no wait is shorter than what the server asked for. */
const JITTER = 0.25;

export interface Time {
  readonly clock: () => number;
  readonly random: () => number;
  /** Resolves after `ms`, or early when the signal aborts; never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * Tries until there is an answer, a failure that a retry cannot fix, the last attempt, or the deadline. Returns all
 * attempts in order.
 */
export async function askWithRetry(
  ask: (timeoutMs: number) => Promise<Attempt>,
  limits: { readonly attemptMs: number; readonly deadlineAt: number },
  time: Time,
  signal?: AbortSignal,
): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (;;) {
    const left = limits.deadlineAt - time.clock();
    if (left <= 0 || signal?.aborted === true) {
      if (attempts.length === 0) attempts.push(failedAttempt("timeout", "no time was left to ask"));
      return attempts;
    }
    const attempt = await ask(Math.min(limits.attemptMs, left));
    attempts.push(attempt);
    if (attempt.ok || !attempt.fault.again || attempts.length >= MOST_ATTEMPTS) return attempts;
    const wait = waitBefore(attempts.length, attempt.fault.retryAfterMs, time.random());
    if (time.clock() + wait >= limits.deadlineAt) return attempts;
    await time.sleep(wait, signal);
  }
}

/** Ms to wait after `failures` failed attempts. */
export function waitBefore(failures: number, retryAfterMs: number | null, random: number): number {
  const asked =
    retryAfterMs === null ? FIRST_WAIT_MS * GROWTH ** (failures - 1) : Math.max(SHORTEST_WAIT_MS, retryAfterMs);
  const jittered = asked * (1 + JITTER * random);
  return retryAfterMs === null ? Math.min(LONGEST_WAIT_MS, jittered) : jittered;
}
