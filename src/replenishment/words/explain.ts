/**
 * The numbers of a decision as sentences for a buyer, most important first. Those of a hold are joined, not added: a
 * text that was added up is a tree of its parts, for which V8's `JSON.stringify` leaves its fast path.
 */
import { shareCovered } from "../confidence/risk.ts";
import type { Outlook } from "../paths/outlook.ts";
import { promisedLead, reviewOf } from "../supply/schedule.ts";
import { ageOf, meanLead, PUNCTUAL } from "../supply/lead-times.ts";
import type { OrderConstraints, PlanEvidence, PlanInput } from "../types.ts";
import { dayNumberOfIso } from "../models/day-numbers.ts";
import type { Decided } from "./decided-numbers.ts";
import { weekName } from "./week-name.ts";
import { whatWouldChange } from "./what-would-change.ts";
import { about, chance, exactly, share } from "./numbers.ts";

/** A season factor nearer to 1 than this makes no difference that a buyer would notice. */
const NOTABLE_SEASON = 0.15;
/** Log odds: of even chances, 5 % less. */
const NOTABLE_GROWTH = 0.2;
/** From this share of the order on, waste gets a sentence. */
const NOTABLE_WASTE = 0.05;

export function explain(input: PlanInput, outlook: Outlook, decided: Decided): string[] {
  return [
    headline(decided, input, outlook),
    situation(input, decided.evidence),
    ...bindingReason(decided, input),
    ...shelfReason(decided),
    ...spoilageReasons(decided, input),
    ...demandReasons(input, outlook, decided),
    ...supplyReasons(input, outlook),
    whatWouldChange(input, outlook, decided),
  ];
}

function headline(
  { quantity, inStockProbability, evidence }: Decided,
  { constraints }: PlanInput,
  outlook: Outlook,
): string {
  const risk = chance(evidence.stockoutProbabilityIfHold);
  if (quantity > 0) {
    return (
      `Restock ${exactly(quantity)}: without it the chance of running short when it would arrive is ${risk}, ` +
      `with it ${chance(1 - inStockProbability)}.`
    );
  }
  return [
    "Hold: the chance of running short before another order could help is ",
    risk,
    "; ",
    ...whyHold(evidence, constraints, 1 - shareCovered(outlook, 0)),
  ].join("");
}

/** @param counted the chance that decided: growth that goes on is stated, and not ordered for. */
function whyHold(evidence: PlanEvidence, constraints: OrderConstraints, counted: number): string[] {
  const { bindingConstraint, criticalRatio, stockoutProbabilityIfHold, wished } = evidence;
  if (bindingConstraint === "max_stock") return ["the maximum stock leaves no room for an order."];
  const accepted = chance(1 - criticalRatio);
  if (!(wished > 0)) {
    const isAlike = chance(counted) === chance(stockoutProbabilityIfHold);
    const growth = isAlike ? [] : ["without more growth it is ", chance(counted), ", and "];
    return counted > 1 - criticalRatio && chance(counted) !== accepted
      ? [...growth, "one more would cost more to hold than it is expected to save."]
      : [...growth, "at these costs up to ", accepted, " is worth accepting."];
  }
  const least = Math.max(constraints.minOrderQuantity, constraints.packSize);
  const order = least > wished ? ["an order of at least ", exactly(least)] : ["an order"];
  return [...order, " costs more now than what would be lost until the next one."];
}

export function situation(
  input: Pick<PlanInput, "onHand" | "periodDays" | "arrivals" | "leadTime">,
  evidence: PlanEvidence,
): string {
  const lead = promisedLead(input);
  const unit = periodName(input.periodDays);
  const position = evidence.inventoryPosition;
  const withOrders = position === input.onHand ? [] : [" (", exactly(position), " with what is on order or owed)"];
  const arrival =
    lead > 0 ? ["when an order placed now arrives, in ", periods(lead, unit), "."] : ["as the order arrives, at once."];
  return [
    exactly(input.onHand),
    " on hand",
    ...withOrders,
    ", about ",
    about(evidence.meanDemand),
    " wanted a ",
    unit,
    ": ",
    about(evidence.projectedStockAtArrival),
    " are expected to be left ",
    ...arrival,
  ].join("");
}

function bindingReason({ evidence, quantity }: Decided, { constraints, safetyStock }: PlanInput): string[] {
  const { wished } = evidence;
  const from = exactly(wished < 100 ? Number(wished.toPrecision(3)) : Math.round(wished));
  // Nothing to say where it is lifted by less than is shown.
  const lifted = quantity > 0 && from !== exactly(quantity);
  switch (evidence.bindingConstraint) {
    case "min_order_quantity":
      return lifted ? [`The minimum order of ${exactly(constraints.minOrderQuantity)} lifts it from ${from}.`] : [];
    case "pack_size":
      return lifted ? [`Whole packs of ${exactly(constraints.packSize)} lift it from ${from}.`] : [];
    case "max_stock":
      return [
        `The maximum stock of ${exactly(constraints.maxStock ?? 0)} cuts it from ${about(wished)} to ` +
          `${exactly(quantity)}.`,
      ];
    case "safety_stock":
      return [`The safety stock of ${exactly(safetyStock)} asks for more than costs do.`];
    case "shelf_life":
      return ["Shelf life keeps it lower than demand alone would: more would spoil before it is sold."];
    case null:
      return [];
  }
}

function shelfReason({ leastOnShelf, quantity, evidence: { usualSale } }: Decided): string[] {
  if (leastOnShelf <= 1 || quantity === 0 || usualSale === undefined) return [];
  return [`It sells seldom, and then usually ${exactly(usualSale)}: so many are to be on the shelf.`];
}

