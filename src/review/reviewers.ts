/** The allow-list of reviewers (`REVIEWERS`): who may answer at all, whatever way they come. */
import type { Settings } from "../settings.ts";

/** `names` are the ways one person is known: an address, a Slack user id, a key's id or name. Case does not tell people apart. */
export function mayReview(settings: Pick<Settings, "review">, names: readonly string[]): boolean {
  const { reviewers } = settings.review;
  if (reviewers === null) return true;
  const allowed = new Set(reviewers.map((name) => name.toLowerCase()));
  return names.some((name) => allowed.has(name.toLowerCase()));
}
