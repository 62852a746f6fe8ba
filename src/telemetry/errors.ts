/**
 * Unexpected errors go to Sentry; the only importer of toucan-js, which is loaded when the first one is sent, so that
 * an unset SENTRY_DSN costs nothing.
 *
 * - Reporting never throws and never delays an answer: the wire is used in `waitUntil`.
 * - Expected faults are not reported: refusals, an adviser's faults, the platform's resets (see `expected.ts`).
 * - One fault, one report: an error that an object reported itself comes back to its caller marked `remote` and is
 *   skipped there.
 * - No request data is sent but its id, and the finished event is scrubbed like a log line.
 */
import type { Settings } from "../config/settings.ts";
import { isExpected } from "./expected.ts";
import { RELEASE } from "../config/release.ts";
import { createScrub } from "./scrub.ts";

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

/** For a refused configuration: nothing can be sent, but expected errors are still distinguished. */
export const SILENT: ErrorReporter = { report: (error) => !isExpected(error) };

export function createErrorReporter(settings: Settings): ErrorReporter {
  const { sentryDsn } = settings;
  const scrub = createScrub(settings);
  return {
    report(error, facts, context) {
      if (isExpected(error)) return false;
      if (sentryDsn !== null) context.waitUntil(send(error, facts, context, sentryDsn, scrub).catch(() => undefined));
      return true;
    },
  };
}

async function send(
  error: unknown,
  facts: ErrorFacts,
  context: KeepAlive,
  dsn: string,
  scrub: (text: string) => string,
): Promise<void> {
  const { Toucan, linkedErrorsIntegration } = await import("toucan-js");
  const sentry = new Toucan({
    dsn,
    context: { waitUntil: (sent: Promise<unknown>) => context.waitUntil(Promise.resolve(sent).catch(() => undefined)) },
    transportOptions: { fetcher: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(SEND_TIMEOUT_MS) }) },
    release: RELEASE,
    // Events carry only what is set here: no console lines and no request data.
    defaultIntegrations: false,
    integrations: [linkedErrorsIntegration()],
    beforeSend: (event) => JSON.parse(scrub(JSON.stringify(event))) as typeof event,
  });
  sentry.setTag("origin", facts.origin);
  if (facts.requestId) sentry.setTag("request_id", facts.requestId);
  if (facts.workflowId) sentry.setTag("workflow_id", facts.workflowId);
  if (facts.item) sentry.setTag("item", facts.item);
  if (facts.node !== undefined) sentry.setTag("node", facts.node);
  sentry.setFingerprint(fingerprint(error, facts.origin));
  sentry.captureException(error);
}

/** Groups the same fault into one issue, whatever item, number or id its message names. */
function fingerprint(error: unknown, origin: ErrorOrigin): string[] {
  const { name, message } = error instanceof Error ? error : { name: typeof error, message: String(error) };
  return [origin, name, message.replace(/[0-9a-f]{8,}|\d+/gi, "#").slice(0, 200)];
}
