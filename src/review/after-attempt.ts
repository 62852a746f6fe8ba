/** Computes a delivery's row after one attempt. Pure. */
import type { Delivery } from "../workflow/types/delivery.ts";
import { nextAttempt } from "./backoff.ts";
import type { DeliveryResult } from "./channel.ts";

const ERROR_MAX_LENGTH = 200;

/** The parts of a delivery's row that an attempt changes. */
type Attempted = Pick<Delivery, "status" | "attempts" | "dueAt" | "ref" | "error">;

export function afterAttempt<D extends Attempted>(delivery: D, result: DeliveryResult, now: number, random: number) {
  const attempts = delivery.attempts + 1;
  if (result.ok) {
    const { error: _mended, ...rest } = delivery;
    return { ...rest, status: "done" as const, attempts, ...(result.ref === undefined ? {} : { ref: result.ref }) };
  }
  if (result.isMoot === true) return { ...delivery, status: "dropped" as const, attempts };
  const error = result.error.slice(0, ERROR_MAX_LENGTH);
  const next = result.retry ? nextAttempt(attempts, now, random, result.retryAfterMs) : { park: true as const };
  return "park" in next
    ? { ...delivery, status: "parked" as const, attempts, error }
    : { ...delivery, status: "pending" as const, attempts, dueAt: next.dueAt, error };
}
