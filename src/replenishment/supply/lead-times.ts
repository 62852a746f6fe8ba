/**
 * Beliefs about the supplier: how long orders take, how reliably, and whether they come at all.
 *
 * - As long as every receipt came as promised and nothing is overdue, the promise is trusted.
 * - From the first deviation on, lead times are estimated from counts: a prior around the promise, one count a receipt.
 * - Orders older than anything ever received may be lost; how often that happens is learned from those outstanding.
 */
import type { LeadTime, OpenOrder } from "../types.ts";

/** Prior count on the promised lead time. */
const PRIOR_AS_PROMISED = 2;
/** Prior count on one period early and one late. */
const PRIOR_BESIDE = 0.3;
/** Prior count of lost orders: half an order. .05 loses .001 of score where orders do get lost. */
const PRIOR_LOST = 0.5;
/** Receipts that differ by less than this share of a period are on time. */
export const PUNCTUAL = 0.5;
/** Receipts of less than this share of their order are ignored: a few late pieces do not make an order late. */
export const FEW_PIECES = 0.1;

export interface LeadBelief {
  readonly promised: number;
  /** Lead times with their weights; ascending. */
  readonly leads: readonly { readonly lead: number; readonly weight: number }[];
  /** Probability that an order never arrives. */
  readonly lost: number;
  /** True while nothing has deviated. */
  readonly asPromised: boolean;
}

/**
 * Age of an order on the scale of lead times. An order with its own promise counts as old as one with the present
 * promise and the same due date. Below 0 when it is due later than an order placed now.
 */
export function ageOf({ age, due }: Pick<OpenOrder, "age" | "due">, promised: number): number {
  return due == null ? age : promised - due;
}

export function leadBelief(leadTime: LeadTime, openOrders: readonly OpenOrder[]): LeadBelief {
  const promised = Math.max(0, leadTime.promised);
  const ages = openOrders.filter((order) => order.quantity > 0).map((order) => ageOf(order, promised));
  const overdue = ages.some((age) => age - promised > PUNCTUAL);
  const shareOf = (index: number): number => Math.min(1, leadTime.shares?.[index] ?? 1);
  const asPromised =
    !overdue &&
    leadTime.observed.every((lead, index) => Math.abs(lead - promised) <= PUNCTUAL || shareOf(index) < FEW_PIECES);
  if (asPromised) return { promised, leads: [{ lead: promised, weight: 1 }], lost: 0, asPromised };
  const counts = new Map<number, number>();
  const add = (lead: number, weight: number): void => {
    if (lead >= 0) counts.set(lead, (counts.get(lead) ?? 0) + weight);
  };
  add(promised, PRIOR_AS_PROMISED);
  add(promised - 1, PRIOR_BESIDE);
  add(promised + 1, PRIOR_BESIDE);
  leadTime.observed.forEach((lead, index) => {
    const share = shareOf(index);
    if (share >= FEW_PIECES) add(Math.max(0, lead), share);
  });
  const total = [...counts.values()].reduce((sum, weight) => sum + weight, 0);
  const longest = Math.max(...counts.keys());
  const missing = PRIOR_LOST + ages.filter((age) => age > longest + PUNCTUAL).length;
  const leads = [...counts].map(([lead, weight]) => ({ lead, weight: weight / total })).sort((a, b) => a.lead - b.lead);
  return { promised, leads, lost: missing / (missing + total), asPromised };
}

/** Mean of the believed lead times, without lost orders. */
export function meanLead(belief: LeadBelief): number {
  return belief.leads.reduce((sum, { lead, weight }) => sum + lead * weight, 0);
}

/** Half of the orders that come take no longer. */
export function medianLead(belief: LeadBelief): number {
  return remainingAt(belief, 0, survival(belief, 0) / 2);
}

/** Probability that an order of this age still arrives. */
export function survival(belief: LeadBelief, age: number): number {
  if (belief.asPromised) return age - belief.promised > PUNCTUAL ? 0 : 1;
  const ahead =
    belief.leads.reduce((sum, { lead, weight }) => (lead > age - PUNCTUAL ? sum + weight : sum), 0) * (1 - belief.lost);
  return ahead / (ahead + belief.lost);
}

/** Periods within which an order of this age arrives with probability `u`; Infinity = never. */
export function remainingAt(belief: LeadBelief, age: number, u: number): number {
  if (belief.asPromised) return Math.max(0, belief.promised - age);
  const alive = survival(belief, age);
  if (u >= alive) return Number.POSITIVE_INFINITY;
  const ahead = belief.leads.filter(({ lead }) => lead > age - PUNCTUAL);
  const total = ahead.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const { lead, weight } of ahead) {
    passed += (weight / total) * alive;
    if (u < passed) return Math.max(0, lead - age);
  }
  return Math.max(0, (ahead.at(-1)?.lead ?? 0) - age);
}
