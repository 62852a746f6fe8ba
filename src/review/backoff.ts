/** When a failed delivery is tried again, and when it is parked for a person. Pure. */
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../shared/durations.ts";

/** Standard Webhooks' schedule: quick for a hiccup, a day apart for an outage; about three days in all. */
const DELAYS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const;

/** Up to a fifth is added, so that a receiver that recovers does not get everything at once. */
const JITTER_FRACTION = 0.2;
const LONGEST_DELAY_MS = 24 * HOUR_MS;

export const MAX_ATTEMPTS = DELAYS_MS.length + 1;

/** After `attempts` failed attempts (1 = the first has just failed). `random` is in [0, 1). */
export function nextAttempt(
  attempts: number,
  now: number,
  random: number,
  retryAfterMs?: number,
): { readonly dueAt: number } | { readonly park: true } {
  const planned = DELAYS_MS[attempts - 1];
  if (planned === undefined) return { park: true };
  const asked = Math.min(Math.max(0, retryAfterMs ?? 0), LONGEST_DELAY_MS);
  const jittered = Math.min(planned * (1 + JITTER_FRACTION * random), LONGEST_DELAY_MS);
  return { dueAt: now + Math.round(Math.max(asked, jittered)) };
}
