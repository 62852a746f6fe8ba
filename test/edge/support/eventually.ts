import { vi } from "vitest";

/**
 * On a machine with more to do than it has cores for, what takes a moment elsewhere may take this long; Vitest's own
 * second is short.
 */
const WITHIN_MS = 60_000;

/**
 * Looks again until the look does not throw: for what happens behind a response. Where `Date` is faked, each look moves
 * it on by the interval.
 */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: WITHIN_MS, interval: 20 });
}
