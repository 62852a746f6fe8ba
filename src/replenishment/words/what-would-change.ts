/** What would change a decision: the stock at which the answer is another, or what a different demand would require. */
import { missingForService, shareCovered } from "../confidence/risk.ts";
import type { Outlook } from "../paths/outlook.ts";
import { promisedLead } from "../supply/schedule.ts";
import type { PlanEvidence, PlanInput } from "../types.ts";
import type { Decided } from "./decided-numbers.ts";
import { about, chance, exactly } from "./numbers.ts";

export function whatWouldChange(input: PlanInput, outlook: Outlook, decided: Decided): string {
  const { quantity, evidence, unit } = decided;
  if (quantity === 0) {
    const need = missingForService(outlook, input);
    return whatEndsHold(input, evidence, outlook.position, (missing) => shareCovered({ need }, -missing), unit);
  }
  // Stock of now may be sold, or spoil, before the order arrives.
  const there = promisedLead(input) > 0 ? "left when it arrives" : "on hand";
  return (
    `Half of it would leave a chance of ${chance(decided.chanceWithHalf)} of running short. ` +
    `With ${exactly(quantity)} more ${there} it would be a hold` +
    (input.constraints.maxStock === null ? "." : "; so it would at the maximum stock.")
  );
}

/** Of a hold: what would make it an order. `shareWithout`: share of paths in stock with so much less of it. */
export function whatEndsHold(
  { constraints }: Pick<PlanInput, "constraints">,
  evidence: PlanEvidence,
  position: number,
  shareWithout: (missing: number) => number,
  unit: number,
): string {
  if (evidence.meanDemand === 0) return "No demand is expected from when an order placed now would arrive.";
  if (constraints.maxStock === 0) return "A maximum stock of 0 means that none is ordered.";
  if (evidence.bindingConstraint === "max_stock") return "It would be an order if the maximum stock left room for one.";
  const spare = stockToSpare(position, evidence.criticalRatio, shareWithout);
  return spare > 0
    ? ["It would become an order with about", about(Math.ceil(spare) * unit), "fewer in stock."].join(" ")
    : "It is close to an order: less stock or more demand would make it one.";
}

/** Units of stock that could be missing before the chance of running short exceeds what the costs accept. */
function stockToSpare(position: number, ratio: number, shareWithout: (missing: number) => number): number {
  let low = 0;
  let high = Math.max(1, position);
  if (shareWithout(high) >= ratio) return high;
  for (let halving = 0; halving < 12; halving++) {
    const middle = (low + high) / 2;
    if (shareWithout(middle) >= ratio) low = middle;
    else high = middle;
  }
  return low;
}
