/**
 * Limits how many triggers an isolate works on at once. While something they wait for hangs (a database that neither
 * answers nor fails, a slow adviser), further triggers are refused at once with a Retry-After; otherwise memory would
 * run out and the accepted ones would be lost with it.
 */
import { Problem } from "../../api/problems.ts";
import { MINUTE_MS } from "../../shared/durations.ts";

/** At some 20 kB a trigger a third of an isolate's 128 MB; 60 a second may wait half a minute each. */
export const MOST_UNDER_WAY = 2_000;
/** Twice the longest wait. A request that the platform cancels, since it hung or its caller left, runs no `finally`. */
export const LOST_AFTER_MS = MINUTE_MS;

/** Oldest first. */
const underWay = new Set<{ readonly since: number }>();

/** Runs the work if there is room for it; otherwise throws the 503, and nothing was begun. */
export async function admitted<T>(work: () => Promise<T>): Promise<T> {
  const entry = { since: Date.now() };
  if (underWay.size >= MOST_UNDER_WAY) forgetLost(entry.since);
  if (underWay.size >= MOST_UNDER_WAY)
    throw new Problem("unavailable", "Too many triggers are in progress to answer this one in time; please retry.");
  underWay.add(entry);
  try {
    return await work();
  } finally {
    underWay.delete(entry);
  }
}

function forgetLost(now: number): void {
  for (const entry of underWay) {
    if (entry.since > now - LOST_AFTER_MS) return;
    underWay.delete(entry);
  }
}
