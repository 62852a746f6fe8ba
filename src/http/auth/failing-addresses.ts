/**
 * Addresses whose failed credentials passed the limit, as this isolate saw it. For the rest of the window their unknown
 * keys are looked up a few times only: made-up keys must not reach the database at the rate of the attack, and a good
 * key that comes from behind the same address must still be found.
 */
import { MINUTE_MS } from "../../shared/durations.ts";
const WINDOW_MS = MINUTE_MS;
const LOOKUPS_A_WINDOW = 20;
/** Some 100 bytes each. */
const MOST_KEPT = 10_000;

interface Failing {
  readonly until: number;
  lookups: number;
}

const failing = new Map<string, Failing>();

/** Remembers that the address is over its limit. */
export function noteFailing(address: string, now: number): void {
  const known = failing.get(address);
  if (known !== undefined && known.until > now) return;
  if (failing.size >= MOST_KEPT) failing.clear();
  failing.set(address, { until: now + WINDOW_MS, lookups: 0 });
}

/** For tests, whose worlds share an isolate and a moment. */
export function forgetFailing(): void {
  failing.clear();
}

/** True when a key from this address may be looked up; counts the look-up. */
export function mayLookUp(address: string, now: number): boolean {
  const known = failing.get(address);
  if (known === undefined || known.until <= now) return true;
  known.lookups++;
  return known.lookups <= LOOKUPS_A_WINDOW;
}
