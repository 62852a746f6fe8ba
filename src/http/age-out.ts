/**
 * Retention: with each sweep, a stretch of the decision log is walked and what is older than `RETENTION_DAYS` goes, in the
 * item's journal first and then in the database, so that no item sends again what the log has forgotten. An item that
 * cannot be reached keeps its rows until the walk comes by again.
 */
import type { Env } from "../env.ts";
import { requireSettings } from "../settings.ts";
import { d1Retention } from "../storage/retention.ts";
import { DAY_MS } from "../workflow/facts.ts";

/** Rows looked at a sweep: at one sweep in five minutes some 570,000 a day, for a two-hundredth of a dollar a month. */
const ROWS_A_STEP = 2_000;
const ITEMS_AT_ONCE = 10;

export async function ageOut(env: Env, now: number, rows = ROWS_A_STEP): Promise<{ aged: number; kept: number }> {
  const cutoff = now - requireSettings(env).retentionDays * DAY_MS;
  const retention = d1Retention(env.DB);
  const { aged, next } = await retention.look(cutoff, rows);
  const byItem = Map.groupBy(aged, ({ workflowId }) => workflowId.split("-")[0]!);
  const items = [...byItem.keys()];
  const forgotten: string[] = [];
  for (let at = 0; at < items.length; at += ITEMS_AT_ONCE) {
    await Promise.allSettled(
      items.slice(at, at + ITEMS_AT_ONCE).map(async (objectId) => {
        await env.ITEM.get(env.ITEM.idFromString(objectId)).forget(cutoff);
        forgotten.push(...byItem.get(objectId)!.map(({ workflowId }) => workflowId));
      }),
    );
  }
  await retention.remove(forgotten, next);
  return { aged: forgotten.length, kept: aged.length - forgotten.length };
}
