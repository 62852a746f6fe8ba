/**
 * The typed client as the scripts use it: if a server does not answer, the user gets a message and no stack trace.
 */
import { Stockwarden, StockwardenError } from "../../../src/client/client.ts";
import { StartupProblem } from "../command/startup-problem.ts";

/** Longer than any `Prefer: wait`: an answer that takes this long is a fault. */
const ANSWER_WITHIN_MS = 60_000;

export function serviceClient(url: string, key: string): Stockwarden {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw new StartupProblem(`--url is the service's address, such as https://stock.example.com, not "${url}".`);
  return new Stockwarden({
    url,
    key,
    fetch: async (request) => {
      const response = await answered(request, url);
      if (response.ok && response.headers.get("Content-Type")?.startsWith("text/html") === true)
        throw new StartupProblem(`${url} answers with a page: is this the service's address, and nothing in front?`);
      return response;
    },
  });
}

async function answered(request: Request, url: string): Promise<Response> {
  try {
    return await fetch(new Request(request, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }));
  } catch (error) {
    const { cause, message } = error as Error;
    throw new StartupProblem(`${url} does not answer: ${cause instanceof Error ? cause.message : message}.`);
  }
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
