/** Headers of every answer, errors included: nothing is cached, framed, sniffed or told to another site. */
import type { MiddlewareHandler } from "hono";
import type { AppTypes } from "./context.ts";

/** Answers for programs: a browser that shows one may load and run nothing. */
export const API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Pages for people, for a route that declares `policy: PAGE_POLICY`: own files and own forms, no inline script or style.
 * The one place where a page may be allowed more.
 */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

export function safeHeaders(): MiddlewareHandler<AppTypes> {
  return async function sendSafely(c, next) {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
    c.res.headers.set("Content-Security-Policy", c.get("policy") ?? API_POLICY);
    c.res.headers.set("X-Request-Id", c.get("requestId"));
  };
}
