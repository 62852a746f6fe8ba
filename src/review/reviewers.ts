/** The allow-list of reviewers (`REVIEWERS`): who may answer, on any channel. */
import type { Settings } from "../config/settings.ts";

/**
 * `names` are what others gave a person: an address, a Slack user id, a key's id or name; never what they call
 * themselves.
 */
export function mayReview(settings: Pick<Settings, "review">, names: readonly string[]): boolean {
  const { reviewers } = settings.review;
  if (reviewers === null) return true;
  const allowed = new Set(reviewers.map((name) => name.toLowerCase()));
  return names.some((name) => allowed.has(name.toLowerCase()));
}
