/**
 * Headers of every answer, errors included: nothing is cached, framed, sniffed or disclosed to another site. Ours
 * instead of Hono's `secureHeaders`, which has one policy for all answers, sets headers that only pages need, and no
 * `Cache-Control`.
 */
import type { Context } from "hono";
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

const HEADERS = {
  "Cache-Control": "no-store",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};
const EACH_HEADER = Object.entries(HEADERS);

/** Headers that only matter for a page; the many answers for programs leave them out. */
const PAGE_HEADERS = Object.entries({
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
});

/**
 * An answer for programs with all of its headers at once. A literal of fixed names: spread together or set one by one,
 * the same headers cost several times as much.
 */
export function safeJson(c: Context<AppTypes>, text: string, status: number): Response {
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "Cache-Control": HEADERS["Cache-Control"],
    "Strict-Transport-Security": HEADERS["Strict-Transport-Security"],
    "X-Content-Type-Options": HEADERS["X-Content-Type-Options"],
    "X-Frame-Options": HEADERS["X-Frame-Options"],
    "Referrer-Policy": HEADERS["Referrer-Policy"],
    "Cross-Origin-Resource-Policy": HEADERS["Cross-Origin-Resource-Policy"],
    "Content-Security-Policy": API_POLICY,
    "X-Request-Id": c.get("requestId"),
  };
  const limitPolicy = c.get("limitPolicy");
  if (limitPolicy !== undefined) headers["RateLimit-Policy"] = limitPolicy;
  const response = new Response(text, { status, headers });
  c.set("made", response);
  return response;
}

/** For every answer that `safeJson` did not make. */
export function setSafeHeaders(c: Context<AppTypes>): void {
  if (c.get("made") === c.res) return;
  const { headers } = c.res;
  const policy = c.get("policy");
  for (const [name, value] of EACH_HEADER) headers.set(name, value);
  if (policy !== undefined) for (const [name, value] of PAGE_HEADERS) headers.set(name, value);
  headers.set("Content-Security-Policy", policy ?? API_POLICY);
  headers.set("X-Request-Id", c.get("requestId"));
  const limitPolicy = c.get("limitPolicy");
  if (limitPolicy !== undefined) headers.set("RateLimit-Policy", limitPolicy);
}
