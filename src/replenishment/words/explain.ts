/** The numbers of a decision as sentences for a buyer, most important first. */
import type { Outlook } from "../paths/outlook.ts";
import { shareInStock } from "../confidence/risk.ts";
import type { PlanEvidence, PlanInput } from "../types.ts";

export interface Decided {
  readonly quantity: number;
  readonly inStockProbability: number;
  readonly evidence: PlanEvidence;
  /** What was wished before packs, minimum and maximum. */
  readonly wished: number;
}

export function explain(input: PlanInput, outlook: Outlook, decided: Decided): string[] {
  return [
    headline(decided),
    situation(input, outlook, decided),
    ...bindingReason(decided, input),
    ...demandReasons(input, outlook),
    ...supplyReasons(input, outlook),
    whatWouldChange(input, outlook, decided),
  ];
}

function headline({ quantity, inStockProbability, evidence }: Decided): string {
  const risk = percent(evidence.stockoutProbabilityIfHold);
  if (quantity > 0) {
    return `Restock ${shown(quantity)}: without it the chance of running short when it would arrive is ${risk}, with it ${percent(1 - inStockProbability)}.`;
  }
  return `Hold: the chance of running short before another order could help is ${risk}; at these costs up to ${percent(1 - evidence.criticalRatio)} is worth accepting.`;
}

function situation(input: PlanInput, outlook: Outlook, { evidence }: Decided): string {
  const lead = shown(input.leadTime.promised);
  const unit = periodName(input.periodDays);
  return (
    `${shown(input.onHand)} on hand${outlook.position === input.onHand ? "" : ` (${shown(outlook.position)} with what is on order or owed)`}, ` +
    `about ${shown(evidence.meanDemand)} wanted a ${unit}: ${shown(evidence.projectedStockAtArrival)} are expected to be left ` +
    (input.leadTime.promised > 0
      ? `when an order placed now arrives, in ${lead} ${unit}${lead === "1" ? "" : "s"}.`
      : "as the order arrives, at once.")
  );
}

function bindingReason({ evidence, wished, quantity }: Decided, { constraints, safetyStock }: PlanInput): string[] {
  switch (evidence.bindingConstraint) {
    case "min_order_quantity":
      return [`The minimum order of ${shown(constraints.minOrderQuantity)} lifts it from ${shown(wished)}.`];
    case "pack_size":
      return [`Whole packs of ${shown(constraints.packSize)} lift it from ${shown(wished)}.`];
    case "max_stock":
      return [
        `The maximum stock of ${shown(constraints.maxStock ?? 0)} cuts it from ${shown(wished)} to ${shown(quantity)}.`,
      ];
    case "safety_stock":
      return [`The safety stock of ${shown(safetyStock)} asks for more than costs do.`];
    case "shelf_life":
      return ["Shelf life keeps it lower than demand alone would."];
    case null:
      return [];
  }
}

function demandReasons(input: PlanInput, outlook: Outlook): string[] {
  const reasons: string[] = [];
  if (outlook.newcomer) {
    reasons.push(
      input.safetyStock > 0
        ? "There is no history and no forecast: demand is guessed from the safety stock."
        : "There is no history, no forecast and no safety stock: nothing is known of demand.",
    );
  } else if (outlook.trust > 0) {
    reasons.push(`The uploaded forecast carries ${percent(outlook.trust)} of the weight, by its past accuracy.`);
  }
  const unseen = input.inStock === null ? 0 : input.inStock.reduce((sum, seen) => sum + (seen ? 0 : 1), 0);
  if (unseen > 0)
    reasons.push(`${unseen} of ${input.history.length} past periods were out of stock and say nothing of demand.`);
  const events = (input.demandMultipliers ?? []).slice(0, Math.ceil(input.leadTime.promised + input.reviewPeriod));
  if (events.some((factor) => factor !== 1)) reasons.push("Known events ahead change demand, and are counted in.");
  return reasons;
}

function supplyReasons({ leadTime, openOrders }: PlanInput, { belief }: Outlook): string[] {
  if (belief.asPromised) return [];
  const late = openOrders.filter((order) => order.quantity > 0 && order.age > leadTime.promised + 0.5).length;
  return [
    `The supplier does not keep to ${shown(leadTime.promised)}: ${
      late > 0 ? `${late} open order${late === 1 ? " is" : "s are"} overdue, and ` : ""
    }${percent(belief.lost)} of orders are expected never to come.`,
  ];
}

/** The stock at which the answer flips, or what another outcome of demand would ask. */
function whatWouldChange(input: PlanInput, outlook: Outlook, { quantity, evidence }: Decided): string {
  if (quantity === 0) {
    const spare = stockToSpare(outlook, evidence.criticalRatio);
    return spare > 0
      ? `It would become an order with about ${shown(Math.ceil(spare))} fewer in stock.`
      : "It stands at the edge of an order: less stock or more demand would make it one.";
  }
  const half = percent(1 - shareInStock(outlook, quantity / 2));
  return `Half of it would leave a chance of ${half} of running short. With ${shown(quantity)} more on hand or on the way it would be a hold${
    input.constraints.maxStock === null ? "." : "; so it would at the maximum stock."
  }`;
}

/** Units that could go missing before the chance of running short exceeds what the costs accept. */
function stockToSpare(outlook: Outlook, ratio: number): number {
  let low = 0;
  let high = Math.max(1, outlook.position);
  if (shareInStock(outlook, -high) >= ratio) return high;
  for (let halving = 0; halving < 12; halving++) {
    const middle = (low + high) / 2;
    if (shareInStock(outlook, -middle) >= ratio) low = middle;
    else high = middle;
  }
  return low;
}

function periodName(days: number): string {
  if (days === 1) return "day";
  if (days === 7) return "week";
  return days >= 28 && days <= 31 ? "month" : `period of ${shown(days)} days`;
}

function percent(probability: number): string {
  return `${Math.round(probability * 100)} %`;
}

function shown(quantity: number): string {
  return String(Number(quantity.toFixed(Math.abs(quantity) < 10 ? 1 : 0)));
}
