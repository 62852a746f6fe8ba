/**
 * Items that a run could not reach. Such an item may have decided and died before the database had it, with no alarm of
 * its own, so the store asks it again after the run until it answers. An item that has decided then answers with that
 * decision, once the database has it.
 */
import { withAnswers, type RunAnswer, type RunRecord, type Unreached } from "./run.ts";
import { DAY_MS, HOUR_MS } from "../../shared/durations.ts";

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = HOUR_MS;
/** By then the item's next count or run has come, or never will. */
const ASKED_FOR_MS = DAY_MS;
/** Items kept: a store whose items cannot be reached at all has its next run. */
const MOST_ITEMS = 1_000;

/** The record with more items to ask again. */
export function withUnreached(run: RunRecord, productIds: readonly string[], now: number): RunRecord {
  if (productIds.length === 0) return run;
  const { runId, startedAt } = run;
  const items = [
    ...(run.again?.items ?? []),
    ...productIds.map((productId) => ({ productId, runId, startedAt })),
  ].slice(0, MOST_ITEMS);
  return { ...run, again: { dueAt: now + FIRST_PAUSE_MS, attempts: 0, items } };
}

/**
 * The newest record after one more attempt: items that answered count in their own run as what they answered.
 *
 * @param answers of items of `again`; those that did not answer are asked again later
 */
export function afterAttempt(
  { again, ...newest }: RunRecord,
  answers: readonly { readonly item: Unreached; readonly answer: RunAnswer }[],
  now: number,
): RunRecord {
  if (again === undefined) return newest;
  const heard = new Set(answers.map(({ item }) => keyOf(item)));
  const items = again.items.filter((item) => !heard.has(keyOf(item)) && now - item.startedAt < ASKED_FOR_MS);
  const own = answers.filter(({ item }) => item.runId === newest.runId);
  const counted = withAnswers(
    { ...newest, failed: newest.failed - own.length },
    own.map(({ item, answer }) => ({ productId: item.productId, answer })),
  );
  const attempts = again.attempts + 1;
  if (items.length === 0) return counted;
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempts);
  return { ...counted, again: { dueAt: now + pause, attempts, items } };
}

function keyOf({ runId, productId }: Unreached): string {
  return `${runId} ${productId}`;
}
