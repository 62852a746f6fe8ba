/** A delivery's row after one attempt. Pure. */
import type { Delivery } from "../workflow/types.ts";
import { nextAttempt } from "./backoff.ts";
import type { DeliveryResult } from "./channel.ts";

const ERROR_MAX_LENGTH = 200;

export function afterAttempt(delivery: Delivery, result: DeliveryResult, now: number, random: number): Delivery {
  const attempts = delivery.attempts + 1;
  if (result.ok) {
    const { error: _mended, ...rest } = delivery;
    return { ...rest, status: "done", attempts, ...(result.ref === undefined ? {} : { ref: result.ref }) };
  }
  const error = result.error.slice(0, ERROR_MAX_LENGTH);
  const next = result.retry ? nextAttempt(attempts, now, random, result.retryAfterMs) : { park: true as const };
  return "park" in next
    ? { ...delivery, status: "parked", attempts, error }
    : { ...delivery, status: "pending", attempts, dueAt: next.dueAt, error };
}
