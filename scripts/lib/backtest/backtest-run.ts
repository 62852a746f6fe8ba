/** A user's own sales, replayed under four ways of ordering. */
import type { Costs, OrderConstraints } from "../../../src/replenishment/types.ts";
import { openingStock, replay, type ReplayPolicy, type ReplayResult, type ReplaySettings } from "./policy-replay.ts";
import {
  hindsightBaseStock,
  minMax,
  ownMinMax,
  plainRulePolicy,
  stockwarden,
  textbookBaseStock,
  type ReplayedItem,
} from "./replay-policies.ts";
import type { OwnRule } from "./own-rule.ts";
import type { Sales } from "../import/sales-file.ts";

export interface BacktestOptions {
  readonly leadTimeDays: number;
  readonly costs: Costs;
  readonly constraints: OrderConstraints;
  readonly unmet: "lost" | "backorder";
  /** What the user does now. */
  readonly present: "min-max" | "plain";
  /** The user's own minimum and maximum, where they are given; they take precedence over `present`. */
  readonly own?: OwnRule | null;
  readonly seasonalProfile: readonly number[] | null;
}

export const POLICIES = ["stockwarden", "present", "textbook", "hindsight"] as const;
export type PolicyName = (typeof POLICIES)[number];

export interface ItemBacktest {
  readonly item: string;
  /** Units sold per replayed period. */
  readonly sales: readonly number[];
  readonly results: Readonly<Record<PolicyName, ReplayResult>>;
}

export interface Backtest {
  readonly periodDays: number;
  readonly leadPeriods: number;
  readonly items: readonly ItemBacktest[];
  /** Items left out, and why. */
  readonly skipped: readonly { readonly item: string; readonly why: string }[];
}

/** Periods an item must have been on sale before the first decision, and to be judged over. */
const LEAST_BEFORE = 8;
const LEAST_AFTER = 4;
/** The share of a long history that is used for learning only. */
const LEARNED_SHARE = 0.5;

export function backtest(sales: Sales, options: BacktestOptions, step: () => void): Backtest {
  const leadPeriods = Math.ceil(options.leadTimeDays / sales.periodDays - 1e-9);
  const settings: ReplaySettings = { ...options, leadTime: leadPeriods };
  const items: ItemBacktest[] = [];
  const skipped: { item: string; why: string }[] = [];
  for (const sold of sales.items) {
    const from = Math.max(LEAST_BEFORE, Math.floor(sold.units.length * LEARNED_SHARE));
    if (sold.units.length - from < LEAST_AFTER)
      skipped.push({ item: sold.item, why: `fewer than ${LEAST_BEFORE + LEAST_AFTER} periods of history` });
    else if (openingStock(sold.units, sold.units.length, 0) === 0 && !sold.units.some((units) => (units ?? 0) > 0)) {
      skipped.push({ item: sold.item, why: "no sales" });
    } else items.push(itemBacktest({ ...sold, periodDays: sales.periodDays }, from, settings, options));
    step();
  }
  return { periodDays: sales.periodDays, leadPeriods, items, skipped };
}

function itemBacktest(
  item: ReplayedItem,
  from: number,
  settings: ReplaySettings,
  options: BacktestOptions,
): ItemBacktest {
  const play = (policy: ReplayPolicy): ReplayResult => replay(item.units, from, settings, policy);
  const own = options.own?.items.get(item.item) ?? options.own?.others ?? null;
  const present = options.present === "plain" ? plainRulePolicy : minMax;
  return {
    item: item.item,
    sales: item.units.slice(from).map((units) => units ?? 0),
    results: {
      stockwarden: play(stockwarden(item, settings, options.seasonalProfile)),
      present: play(own === null ? present(item, settings) : ownMinMax(own, settings)),
      textbook: play(textbookBaseStock(item, settings)),
      hindsight: play(hindsightBaseStock(item, from, settings)),
    },
  };
}

export interface Totals {
  readonly cost: number;
  readonly holdingCost: number;
  readonly shortageCost: number;
  readonly fillRate: number;
  /** Mean units on hand, over all items together. */
  readonly stock: number;
  readonly orders: number;
}

export function totals(items: readonly ItemBacktest[], policy: PolicyName): Totals {
  const sum = (value: (result: ReplayResult) => number): number =>
    items.reduce((total, { results }) => total + value(results[policy]), 0);
  const demand = sum((result) => result.demand);
  return {
    cost: sum((result) => result.cost),
    holdingCost: sum((result) => result.holdingCost),
    shortageCost: sum((result) => result.shortageCost),
    fillRate: demand > 0 ? 1 - sum((result) => result.missed) / demand : 1,
    stock: sum((result) => result.meanStock),
    orders: sum((result) => result.orders),
  };
}
