/** `npm run --silent plan < in.ndjson > out.ndjson`: one plan a line. The formats are in docs/plan.md. */
import { plan } from "../src/replenishment/plan.ts";
import type { Plan } from "../src/replenishment/types.ts";
import { answerLines } from "./ndjson.ts";
import { idOf, parsePlanInput } from "./plan-input.ts";

await answerLines(
  process.stdin,
  process.stdout,
  (value) => ({ id: idOf(value) ?? null, ...onTheWire(plan(parsePlanInput(value))) }),
  idOf,
);

function onTheWire(answer: Plan): object {
  const { evidence } = answer;
  return {
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
    },
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}
