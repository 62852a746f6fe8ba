/** How the adviser's shared objects stand, for the metrics. Without a model nobody is asked. */
import type { Settings } from "../settings.ts";
import type { AdviserState } from "../telemetry/metrics.ts";
import { type AdviserBindings, budgetObject, circuitDoor } from "./workers-adviser.ts";

const MICRO_USD = 1_000_000;

/** Never rejects: an object that cannot be asked reads as closed and unspent, since a scrape must show the rest. */
export async function adviserState({ llm }: Settings, bindings: AdviserBindings, now: number): Promise<AdviserState> {
  if (llm === null) return { circuitOpen: false, budgetUsd: 0, spentTodayUsd: 0 };
  const [circuit, spent] = await Promise.allSettled([
    circuitDoor(bindings.CIRCUIT).status(),
    llm.dailyBudgetUsd === null ? 0 : budgetObject(bindings.BUDGET).spentToday(),
  ]);
  return {
    circuitOpen: circuit.status === "fulfilled" && circuit.value.openUntil !== null && circuit.value.openUntil > now,
    budgetUsd: llm.dailyBudgetUsd ?? 0,
    spentTodayUsd: spent.status === "fulfilled" ? spent.value / MICRO_USD : 0,
  };
}
