/** Which errors are the day's weather and which are faults of ours. Only the latter are reported. */

import { Problem } from "../api/problems.ts";

/** Marks on errors of Durable Object calls: https://developers.cloudflare.com/durable-objects/best-practices/error-handling/ */
interface PlatformMarks {
  readonly remote?: boolean;
  readonly retryable?: boolean;
  readonly overloaded?: boolean;
}

/**
 * A deploy, an eviction or a lost connection, where the platform sets no mark of its own: `durableObjectReset` also stands
 * on an error of ours that was thrown while an object was being constructed.
 */
const RESET_WORDING =
  /Durable Object reset|reset because its code was updated|Network connection lost|storage caused object to be reset/i;

export function isExpected(error: unknown): boolean {
  return isRefusal(error) || isPlatformReset(error) || isDatabaseAway(error) || isReportedElsewhere(error);
}

/** An answer that happens to be thrown: a problem below 500, or one that says how the service is set up or loaded. */
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && error.code !== "internal_error";
}

function isPlatformReset(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { retryable, overloaded } = error as Error & PlatformMarks;
  return retryable === true || overloaded === true || RESET_WORDING.test(error.message);
}

/** What a database says that is being moved (docs/postgresql.md): for some minutes, and on purpose. */
const FROZEN = "frozen: being moved to another database";

/** A database that cannot be reached is an outage; one that refuses a statement (`SQLITE_ERROR`) has found a fault of ours. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.message.startsWith("PostgreSQL is away") || error.message.includes(FROZEN)) return true;
  return error.message.startsWith("D1_ERROR") && !/SQLITE_(?!BUSY|FULL)/.test(error.message);
}

/** Thrown by an object's method, all of which report themselves (`report-calls.ts`). */
function isReportedElsewhere(error: unknown): boolean {
  return error instanceof Error && (error as Error & PlatformMarks).remote === true;
}
