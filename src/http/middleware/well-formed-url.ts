/** Refuses a path or query that is not percent-encoded UTF-8, since routers differ in what they make of it. */
import type { MiddlewareHandler } from "hono";
import type { AppTypes } from "../kit/context.ts";
import { Problem } from "../../api/problems.ts";

export function refuseMalformedUrl(): MiddlewareHandler<AppTypes> {
  return function wantsWellFormedUrl(c, next) {
    if (c.req.url.includes("%")) {
      try {
        decodeURIComponent(c.req.url);
      } catch {
        throw new Problem("malformed_request", "The URL is not percent-encoded UTF-8.");
      }
    }
    return next();
  };
}
