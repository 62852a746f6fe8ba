/**
 * Extra units that the item could take to help an order reach its supplier's minimum, priced on its simulated demand.
 */
import { checkQuantity, packOf, wholePacks } from "../../replenishment/order/constraints.ts";
import { costOfMore } from "../../replenishment/plan.ts";
import { assess } from "../../workflow/steps/assess.ts";
import { usualHolding } from "../../workflow/steps/costs.ts";
import { withoutDust } from "../../shared/without-dust.ts";
import { rowsOf } from "../../workflow/orders/purchased-row.ts";
import type { Item } from "../item.ts";
import type { TopUpOffer } from "../../purchasing/order/top-up.ts";

export interface TopUpCall {
  readonly schema: 1;
  readonly poId: string;
  /** What the order lacks, in the supplier's currency. */
  readonly shortBy: number;
}

/** No more is offered than sells in this time: the rest would only sit in the store. */
const MOST_DAYS = 28;

/** Null = the item can take no more, or too little is known. Writes nothing. */
export async function topUpOffer(item: Item, { poId, shortBy }: TopUpCall): Promise<TopUpOffer | null> {
  const { identity } = item.journal;
  if (identity === null) return null;
  const inputs = await item.knowledge.load(identity);
  const { workflows, orders } = item.journal;
  const newest = workflows.newestCount === null ? null : workflows.read(workflows.newestCount.seq);
  if (newest === null) return null;
  const { snapshot } = newest;
  const { unitCost, constraints } = snapshot;
  const { input, decision } = assess(snapshot, item.facts(inputs, snapshot), item.deps.now());
  if (unitCost === null || unitCost <= 0 || input === null) return null;
  const present = rowsOf(orders.rows, poId).reduce((sum, { order }) => sum + order.quantity, 0);
  const pack = packOf(constraints);
  const meanPerDay = decision.evidence.meanDemandPerDay ?? 0;
  const wanted = Math.min(shortBy / unitCost, meanPerDay * MOST_DAYS);
  const fewest = present > 0 ? pack : Math.max(pack, constraints.minOrderQuantity);
  const quantity = wholePacks(Math.max(1, Math.ceil(Math.max(wanted, fewest) / pack - 1e-9)), pack);
  if (checkQuantity(present + quantity, constraints, decision.evidence.inventoryPosition) !== null) return null;
  const { rate = 1 } = snapshot;
  // Costs under a service level are only a ratio. Stated ones are in the store's money, the order is in the supplier's.
  const holding =
    snapshot.serviceLevel == null && rate !== null
      ? input.costs.holding / rate
      : usualHolding(unitCost, snapshot.reviewPeriodDays);
  const extraCost = costOfMore(input, present, quantity, holding);
  return {
    productId: identity.productId,
    name: inputs.terms.name ?? null,
    quantity,
    value: withoutDust(quantity * unitCost),
    extraCost,
  };
}
