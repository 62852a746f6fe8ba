/** Asks "was this an event?" about an order that would differ materially without one odd day. */
import { preparedOnce } from "../../replenishment/models/keep-prepared.ts";
import { plan } from "../../replenishment/plan.ts";
import { periodsAskedAbout, surprise } from "../../world/unusual.ts";
import type { Assessment } from "../assessment.ts";
import { isMaterial } from "../material.ts";
import type { Decision } from "../types/decision.ts";
import type { Snapshot } from "../types/snapshot.ts";

/** A day is unusual when its sales were less likely than this. */
const UNUSUAL = 1e-3;

export function restsOnUnusualDemand(decision: Decision, snapshot: Snapshot, { planned }: Assessment): boolean {
  const odd = unusualPeriods(planned);
  if (odd.length === 0 || planned === null || planned.past === null) return false;
  const { past, input } = planned;
  const inStock = past.inStock.map((seen, index) => seen && !odd.includes(index));
  const history = past.history.map((units, index) => (odd.includes(index) ? 0 : units));
  const { quantity } = plan({ ...input, history, inStock });
  const without = { action: quantity > 0 ? ("restock" as const) : ("hold" as const), quantity };
  // Minimum and maximum would distort the comparison, so both are left out.
  return isMaterial(decision, without, { ...snapshot.constraints, minOrderQuantity: 0, maxStock: null }, 0);
}

function unusualPeriods(planned: Assessment["planned"]): number[] {
  if (planned === null || planned.past === null) return [];
  const { past, input } = planned;
  const { season } = preparedOnce(input);
  const periods = periodsAskedAbout(past.periodDays);
  const found: number[] = [];
  let looked = 0;
  for (let index = past.units.length - 1; index >= 0 && looked < periods; index--) {
    if (past.seen[index] !== true) continue;
    looked++;
    const { chance } = surprise(past, index, (at) => season.factor(at - past.units.length));
    if (chance < UNUSUAL) found.push(index);
  }
  return found;
}
