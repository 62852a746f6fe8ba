/**
 * The policies that are compared: ours through the offline plan's own code path, the published baseline, the plain
 * rule.
 */
import { planLine } from "../../scripts/lib/plan/plan-line.ts";
import { plainRule } from "../../src/replenishment/order/plain-rule.ts";
import { normalQuantile } from "../../src/replenishment/statistics/normal.ts";
import type { Instance, Policy, View } from "./inventory-bench.ts";

/** The seed the plan has by default. */
const DEFAULT_SEED = 1;

export function planPolicy(seed = DEFAULT_SEED): Policy {
  return (view) => planLine(lineOf(view, seed)).quantity;
}

/** What the offline plan would be asked in a period of the game. */
export function lineOf({ instance, history, onHand, open, observed }: View, seed = DEFAULT_SEED) {
  return {
    id: instance.id,
    history,
    on_hand: onHand,
    open_orders: open.map(({ quantity, age }) => ({ quantity, age })),
    lead_time: { promised: instance.promised, observed },
    costs: { holding: instance.holding, shortage: instance.profit },
    seed,
  };
}

/** Published baseline: capped base-stock on the plain mean and deviation of all demand seen. */
export const publishedBaseline: Policy = ({ instance, history, onHand, open }) => {
  const { profit, holding, promised } = instance;
  const mean = history.reduce((sum, units) => sum + units, 0) / history.length;
  const deviation = Math.sqrt(history.reduce((sum, units) => sum + (units - mean) ** 2, 0) / (history.length - 1));
  const level =
    (1 + promised) * mean + normalQuantile(profit / (profit + holding)) * Math.sqrt(1 + promised) * deviation;
  const position = open.reduce((sum, order) => sum + order.quantity, onHand);
  const cap = Math.ceil(mean + normalQuantile(0.95) * deviation);
  return Math.min(Math.max(Math.ceil(level - position), 0), cap);
};

/**
 * The rule of the original idea, its safety stock set to what covers the training periods' demand over the lead time.
 */
export const plainRulePolicy: Policy = ({ instance, onHand, open }) => {
  const mean = instance.train.reduce((sum, units) => sum + units, 0) / instance.train.length;
  return plainRule({
    safetyStock: Math.ceil(mean * (1 + instance.promised)),
    inventoryPosition: open.reduce((sum, order) => sum + order.quantity, onHand),
    constraints: { minOrderQuantity: 0, packSize: 1, maxStock: null },
  }).quantity;
};

/** Perfect foresight: orders so that each arrival brings exactly its period's demand, when that pays. */
export function foresight(instance: Instance): Policy {
  const orders = foresightOrders(instance);
  const start = instance.train.length;
  return ({ history }) => orders[history.length - start] ?? 0;
}

/**
 * Each period's demand is served by the latest order that arrives in time for it, if holding it till then costs less
 * than it earns.
 */
function foresightOrders({ demand, leadTime, profit, holding }: Instance): number[] {
  const orders = demand.map(() => 0);
  demand.forEach((units, period) => {
    let latest = -1;
    let latestArrival = -1;
    for (let placed = 0; placed <= period; placed++) {
      const arrival = placed + (leadTime[placed] ?? Number.POSITIVE_INFINITY);
      if (arrival <= period && arrival >= latestArrival) [latest, latestArrival] = [placed, arrival];
    }
    if (latest >= 0 && holding * (period - latestArrival) < profit) orders[latest] = (orders[latest] ?? 0) + units;
  });
  return orders;
}
