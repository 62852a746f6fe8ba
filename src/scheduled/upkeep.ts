/** What cron does every five minutes: repairs only, since objects act by their own alarms. */
import type { Env } from "../env.ts";
import { ageOut, ageOutPurchases } from "./age-out.ts";
import { learnSeasons } from "./learn-seasons.ts";
import { sweep, sweepPurchases } from "./sweep.ts";

/** One after the other: each may make a limited number of calls at a time. Returns the counts of its log line. */
export async function upkeep(env: Env) {
  const sweeps = [await sweep(env, Date.now()), await sweepPurchases(env, Date.now())];
  const ageing = [await ageOut(env, Date.now()), await ageOutPurchases(env, Date.now())];
  const { learned, unlearned } = await learnSeasons(env);
  return {
    poked: sweeps.reduce((sum, { poked }) => sum + poked, 0),
    failed: sweeps.reduce((sum, { failed }) => sum + failed, 0),
    aged: ageing.reduce((sum, { aged }) => sum + aged, 0),
    kept: ageing.reduce((sum, { kept }) => sum + kept, 0),
    learned,
    unlearned,
  };
}
