/** A running server as a client sees it, and what it printed as an operator sees it. */
import type { LocalServer } from "../../scripts/lib/server/local-server.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Asserted on field by field.
  readonly body: any;
}

export async function ask(
  server: LocalServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    redirect: "manual",
    // A kept connection that the server closes while a test waits for a command would fail the next request.
    headers: {
      Authorization: `Bearer ${server.key}`,
      "Content-Type": "application/json",
      Connection: "close",
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}

/** Stock far above safety holds; none at all, with nothing known of demand, is asked about. */
export function trigger(
  server: LocalServer,
  productId: string,
  changes: Record<string, unknown> = {},
): Promise<Answer> {
  return ask(server, "POST", "/inventory-trigger", {
    product_id: productId,
    current_stock: 100,
    safety_stock_level: 40,
    ...changes,
  });
}

export function sweep(server: LocalServer): Promise<Answer> {
  return ask(server, "GET", "/cdn-cgi/handler/scheduled");
}

/**
 * The log lines among what Wrangler printed: each is a JSON object. The last line may be half written, and is left for
 * later.
 */
export function logLines(server: LocalServer): Record<string, unknown>[] {
  return server
    .output()
    .split("\n")
    .slice(0, -1)
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** On a machine with more to do than it has cores for, what takes a moment elsewhere may take this long. */
const WITHIN_MS = 90_000;

/** Polls until it is true; what is waited for happens behind a response, so there is nothing to await. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = WITHIN_MS): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("did not come true in time");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Series -> value, of a page in the text format. */
export async function scrape(server: LocalServer): Promise<Map<string, number>> {
  const { text } = await ask(server, "GET", "/metrics");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}
