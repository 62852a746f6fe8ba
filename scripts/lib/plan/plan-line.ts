/** One line of the offline plan, from parsed JSON to the answer on the wire. Benchmarks go through here too. */
import { plan } from "../../../src/replenishment/plan.ts";
import type { Plan } from "../../../src/replenishment/types.ts";
import { idOf, parsePlanInput } from "./plan-input.ts";

export interface PlanAnswer {
  readonly id: unknown;
  readonly action: "restock" | "hold";
  readonly quantity: number;
  readonly confidence: number;
  readonly in_stock_probability: number;
  readonly forecast_confidence: number;
  readonly reasons: readonly string[];
  readonly evidence: Readonly<Record<string, number | string | null>>;
}

/** Throws an Error that names the field when the line is no plan input. */
export function planLine(value: unknown): PlanAnswer {
  return onTheWire(idOf(value) ?? null, plan(parsePlanInput(value)));
}

function onTheWire(id: unknown, answer: Plan): PlanAnswer {
  const { evidence } = answer;
  return {
    id,
    action: answer.quantity > 0 ? "restock" : "hold",
    quantity: answer.quantity,
    confidence: rounded(answer.confidence),
    in_stock_probability: rounded(answer.inStockProbability),
    forecast_confidence: rounded(answer.forecastConfidence),
    reasons: answer.reasons,
    evidence: {
      inventory_position: rounded(evidence.inventoryPosition),
      projected_stock_at_arrival: rounded(evidence.projectedStockAtArrival),
      demand_quantile: rounded(evidence.demandQuantile),
      critical_ratio: rounded(evidence.criticalRatio),
      binding_constraint: evidence.bindingConstraint,
      stockout_probability_if_hold: rounded(evidence.stockoutProbabilityIfHold),
      mean_demand: rounded(evidence.meanDemand),
      expected_waste: evidence.expectedWaste === null ? null : rounded(evidence.expectedWaste),
      season_factor: evidence.seasonFactor === null ? null : rounded(evidence.seasonFactor),
    },
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}
