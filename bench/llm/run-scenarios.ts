/** Asks about every scenario and records the cost of the adviser's order beside that of the plan's. */
import type { Adviser } from "../../src/adviser/adviser.ts";
import type { AdviceOutcome, AdviceRecord } from "../../src/workflow/advice/advice.ts";
import { costOfOrder, questionOf, type Scenario } from "./scenarios.ts";

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly record: AdviceRecord;
  readonly planned: number;
  /** The order after the bounds; the plan's own if the adviser failed. */
  readonly advised: number;
  /** True when a person would be asked before anything is ordered. */
  readonly asks: boolean;
  /** The direction of the advice; null without advice. */
  readonly direction: Scenario["expect"] | null;
  readonly plannedCost: number;
  readonly advisedCost: number;
  /** Cost of what runs without a person: the advice, or the plan where a person would be asked. */
  readonly aloneCost: number;
}

export async function runScenarios(
  scenarios: readonly Scenario[],
  adviser: Adviser,
  atOnce: number,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  const waiting = [...scenarios.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, scenario] = next;
      results[index] = await runOne(scenario, index, adviser);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function runOne(scenario: Scenario, index: number, adviser: Adviser): Promise<ScenarioResult> {
  const question = questionOf(scenario, index);
  const outcome = await adviser.advise(question);
  const planned = question.plan.quantity;
  const { quantity: advised, asks } = standing(outcome, planned);
  const direction =
    outcome.kind === "failed" ? null : advised > planned ? "raise" : advised < planned ? "lower" : "keep";
  const cost = (quantity: number) => costOfOrder(scenario, question, quantity);
  return {
    scenario,
    record: outcome.kind === "advice" ? outcome.advice.record : outcome.record,
    planned,
    advised,
    asks,
    direction,
    plannedCost: cost(planned),
    advisedCost: cost(advised),
    aloneCost: cost(asks ? planned : advised),
  };
}

export function standing(outcome: AdviceOutcome, planned: number): { quantity: number; asks: boolean } {
  if (outcome.kind === "failed") return { quantity: planned, asks: false };
  return { quantity: outcome.advice.quantity, asks: outcome.advice.reviewReasons.length > 0 };
}
