/**
 * Headers of every answer, errors included: nothing is cached, framed, sniffed or disclosed to another site. Ours
 * instead of Hono's `secureHeaders`, which has one policy for all answers, sets headers that only pages need, and no
 * `Cache-Control`.
 */
import type { Context, MiddlewareHandler } from "hono";
import type { AppTypes } from "../kit/context.ts";

/** Answers for programs: a browser that shows one may load and run nothing. */
export const API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Pages for people, for a route that declares `policy: PAGE_POLICY`: own files and own forms, no inline script or
 * style. The one place where a page may be allowed more.
 */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri " +
  "'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS = Object.entries({
  "Cache-Control": "no-store",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
});

const EVERY_ANSWER = { ...Object.fromEntries(HEADERS), "Content-Security-Policy": API_POLICY };

/** What only means something for a page: an answer for programs, of which there are many, goes without. */
const PAGE_HEADERS = Object.entries({
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
});

/** What was made with all of its headers already. */
const made = new WeakSet<Response>();

/**
 * An answer for programs with all of its headers at once: making the answer takes half as long as setting them one by one
 * does.
 */
export function safeJson(
  c: Context<AppTypes>,
  text: string,
  status: number,
  headers: Readonly<Record<string, string>>,
): Response {
  const limitPolicy = c.get("limitPolicy");
  const response = new Response(text, {
    status,
    headers: {
      ...EVERY_ANSWER,
      ...headers,
      "Content-Type": "application/json",
      "X-Request-Id": c.get("requestId"),
      ...(limitPolicy === undefined ? {} : { "RateLimit-Policy": limitPolicy }),
    },
  });
  made.add(response);
  return response;
}

export function safeHeaders(): MiddlewareHandler<AppTypes> {
  return async function sendSafely(c, next) {
    await next();
    if (made.has(c.res)) return;
    const { headers } = c.res;
    const policy = c.get("policy");
    for (const [name, value] of HEADERS) headers.set(name, value);
    if (policy !== undefined) for (const [name, value] of PAGE_HEADERS) headers.set(name, value);
    headers.set("Content-Security-Policy", policy ?? API_POLICY);
    headers.set("X-Request-Id", c.get("requestId"));
    const limitPolicy = c.get("limitPolicy");
    if (limitPolicy !== undefined) headers.set("RateLimit-Policy", limitPolicy);
  };
}
