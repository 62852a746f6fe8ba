/**
 * Unexpected errors go to Sentry. What writes the report is loaded when the first one is sent, so that an unset
 * SENTRY_DSN costs nothing.
 *
 * - Reporting never throws and never delays an answer: the wire is used in `waitUntil`.
 * - Expected faults are not reported: refusals, an adviser's faults, the platform's resets (see `expected.ts`).
 * - One fault, one report: an error that an object reported itself comes back to its caller marked `remote` and is
 *   skipped there.
 * - A Sentry that has enough (429) gets nothing for as long as it says: a storm of one error must not become another.
 * - No request data is sent but its id, and the finished event is scrubbed like a log line.
 */
import type { Settings } from "../config/settings.ts";
import { isExpected } from "./expected.ts";
import { RELEASE } from "../config/release.ts";
import { createScrub } from "./scrub.ts";
import { retryAfterMs } from "../shared/retry-after.ts";
import { MINUTE_MS } from "../shared/durations.ts";

/** Where the error appeared: the Worker's request, an object's method, its alarm, or the cron sweep. */
export type ErrorOrigin = "fetch" | "rpc" | "alarm" | "scheduled";

export interface ErrorFacts {
  readonly origin: ErrorOrigin;
  readonly requestId?: string | null;
  readonly workflowId?: string | null;
  /** Store and product, where no workflow is known. */
  readonly item?: string | null;
  readonly node?: string;
}

/** A request's or an object's context: whatever can keep it alive until the report is sent. */
export interface KeepAlive {
  waitUntil(promise: Promise<unknown>): void;
}

export interface ErrorReporter {
  /** @returns whether the error was unexpected, reported or not. */
  report(error: unknown, facts: ErrorFacts, context: KeepAlive): boolean;
}

/** A report that hangs would keep the object awake, so it is bounded in time. */
const SEND_TIMEOUT_MS = 5_000;
/** After a 429 that does not say how long; the same as Sentry's own clients. */
const QUIET_MS = MINUTE_MS;

/** For a refused configuration: nothing can be sent, but expected errors are still distinguished. */
export const SILENT: ErrorReporter = { report: (error) => !isExpected(error) };

export function createErrorReporter(settings: Settings): ErrorReporter {
  const { sentryDsn } = settings;
  const scrub = createScrub(settings);
  let quietUntil = 0;
  return {
    report(error, facts, context) {
      if (isExpected(error)) return false;
      if (sentryDsn !== null && Date.now() >= quietUntil)
        context.waitUntil(send(error, facts, sentryDsn, scrub).then(beQuiet, () => undefined));
      return true;
    },
  };

  function beQuiet({ status, headers }: Response): void {
    const now = Date.now();
    if (status === 429) quietUntil = now + (retryAfterMs(headers.get("Retry-After"), now) ?? QUIET_MS);
  }
}

async function send(
  error: unknown,
  facts: ErrorFacts,
  dsn: string,
  scrub: (text: string) => string,
): Promise<Response> {
  const { envelopeOf, envelopeUrl } = await import("./sentry-event.ts");
  const tags = {
    origin: facts.origin,
    ...(facts.requestId ? { request_id: facts.requestId } : {}),
    ...(facts.workflowId ? { workflow_id: facts.workflowId } : {}),
    ...(facts.item ? { item: facts.item } : {}),
    ...(facts.node === undefined ? {} : { node: facts.node }),
  };
  const sent = { release: RELEASE, tags, fingerprint: fingerprint(error, facts.origin) };
  const stamp = { id: crypto.randomUUID().replaceAll("-", ""), at: Date.now() };
  const response = await fetch(envelopeUrl(dsn), {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/x-sentry-envelope" },
    body: envelopeOf(error, sent, stamp, scrub),
    signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
  });
  await response.body?.cancel();
  return response;
}

/** Groups the same fault into one issue, whatever item, number or id its message names. */
function fingerprint(error: unknown, origin: ErrorOrigin): string[] {
  const { name, message } = error instanceof Error ? error : { name: typeof error, message: String(error) };
  return [origin, name, message.replace(/[0-9a-f]{8,}|\d+/gi, "#").slice(0, 200)];
}
