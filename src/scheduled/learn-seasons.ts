/** Makes every store learn its season and measure its events; each store decides whether there is something new. */
import type { Env } from "../env.ts";
import { concurrently } from "../shared/concurrently.ts";
import { storageOf } from "../storage/storage.ts";
import { storeObject } from "../store/store-worlds.ts";

const STORES_AT_ONCE = 10;

export async function learnSeasons(env: Env): Promise<{ learned: number; unlearned: number }> {
  const storeIds = await storageOf(env).world.storeIds();
  const outcomes = await concurrently(storeIds, STORES_AT_ONCE, async (storeId) => {
    try {
      return (await storeObject(env, storeId).learn(storeId)) ? "learned" : "unchanged";
    } catch {
      // Its object reported what went wrong; the next sweep tries again.
      return "failed";
    }
  });
  return {
    learned: outcomes.filter((outcome) => outcome === "learned").length,
    unlearned: outcomes.filter((outcome) => outcome === "failed").length,
  };
}
