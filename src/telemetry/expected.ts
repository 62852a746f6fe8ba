/** Which errors are the day's weather and which are faults of ours. Only the latter are reported. */

/** Marks on errors of Durable Object calls: https://developers.cloudflare.com/durable-objects/best-practices/error-handling/ */
interface PlatformMarks {
  readonly remote?: boolean;
  readonly retryable?: boolean;
  readonly overloaded?: boolean;
  readonly durableObjectReset?: boolean;
}

/** A deploy, an eviction or a lost connection, where the platform sets no mark but its wording. */
const RESET_WORDING = /Durable Object reset|reset because its code was updated|Network connection lost|storage caused object to be reset/i;

export function isExpected(error: unknown): boolean {
  return isRefusal(error) || isPlatformReset(error) || isReportedElsewhere(error);
}

/** An answer that happens to be thrown: anything with a status below 500, as Hono's HTTPException has. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && "status" in error && typeof error.status === "number" && error.status < 500;
}

function isPlatformReset(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { retryable, overloaded, durableObjectReset } = error as Error & PlatformMarks;
  return retryable === true || overloaded === true || durableObjectReset === true || RESET_WORDING.test(error.message);
}

function isReportedElsewhere(error: unknown): boolean {
  return error instanceof Error && (error as Error & PlatformMarks).remote === true;
}
