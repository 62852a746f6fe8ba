/**
 * Headers of every answer, errors included: nothing is cached, framed, sniffed or disclosed to another site. Ours
 * instead of Hono's `secureHeaders`, which has one policy for all answers, sets headers that only pages need, and no
 * `Cache-Control`.
 */
import type { Context } from "hono";
import { policyOf, type LimitClass } from "../auth/limits.ts";
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
  "Referrer-Policy": "no-referrer",
};

/**
 * Not on an answer to a trigger, where each costs some microseconds: `frame-ancestors` says the first in newer
 * browsers, and no page can embed the answer to a POST.
 */
const EMBEDDING_HEADERS = { "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin" };
const EACH_HEADER = Object.entries({ ...HEADERS, ...EMBEDDING_HEADERS });

/** Headers that only matter for a page; the many answers for programs leave them out. */
const PAGE_HEADERS = Object.entries({
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
});

/** Of an answer for programs, by the rate limit that it counted against: a handful. */
const prepared = new Map<LimitClass | undefined, Headers>();

/**
 * An answer for programs with all of its headers at once: copied from prepared ones, of which only the request's id is
 * set. Given as a record they cost a quarter more, set one by one several times as much.
 */
export function safeJson(c: Context<AppTypes>, text: string, status: number): Response {
  const limit = c.get("limit");
  const headers = prepared.get(limit) ?? prepare(limit);
  headers.set("X-Request-Id", c.get("requestId"));
  const response = new Response(text, { status, headers });
  c.set("made", response);
  return response;
}

function prepare(limit: LimitClass | undefined): Headers {
  const headers = new Headers({
    "Content-Type": "application/json",
    ...HEADERS,
    "Content-Security-Policy": API_POLICY,
    ...(limit === undefined ? {} : { "RateLimit-Policy": policyOf(limit) }),
  });
  prepared.set(limit, headers);
  return headers;
}

/** For every answer that `safeJson` did not make. */
export function setSafeHeaders(c: Context<AppTypes>, response: Response): void {
  if (c.get("made") === response) return;
  const { headers } = response;
  const policy = c.get("policy");
  for (const [name, value] of EACH_HEADER) headers.set(name, value);
  if (policy !== undefined) for (const [name, value] of PAGE_HEADERS) headers.set(name, value);
  headers.set("Content-Security-Policy", policy ?? API_POLICY);
  headers.set("X-Request-Id", c.get("requestId"));
  // HTTP wants it with each 401, a sign-in page's too; browsers ask nobody for a bearer key.
  if (response.status === 401) headers.set("WWW-Authenticate", 'Bearer realm="stockwarden"');
  const limit = c.get("limit");
  if (limit !== undefined) headers.set("RateLimit-Policy", policyOf(limit));
}
