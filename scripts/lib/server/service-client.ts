/**
 * The typed client as the scripts use it: if a server does not answer, the user gets a message and no stack trace.
 */
import { Stockwarden, StockwardenError } from "../../../src/client/client.ts";
import { StartupProblem } from "../command/startup-problem.ts";

/** Longer than any `Prefer: wait`: an answer that takes this long is a fault. */
const ANSWER_WITHIN_MS = 60_000;

export function serviceClient(url: string, key: string): Stockwarden {
  return new Stockwarden({
    url,
    key,
    fetch: async (request) => {
      try {
        return await fetch(new Request(request, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }));
      } catch (error) {
        const { cause, message } = error as Error;
        throw new StartupProblem(`${url} does not answer: ${cause instanceof Error ? cause.message : message}.`);
      }
    },
  });
}

/** The answer, or null when the service refused with one of these statuses. */
export async function unlessRefused<T>(statuses: readonly number[], call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof StockwardenError && statuses.includes(error.status)) return null;
    throw error;
  }
}
