/** Whether a person's browser asks, rather than a program. */
import type { AppContext } from "./context.ts";
import { hasCredential } from "../auth/authenticate.ts";

/** A browser names HTML before anything else, and sends no key. */
export function isBrowser(c: AppContext): boolean {
  const accepted = c.req.header("Accept") ?? "";
  return !hasCredential(c) && (c.req.method === "GET" || c.req.method === "HEAD") && /^\s*text\/html\b/.test(accepted);
}
