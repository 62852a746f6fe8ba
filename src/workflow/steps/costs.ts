/** What holding, a shortage and an order cost, from what a trigger and the item's settings say. */
import type { Costs } from "../../replenishment/types.ts";
import type { ItemTerms } from "../item-terms.ts";

/** The customary target of retail; sets the critical ratio where no costs are given. */
export const DEFAULT_SERVICE_LEVEL = 0.95;
/** Yearly holding cost as a share of a unit's cost, where holding must be money and none is stated. */
const HOLDING_A_YEAR = 0.25;
const DAYS_A_YEAR = 365;

type CostTerms = Pick<ItemTerms, "holdingCost" | "shortageCost" | "serviceLevel" | "fixedOrderCost">;

/** `unitCost` in the store's money, as all costs are; null = unknown. */
export function costsOf(terms: CostTerms, unitCost: number | null, reviewPeriodDays: number): Costs {
  const { holdingCost = 0, fixedOrderCost: fixedOrder = 0 } = terms;
  const costs = ratioCosts(terms);
  if (fixedOrder <= 0) return costs;
  // A fixed cost is money, so it is weighed against one of holding in money: stated, or a share of the unit cost.
  if (holdingCost > 0) return { ...costs, fixedOrder };
  if (unitCost === null || unitCost <= 0 || costs.holding <= 0) return costs;
  const holding = usualHolding(unitCost, reviewPeriodDays);
  return { holding, shortage: (holding * costs.shortage) / costs.holding, fixedOrder };
}

/** Per unit and review period, in the money of the unit cost. */
export function usualHolding(unitCost: number, reviewPeriodDays: number): number {
  return (unitCost * HOLDING_A_YEAR * Math.max(1, reviewPeriodDays)) / DAYS_A_YEAR;
}

/** True where a fixed cost has no effect under these settings alone: nothing says what holding costs. */
export function isFixedCostIdle(terms: ItemTerms): boolean {
  return (terms.fixedOrderCost ?? 0) > 0 && costsOf(terms, terms.unitCost ?? null, 1).fixedOrder === 0;
}

/**
 * Holding and shortage cost per unit and period. With one of them missing the service level gives their ratio:
 * shortage / (shortage + holding) = service level (the newsvendor's critical ratio).
 */
function ratioCosts({ holdingCost, shortageCost, serviceLevel = DEFAULT_SERVICE_LEVEL }: CostTerms): Costs {
  const level = Math.min(serviceLevel, 0.9999);
  const odds = level / (1 - level);
  if (holdingCost !== undefined && shortageCost !== undefined && holdingCost + shortageCost > 0) {
    return { holding: holdingCost, shortage: shortageCost, fixedOrder: 0 };
  }
  if (holdingCost !== undefined && holdingCost > 0)
    return { holding: holdingCost, shortage: holdingCost * odds, fixedOrder: 0 };
  if (shortageCost !== undefined && shortageCost > 0)
    return { holding: shortageCost / odds, shortage: shortageCost, fixedOrder: 0 };
  return { holding: 1, shortage: odds, fixedOrder: 0 };
}
