/** Whether a question is in the store's morning mail, or is sent at once. Pure. */
import type { Workflow } from "../../workflow/types/workflow.ts";
import type { StoreFacts } from "../../world/types.ts";
import { nextMomentOf } from "../../world/zones.ts";
import { HOUR_MS } from "../../shared/durations.ts";

/** A question due within this time after the mail is sent at once. */
const DUE_SOON_MS = HOUR_MS;

export function waitsForMorning(
  { revision, review, runId }: Pick<Workflow, "revision" | "review" | "runId">,
  store: Pick<StoreFacts, "reviewAt" | "timeZone"> | null,
  now: number,
): boolean {
  if (store?.reviewAt == null || review === null || revision > 1) return false;
  const mailAt = runId === undefined ? nextMomentOf(store.reviewAt, store.timeZone, now) : now;
  return review.expiresAt > mailAt + DUE_SOON_MS;
}
