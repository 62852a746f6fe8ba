/** Refuses a path or query that is not percent-encoded UTF-8, since routers differ in what they make of it. */
import type { AppContext } from "../kit/context.ts";
import { Problem } from "../../api/problems.ts";

export function refuseMalformedUrl(c: AppContext): void {
  if (!c.req.url.includes("%")) return;
  try {
    decodeURIComponent(c.req.url);
  } catch {
    throw new Problem("malformed_request", "The URL is not percent-encoded UTF-8.");
  }
}
