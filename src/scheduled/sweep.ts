/**
 * The five-minute sweep: pokes the objects of reviews that are overdue and undecided. Their own alarms should have run;
 * this catches one that the platform lost (I3, I8).
 */
import type { Env } from "../env.ts";
import { storageOf } from "../storage/storage.ts";

/** Objects poked a sweep: a longer backlog is worked off by the next ones. */
const MOST_POKED = 200;
const POKED_AT_ONCE = 10;

export async function sweep(env: Env, now: number): Promise<{ poked: number; failed: number }> {
  const overdue = await storageOf(env).workflows.overdue(now, MOST_POKED);
  const objectIds = [...new Set(overdue.map((review) => review.workflowId.split("-")[0]!))];
  let failed = 0;
  for (let at = 0; at < objectIds.length; at += POKED_AT_ONCE) {
    const results = await Promise.allSettled(
      objectIds.slice(at, at + POKED_AT_ONCE).map(async (id) => env.ITEM.get(env.ITEM.idFromString(id)).poke()),
    );
    failed += results.filter((result) => result.status === "rejected").length;
  }
  return { poked: objectIds.length, failed };
}
