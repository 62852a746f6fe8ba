/** Calendar days as numbers: days since 1970-01-01, on the wire `2026-01-31`. */
import { DAY_MS } from "./durations.ts";

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Null when the text is not a calendar date. */
export function dayOf(text: string): number | null {
  if (!DATE.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text ? null : ms / DAY_MS;
}

export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
