/** Replays sales of the past under a policy: which stock, shortages and costs it would have had. */
import type { Costs, OpenOrder, OrderConstraints } from "../../../src/replenishment/types.ts";

export interface ReplaySettings {
  /** Periods between order and arrival. */
  readonly leadTime: number;
  readonly costs: Costs;
  readonly constraints: OrderConstraints;
  readonly unmet: "lost" | "backorder";
}

export interface ReplayView {
  /** Index of the present period in the item's units; earlier ones are known. */
  readonly period: number;
  readonly onHand: number;
  readonly backordered: number;
  readonly openOrders: readonly OpenOrder[];
}

/** Units to order now. */
export type ReplayPolicy = (view: ReplayView) => number;

export interface ReplayResult {
  readonly cost: number;
  /** Parts of the cost; the rest is what orders cost. */
  readonly holdingCost: number;
  readonly shortageCost: number;
  readonly demand: number;
  /** Units not met from stock in their own period. */
  readonly missed: number;
  readonly meanStock: number;
  readonly orders: number;
  readonly periods: number;
  /** On-hand stock at the end of each period. */
  readonly stock: readonly number[];
}

/**
 * Plays periods from..end of `units` (null = not recorded, skipped for demand) from a stock that covers the lead time.
 */
export function replay(
  units: readonly (number | null)[],
  from: number,
  settings: ReplaySettings,
  policy: ReplayPolicy,
): ReplayResult {
  let onHand = openingStock(units, from, settings.leadTime);
  let backordered = 0;
  let open: { quantity: number; age: number }[] = [];
  let [holdingCost, shortageCost, demand, missed, orders] = [0, 0, 0, 0, 0];
  const stock: number[] = [];
  for (let period = from; period < units.length; period++) {
    const quantity = policy({ period, onHand, backordered, openOrders: open });
    if (quantity > 0) {
      open.push({ quantity, age: 0 });
      orders++;
    }
    for (const order of open) if (order.age >= settings.leadTime) onHand += order.quantity;
    open = open.filter((order) => order.age < settings.leadTime).map((order) => ({ ...order, age: order.age + 1 }));
    const owed = Math.min(backordered, onHand);
    onHand -= owed;
    backordered -= owed;
    const wanted = units[period] ?? 0;
    const short = Math.max(0, wanted - onHand);
    onHand = Math.max(0, onHand - wanted);
    if (settings.unmet === "backorder") backordered += short;
    holdingCost += settings.costs.holding * onHand;
    shortageCost += settings.costs.shortage * (settings.unmet === "backorder" ? backordered : short);
    demand += wanted;
    missed += short;
    stock.push(onHand);
  }
  const periods = units.length - from;
  const cost = holdingCost + shortageCost + orders * settings.costs.fixedOrder;
  return {
    cost,
    holdingCost,
    shortageCost,
    demand,
    missed,
    orders,
    periods,
    stock,
    meanStock: stock.reduce((sum, next) => sum + next, 0) / Math.max(1, periods),
  };
}

/** Every policy starts with the same stock: the recent sales rate until a first order arrives. */
export function openingStock(units: readonly (number | null)[], from: number, leadTime: number): number {
  const recent = units.slice(Math.max(0, from - 13), from).filter((value) => value !== null);
  const mean = recent.reduce((sum, value) => sum + value, 0) / Math.max(1, recent.length);
  return Math.ceil(mean * (leadTime + 1));
}

export function fillRate({ demand, missed }: Pick<ReplayResult, "demand" | "missed">): number {
  return demand > 0 ? 1 - missed / demand : 1;
}
