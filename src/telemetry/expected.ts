/** Tells expected failures from bugs; only bugs are reported. */
import { Problem } from "../api/problems.ts";
import { isDatabaseAway } from "../shared/database-away.ts";

/**
 * Marks on errors of Durable Object calls:
 * https://developers.cloudflare.com/durable-objects/best-practices/error-handling/
 */
export interface PlatformMarks {
  readonly remote?: boolean;
  readonly retryable?: boolean;
  readonly overloaded?: boolean;
}

/**
 * A deploy, an eviction or a lost connection, where the platform sets no mark of its own: `durableObjectReset` is
 * also set on an error of ours that was thrown while an object was being constructed. An object that lacks the method
 * still runs the release before: nothing of the call was done.
 */
const RESET_WORDING =
  /Durable Object reset|its code was updated|Network connection lost|caused object to be reset|RPC receiver does not/i;

export function isExpected(error: unknown): boolean {
  return isRefusal(error) || isPlatformReset(error) || isDatabaseAway(error) || isReportedElsewhere(error);
}

/** A thrown answer: a problem below 500, or one about the service's configuration or load. */
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && error.code !== "internal_error";
}

export function isPlatformReset(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { retryable, overloaded } = error as Error & PlatformMarks;
  return retryable === true || overloaded === true || RESET_WORDING.test(error.message);
}

/** Thrown by an object's method, all of which report themselves (`report-calls.ts`). */
function isReportedElsewhere(error: unknown): boolean {
  return error instanceof Error && (error as Error & PlatformMarks).remote === true;
}
