/** Policies to replay: Stockwarden, the rules people use now, the textbook's, and hindsight. */
import type { MinAndMax } from "./own-rule.ts";
import { roundOrder } from "../../../src/replenishment/order/constraints.ts";
import { criticalRatio, normalBaseStock } from "../../../src/replenishment/statistics/newsvendor.ts";
import { plainRule } from "../../../src/replenishment/order/plain-rule.ts";
import { plan } from "../../../src/replenishment/plan.ts";
import type { PlanInput } from "../../../src/replenishment/types.ts";
import { replay, type ReplayPolicy, type ReplaySettings, type ReplayView } from "./policy-replay.ts";
import type { ItemSales } from "../import/sales-file.ts";

/** Periods of the past that simple rules average over: a quarter of weeks. */
const RECENT = 13;

export interface ReplayedItem extends ItemSales {
  readonly periodDays: number;
}

/** Stockwarden, asked once a period with what was known then. */
export function stockwarden(
  item: ReplayedItem,
  settings: ReplaySettings,
  seasonalProfile: readonly number[] | null = null,
): ReplayPolicy {
  return (view) => plan(planInputAt(item, settings, view, seasonalProfile)).quantity;
}

export function planInputAt(
  item: ReplayedItem,
  settings: ReplaySettings,
  view: ReplayView,
  seasonalProfile: readonly number[] | null,
): PlanInput {
  const past = item.units.slice(0, view.period);
  const unrecorded = past.includes(null) || item.inStock !== null;
  return {
    history: past.map((units) => units ?? 0),
    inStock: unrecorded ? past.map((units, index) => units !== null && item.inStock?.[index] !== false) : null,
    historyStart: item.start,
    periodDays: item.periodDays,
    forecast: null,
    onHand: view.onHand,
    backordered: view.backordered,
    openOrders: view.openOrders,
    leadTime: { promised: settings.leadTime, observed: [] },
    reviewPeriod: 1,
    periodsLeft: null,
    costs: settings.costs,
    constraints: settings.constraints,
    safetyStock: 0,
    unmet: settings.unmet,
    seasonalProfile,
    demandMultipliers: null,
    shelfLife: null,
    tolerance: "protection",
    seed: 1,
  };
}

/** Textbook base-stock: mean and deviation of all recorded sales, normal demand over lead time and review. */
export function textbookBaseStock(item: ReplayedItem, settings: ReplaySettings): ReplayPolicy {
  return (view) => {
    const past = recorded(item, 0, view.period);
    const mean = meanOf(past);
    const sd = Math.sqrt(past.reduce((sum, units) => sum + (units - mean) ** 2, 0) / Math.max(1, past.length - 1));
    return orderUpTo(
      normalBaseStock({ mean, sd }, criticalRatio(settings.costs), settings.leadTime + 1),
      view,
      settings,
    );
  };
}

/**
 * The present rule of many: a minimum that covers the lead time and as much again in reserve; up to a maximum a month
 * higher.
 */
export function minMax(item: ReplayedItem, settings: ReplaySettings): ReplayPolicy {
  return (view) => {
    const mean = meanOf(recorded(item, view.period - RECENT, view.period));
    const minimum = mean * (settings.leadTime + 1) * 1.5;
    if (positionOf(view) >= minimum) return 0;
    return orderUpTo(minimum + mean * Math.max(1, 28 / item.periodDays), view, settings);
  };
}

/** The user's own: at or below the minimum, up to the maximum. */
export function ownMinMax({ minimum, maximum }: MinAndMax, settings: ReplaySettings): ReplayPolicy {
  return (view) => (positionOf(view) > minimum ? 0 : orderUpTo(maximum, view, settings));
}

/** The plain rule: below half the safety stock, up to it; the safety stock being what min/max takes for its minimum. */
export function plainRulePolicy(item: ReplayedItem, settings: ReplaySettings): ReplayPolicy {
  return (view) => {
    const mean = meanOf(recorded(item, view.period - RECENT, view.period));
    const safetyStock = Math.ceil(mean * (settings.leadTime + 1) * 1.5);
    return plainRule({ safetyStock, inventoryPosition: positionOf(view), constraints: settings.constraints }).quantity;
  };
}

/** The best fixed order-up-to level for these very sales: no rule that keeps one level could have done better. */
export function hindsightBaseStock(item: ReplayedItem, from: number, settings: ReplaySettings): ReplayPolicy {
  const peak = Math.max(1, ...item.units.map((units) => units ?? 0));
  const most = Math.ceil(peak * (settings.leadTime + 2));
  const costAt = (level: number): number =>
    replay(item.units, from, settings, (view) => orderUpTo(level, view, settings)).cost;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  let [low, high] = [0, most];
  for (let pitch = Math.max(1, most / 24); ; pitch /= 4) {
    for (let level = low; level <= high; level += pitch) {
      const cost = costAt(Math.round(level));
      if (cost < least) [least, best] = [cost, Math.round(level)];
    }
    if (pitch <= 1) break;
    [low, high] = [Math.max(0, best - pitch), best + pitch];
  }
  return (view) => orderUpTo(best, view, settings);
}

function orderUpTo(level: number, view: ReplayView, { constraints }: ReplaySettings): number {
  const position = positionOf(view);
  return roundOrder(Math.round(level - position), constraints, position).quantity;
}

function positionOf({ onHand, backordered, openOrders }: ReplayView): number {
  return openOrders.reduce((sum, order) => sum + order.quantity, onHand - backordered);
}

function recorded(item: ReplayedItem, from: number, to: number): number[] {
  return item.units
    .slice(Math.max(0, from), to)
    .filter((units, index) => units !== null && item.inStock?.[Math.max(0, from) + index] !== false)
    .map((units) => units ?? 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
