/**
 * Rate limits by the platform's counters: fixed windows, counted near the client. They answer only yes or no, so no
 * remaining count is shown, and Retry-After is the window.
 */
import { noteFailing } from "./failing-addresses.ts";
import type { AppContext } from "../kit/context.ts";
import { Problem } from "../../api/problems.ts";

/** `period` of the three bindings in wrangler.toml. */
const WINDOW_SECONDS = 60;

/** The same numbers as in wrangler.toml, which cannot be read from here; a test compares them. */
export const LIMITS = {
  standard: { binding: "LIMITER", perWindow: 100 },
  /** Keys of class `bulk`, and the root key. */
  bulk: { binding: "LIMITER_BULK", perWindow: 10_000 },
  /** Failed credentials of one address. */
  failures: { binding: "AUTH_LIMITER", perWindow: 300 },
} as const;

export type LimitClass = keyof typeof LIMITS;

/** As the header `RateLimit-Policy` has it. */
export function policyOf(limit: LimitClass): string {
  return `"${limit}";q=${LIMITS[limit].perWindow};w=${WINDOW_SECONDS}`;
}

/** Counts one request; throws the 429 when it was one too many. */
export async function countRequest(c: AppContext, limit: LimitClass, key: string): Promise<void> {
  const { binding, perWindow } = LIMITS[limit];
  c.set("limit", limit);
  try {
    const { success } = await c.env[binding].limit({ key });
    if (success) return;
  } catch {
    // An unreachable counter lets requests through: a store that cannot order is worse than one that asks too often.
    return;
  }
  if (limit === "failures") noteFailing(key, Date.now());
  throw new Problem(
    "rate_limited",
    `More than ${perWindow} ${limit === "failures" ? "failed attempts" : "requests"} in ${WINDOW_SECONDS} seconds.`,
    {
      headers: { "Retry-After": String(WINDOW_SECONDS) },
    },
  );
}

/**
 * Whose failures are counted together: the address that the platform saw, and for IPv6 the /64 that one subscriber has.
 * Forwarding headers are what a client says about itself, and are not read.
 */
export function addressOf(c: AppContext): string {
  const address = c.req.header("CF-Connecting-IP") ?? "unknown";
  return address.includes(":") ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array.from({ length: zeros }, () => "0"), ...right].slice(0, 4).join(":");
}
