/**
 * The plan of an item whose stock covers every simulated path, as it does for most triggers. Nothing is ordered then,
 * and only a few numbers and two sentences depend on the stock: the rest is kept. The answer is the plan's, to the bit,
 * so demand and stock must be whole: sums of whole numbers have no rounding.
 */
import { leastOnShelf, NOT_SHORT } from "./confidence/risk.ts";
import { outlookOf } from "./paths/outlook.ts";
import { PATHS } from "./paths/shocks.ts";
import { plan } from "./plan.ts";
import type { Prepared } from "./models/prepare.ts";
import { onCalendar } from "./supply/calendar.ts";
import { situation } from "./words/explain.ts";
import { whatEndsHold } from "./words/what-would-change.ts";
import type { Plan, PlanInput } from "./types.ts";

/** The plan with this stock instead; null where it does not cover every path. */
export type CoveredPlan = (onHand: number) => Plan | null;

/** Null where more than the stock decides: open orders, expiries, a forecast, a supplier that is not on time. */
export function coveredPlan(input: PlanInput, prepared: Prepared): CoveredPlan | null {
  if (prepared.unit !== 1 || !isPlain(input)) return null;
  const outlook = outlookOf(onCalendar(input), prepared, undefined, true);
  const { mode, isKept, demand, schedule } = outlook;
  if (mode !== "promised" || !isKept || !demand.every((units) => Number.isInteger(units))) return null;
  const ofArrival = schedule.leadSteps * PATHS;
  const beforeArrival = sumOf(demand, 0, ofArrival);
  const wanted = new Float64Array(PATHS);
  for (let at = 0; at < ofArrival; at++) wanted[at % PATHS]! += demand[at]!;
  const least = leastOnShelf(input, outlook);
  for (let path = 0; path < PATHS; path++) wanted[path]! += Math.max(least, demand[ofArrival + path]!);
  wanted.sort();
  const most = wanted[PATHS - 1]!;
  const projectedAt = (onHand: number): number => (onHand * PATHS - beforeArrival) / PATHS;
  const isCovered = (onHand: number): boolean =>
    Number.isSafeInteger(onHand * PATHS) && onHand >= most && projectedAt(onHand) >= input.safetyStock;
  const covering = Math.max(0, most, Math.ceil(input.safetyStock + beforeArrival / PATHS));
  if (!isCovered(covering)) return null;
  const usual = plan({ ...input, onHand: covering }, prepared);
  return (onHand) => {
    if (!isCovered(onHand)) return null;
    const evidence = {
      ...usual.evidence,
      inventoryPosition: onHand,
      projectedStockAtArrival: projectedAt(onHand),
    };
    const reasons = usual.reasons.with(1, situation({ ...input, onHand }, evidence));
    const shareWithout = (missing: number): number => countUpTo(wanted, onHand - missing + NOT_SHORT) / PATHS;
    reasons[reasons.length - 1] = whatEndsHold(input, evidence, onHand, shareWithout, 1);
    return { ...usual, reasons, evidence };
  };
}

function isPlain({ openOrders, lots, shelfLife, backordered, forecast }: PlanInput): boolean {
  return (
    openOrders.length === 0 && (lots ?? []).length === 0 && shelfLife === null && backordered === 0 && forecast === null
  );
}

function sumOf(values: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += values[at]!;
  return sum;
}

/** How many of the ascending values are at most `limit`. */
function countUpTo(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