function spoilageReasons({ evidence, quantity }: Decided, input: PlanInput): string[] {
  const reasons: string[] = [];
  const review = reviewOf(input);
  const unit = periodName(input.periodDays);
  if (input.shelfLife !== null && input.shelfLife < review - 1e-9 && quantity > 0) {
    reasons.push(
      `It keeps ${periods(input.shelfLife, unit)}, and the order after it comes ${periods(review, unit)} ` +
        "later: no order can cover the time between.",
    );
  }
  const waste = evidence.expectedWaste;
  if (waste !== null && waste > 0 && waste >= NOTABLE_WASTE * Math.max(quantity, input.onHand)) {
    reasons.push(`About ${about(waste)} are expected to expire unsold.`);
  }
  return reasons;
}

function demandReasons(input: PlanInput, outlook: Outlook, { evidence, late, contradiction, unit }: Decided): string[] {
  const reasons: string[] = [];
  if (outlook.newcomer) {
    reasons.push(
      input.safetyStock > 0
        ? "There is no history and no forecast: demand is guessed from the safety stock."
        : "There is no history, no forecast and no safety stock: nothing is known of demand.",
    );
  } else if (contradiction !== null) {
    const [forecast, sales] = [contradiction.forecast, contradiction.sales].map((units) => about(units * unit));
    reasons.push(
      `The uploaded forecast expects about ${forecast} a ${periodName(input.periodDays)}, the sales so far about ` +
        `${sales}, and nothing shows yet which is right.`,
    );
  } else if (outlook.trust > 0) {
    reasons.push(`The uploaded forecast carries ${share(outlook.trust)} of the weight, by its past accuracy.`);
  }
  if (late !== 0) {
    const by = periods(Math.abs(late), "week");
    reasons.push(`The season seems ${by} ${late > 0 ? "late" : "early"}, by the latest sales, and is counted so.`);
  }
  // What never runs short has no chance that growth could lower.
  if (outlook.growthDoubt >= NOTABLE_GROWTH && evidence.stockoutProbabilityIfHold > 0) {
    reasons.push("Sales have been growing. The chance of being in stock allows for more of it, the quantity does not.");
  }
  reasons.push(...seasonReason(input, outlook, evidence), ...eventReasons(input), ...unseenReasons(input));
  if (input.borrowed?.as === "like") {
    reasons.push("This item has little history of its own: a similar item's history fills in the rest.");
  }
  return reasons;
}

/** Names the weeks in which the order arrives and is sold from. */
function seasonReason(
  { history, historyStart, periodDays }: PlanInput,
  { schedule }: Outlook,
  { seasonFactor }: PlanEvidence,
): string[] {
  if (seasonFactor === null || Math.abs(seasonFactor - 1) < NOTABLE_SEASON) return [];
  const today = dayNumberOfIso(historyStart ?? "") + history.length * periodDays;
  const [from, length] = [schedule.start[schedule.leadSteps]!, schedule.duration[schedule.leadSteps]!];
  const first = Math.round(today + from * periodDays);
  const last = Math.max(first, Math.round(today + (from + length) * periodDays) - 1);
  return [`${weekName(first, last)}: ${about(seasonFactor)} times the usual, by the season, when the order arrives.`];
}

function eventReasons(input: PlanInput): string[] {
  const named = input.knownEvents ?? [];
  if (named.length > 0) return named.map(({ name, factor }) => `${name}: ${about(factor)} times the usual.`);
  const ahead = (input.demandMultipliers ?? []).slice(0, Math.ceil(promisedLead(input) + reviewOf(input)));
  return ahead.some((factor) => factor !== 1) ? ["Events or closed days ahead change demand, and are counted in."] : [];
}

function unseenReasons({ inStock, history, periodDays }: PlanInput): string[] {
  if (inStock === null) return [];
  const unseen = inStock.reduce((sum, seen) => sum + (seen ? 0 : 1), 0);
  if (unseen === 0) return [];
  const reasons = [
    `Of ${unseen} of ${history.length} past ${periodName(periodDays)}s demand is not fully known: out of stock, or ` +
      "not recorded.",
  ];
  const last = inStock.lastIndexOf(true);
  const tail = history.length - 1 - last;
  if (last >= 0 && tail > 0) {
    reasons.push(`The last ${periods(tail, periodName(periodDays))} are among them, which lowers the confidence.`);
  }
  return reasons;
}

/** That some orders never come is said once one is older than any that came: before, it is only allowed for. */
function supplyReasons({ openOrders, periodDays }: PlanInput, { belief }: Outlook): string[] {
  if (belief.asPromised) return [];
  const { promised, leads, lost } = belief;
  const unit = periodName(periodDays);
  const ages = openOrders.filter((order) => order.quantity > 0).map((order) => ageOf(order, promised));
  const late = ages.filter((age) => age > promised + PUNCTUAL).length;
  const overdue = late === 0 ? "" : `${late} open order${late === 1 ? " is" : "s are"} overdue, and `;
  const isBeyond = ages.some((age) => age > leads.at(-1)!.lead + PUNCTUAL);
  const expected = isBeyond
    ? `${chance(lost)} of orders are expected never to come`
    : `orders are expected to take ${periods(meanLead(belief), unit)}`;
  return [`The supplier does not keep to ${periods(promised, unit)}: ${overdue}${expected}.`];
}

function periods(count: number, unit: string): string {
  const text = about(count);
  return `${text} ${unit}${text === "1" ? "" : "s"}`;
}

function periodName(days: number): string {
  if (days === 1) return "day";
  if (days === 7) return "week";
  return days >= 28 && days <= 31 ? "month" : `period of ${about(days)} days`;
}
