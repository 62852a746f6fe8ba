/** Whether a person's browser asks, rather than a program. */
import type { AppContext } from "./context.ts";

/** A browser names HTML before anything else, and sends no key. */
export function isBrowser(c: AppContext): boolean {
  const accepted = c.req.header("Accept") ?? "";
  const hasKey = c.req.header("Authorization") !== undefined || c.req.header("X-API-Key") !== undefined;
  return !hasKey && (c.req.method === "GET" || c.req.method === "HEAD") && /^\s*text\/html\b/.test(accepted);
}
