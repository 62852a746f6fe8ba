/**
 * How a quantity fares on the simulated paths: the share in stock, the share whose regret is small.
 *
 * Regret of an order is what it cost in its arrival period beyond the best order that could have been placed knowing
 * that period's demand: units missing (shortage), or units of this order left over beyond one lot (holding).
 */
import { quantileOf } from "../paths/demand-paths.ts";
import { normalCdf, normalQuantile } from "../statistics/normal.ts";
import type { Outlook } from "../paths/outlook.ts";
import { LOT_DAYS, lotThatSells, regretOf } from "./regret.ts";
import { lotOf, mostOf } from "../order/constraints.ts";
import { promisedLead, reviewOf } from "../supply/schedule.ts";
import { PATHS } from "../paths/shocks.ts";
import type { PlanInput } from "../types.ts";

/** Regret up to this share of the shortage cost of the tolerated demand still counts as right. */
export const TOLERATED_SHARE = 0.2;

/**
 * Units of demand that the regret is judged against: one period's or the protection interval's. It uses the item's mean
 * so far (its forecast's when it has no past), because the yardstick must not move with the latest expectation. That is
 * a mean of open days, so closed ones do not count.
 */
function toleratedDemand(
  outlook: Outlook,
  input: Pick<PlanInput, "tolerance" | "leadTime" | "reviewPeriod" | "arrivals" | "demandMultipliers">,
): number {
  const usual = outlook.usualDemand ?? outlook.meanDemand;
  if (input.tolerance === "period") return usual;
  const periods = promisedLead(input) + reviewOf(input);
  let closed = 0;
  for (let ahead = 0; ahead < periods; ahead++) if (input.demandMultipliers?.[ahead] === 0) closed++;
  return usual * Math.max(1, periods - closed);
}

/** Share of paths on which `quantity` is within tolerance. */
export function shareWithinTolerance(outlook: Outlook, input: PlanInput, quantity: number): number {
  const tolerance = TOLERATED_SHARE * input.costs.shortage * toleratedDemand(outlook, input);
  const perDay = (outlook.usualDemand ?? outlook.meanDemand) / input.periodDays;
  const lot = lotThatSells(input, perDay, outlook.usualSale, periodsToSell(input) * input.periodDays);
  const most = mostOf(input.constraints, outlook.position);
  let within = 0;
  for (const need of outlook.need) if (regretOf(quantity, 0, need, input.costs, lot, most) <= tolerance) within++;
  return within / PATHS;
}

/** What is sold in whole units cannot be short of less than half a unit, though its models count in fractions. */
export const NOT_SHORT = 0.5;

/** Probability that the arrival period's demand is met in full: the share of paths, less the doubt of growth. */
export function shareInStock(outlook: Pick<Outlook, "need" | "growthDoubt">, quantity: number): number {
  const share = shareCovered(outlook, quantity);
  if (outlook.growthDoubt === 0) return share;
  const stated = share / (share + (1 - share) * Math.exp(outlook.growthDoubt));
  return Math.round(stated * 1e4) / 1e4;
}

/** Share of paths on which the arrival period's demand is met in full. */
export function shareCovered({ need }: Pick<Outlook, "need">, quantity: number): number {
  let met = 0;
  for (let path = 0; path < PATHS; path++) if (need[path]! <= quantity + NOT_SHORT) met++;
  return met / PATHS;
}

const missing = new Float64Array(PATHS);

/** Units missing at each path's arrival for the stated service. */
export function missingForService(outlook: Outlook, input: PlanInput): Float64Array {
  const { need, stock } = outlook;
  const least = leastOnShelf(input, outlook);
  if (least === 0) return need;
  for (let path = 0; path < PATHS; path++) missing[path] = Math.max(need[path]!, least - stock[path]!);
  return missing;
}

/**
 * Units on the shelf below which a service level is not kept. An empty shelf covers most review periods of an item that
 * sells once in many; so a usual sale is held of what has sold before or is forecast, if it is expected to sell within
 * a quarter of a year, else one piece, if a lot of it is.
 */
export function leastOnShelf(
  input: PlanInput,
  { meanDemand, usualDemand, usualSale, trust }: Pick<Outlook, "meanDemand" | "usualDemand" | "usualSale" | "trust">,
): number {
  const { serviceLevel, periodDays, constraints } = input;
  const sold = meanDemand * Math.min(LOT_DAYS / periodDays, periodsToSell(input));
  const isKnown = usualDemand !== null || trust > 0;
  if (serviceLevel == null || !isKnown || sold < lotOf(constraints)) return 0;
  return sold < usualSale ? 1 : usualSale;
}

/** Periods from the arrival until what came spoils, or demand ends. */
function periodsToSell({ periodsLeft, shelfLife, ...supply }: PlanInput): number {
  const left = periodsLeft === null ? Number.POSITIVE_INFINITY : periodsLeft - promisedLead(supply);
  return Math.min(left, shelfLife ?? Number.POSITIVE_INFINITY);
}

/** Mean units missing in the arrival period. */
export function meanShort({ need }: Outlook, quantity: number): number {
  let short = 0;
  for (const units of need) short += Math.max(0, units - quantity);
  return short / PATHS;
}

/**
 * Paths understate the spread of long lead times: by a share of a deviation that grows up to LONG_LEAD_STEPS. Measured
 * on held-out series, whose demand exceeded the quantiles over five steps more often than stated.
 */
const LONG_LEAD_STEPS = 4;
const LONG_LEAD_WIDENING = 0.1;

const total = new Float64Array(PATHS);

/** By demand that is kept between plans (`keep-paths.ts`); it never changes. */
const keptQuantiles = new WeakMap<Float32Array, { readonly ratio: number; readonly quantile: number }>();

/** Quantile of demand from now to the end of the order's arrival review, at the critical ratio. */
export function protectionQuantile({ demand, schedule, ratio, isKept }: Outlook): number {
  const known = isKept ? keptQuantiles.get(demand) : undefined;
  if (known?.ratio === ratio) return known.quantile;
  total.fill(0);
  for (let step = 0, at = 0; step <= schedule.leadSteps; step++) {
    for (let path = 0; path < PATHS; path++, at++) total[path]! += demand[at]!;
  }
  const widening = LONG_LEAD_WIDENING * Math.min(1, schedule.leadSteps / LONG_LEAD_STEPS);
  const quantile = quantileOf(total, normalCdf(normalQuantile(ratio) + widening));
  if (isKept) keptQuantiles.set(demand, { ratio, quantile });
  return quantile;
}
