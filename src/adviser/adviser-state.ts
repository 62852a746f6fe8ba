/**
 * Reads the state of the shared objects behind the adviser, for `GET /metrics`. Asks nobody while no model is
 * configured.
 */
import type { Settings } from "../config/settings.ts";
import type { AdviserState } from "../metrics/render-metrics.ts";
import { budgetObject, circuitDoor, type AdviserBindings } from "./workers-adviser.ts";
import { MICRO_USD } from "./limits/reservation.ts";

export async function adviserState({ llm }: Settings, env: AdviserBindings, now: number): Promise<AdviserState> {
  if (llm === null) return { circuitOpen: 0, budgetUsd: 0, spentTodayUsd: 0 };
  const [circuitOpen, spentTodayUsd] = await Promise.all([
    isOpen(env, now),
    llm.dailyBudgetUsd === null ? 0 : spentToday(env),
  ]);
  return { circuitOpen, budgetUsd: llm.dailyBudgetUsd ?? 0, spentTodayUsd };
}

/** When its time is over the circuit waits for a probe, which no longer counts as an outage. */
async function isOpen(env: AdviserBindings, now: number): Promise<number> {
  try {
    const { openUntil } = await circuitDoor(env.CIRCUIT).status();
    return openUntil !== null && now < openUntil ? 1 : 0;
  } catch {
    return Number.NaN;
  }
}

async function spentToday(env: AdviserBindings): Promise<number> {
  try {
    return (await budgetObject(env.BUDGET).spentToday()) / MICRO_USD;
  } catch {
    return Number.NaN;
  }
}
