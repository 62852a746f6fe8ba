/**
 * Compares the service with the engine on real weekly sales: the same weeks once through what the service stores and
 * passes (a book of sales, a trigger, dated orders), once as the offline plan's input. Orders are equal, one by one,
 * and so are costs.
 */
import { progress } from "../../scripts/lib/command/progress.ts";
import { replay, type ReplayPolicy, type ReplaySettings } from "../../scripts/lib/backtest/policy-replay.ts";
import { planInputAt, type ReplayedItem } from "../../scripts/lib/backtest/replay-policies.ts";
import { readSalesText } from "../../scripts/lib/import/sales-file.ts";
import { plan } from "../../src/replenishment/plan.ts";
import type { Facts } from "../../src/workflow/facts.ts";
import type { ReviewPolicy } from "../../src/workflow/review.ts";
import { assess } from "../../src/workflow/steps/assess.ts";
import { validate } from "../../src/workflow/steps/validate.ts";
import { historyOf } from "../../src/world/history.ts";
import { periodStart } from "../../src/world/sales/periods.ts";
import { mergeSales } from "../../src/world/sales/sales.ts";
import { UNKNOWN_WORLD } from "../../src/world/types.ts";
import { farFromAllOthers } from "../../src/world/unusual.ts";
import { NO_REVIEW } from "./no-review.ts";
import { readData } from "./data-folder.ts";
import { DAY_MS } from "../../src/shared/durations.ts";
import { isoDay } from "../../src/shared/calendar-dates.ts";
import { dayNumberOfIso } from "../../src/replenishment/models/day-numbers.ts";

const FILE = "onlineretail_weekly.csv";
const WARM_UP = 26;
const ITEMS = 120;
const LEAST_ACTIVE = 8;
const WEEK_DAYS = 7;
const SETTINGS: ReplaySettings = {
  leadTime: 2,
  costs: { holding: 0.2, shortage: 1, fixedOrder: 0 },
  constraints: { minOrderQuantity: 0, packSize: 1, maxStock: null },
  unmet: "lost",
};
const POLICY: ReviewPolicy = { ...NO_REVIEW, confidenceThreshold: 0.6 };

/** Prints a line a policy; skips where the data is absent. */
export async function reportService(): Promise<void> {
  const text = readData(FILE);
  if (text === null) return;
  const { items, periodDays } = await readSalesText(text);
  const fit = items.filter(
    ({ units, start }) =>
      start !== null &&
      units.length > WARM_UP + 8 &&
      units.slice(0, WARM_UP).filter((count) => (count ?? 0) > 0).length >= LEAST_ACTIVE,
  );
  const pitch = Math.max(1, fit.length / ITEMS);
  const chosen = Array.from({ length: Math.min(ITEMS, fit.length) }, (_, index): ReplayedItem => ({
    ...fit[Math.floor(index * pitch)]!,
    periodDays,
  }));
  const bar = progress("service and engine", chosen.length);
  let [service, engine, orders, differ] = [0, 0, 0, 0];
  for (const item of chosen) {
    const stored = throughTheService(item);
    const byHand = throughTheEngine(item);
    service += replay(item.units, WARM_UP, SETTINGS, stored).cost;
    engine += replay(item.units, WARM_UP, SETTINGS, byHand).cost;
    replay(item.units, WARM_UP, SETTINGS, (view) => {
      const quantity = stored(view);
      orders++;
      if (quantity !== byHand(view)) differ++;
      return quantity;
    });
    bar.step();
  }
  bar.done();
  console.log(
    `\nOnline Retail, weekly: ${chosen.length} items, two weeks of lead time, weekly review, holding 0.2, ` +
      "shortage 1, lost sales",
  );
  console.log(`  through the service  cost ${service.toFixed(1)}`);
  console.log(`  the engine by hand   cost ${engine.toFixed(1)}`);
  console.log(`  ${differ} of ${orders} decisions differ`);
}

function mondayOf({ start }: ReplayedItem): number {
  return periodStart("week", dayNumberOfIso(start!));
}

/** A book of sales, a trigger on a Monday, own orders by date. */
function throughTheService(item: ReplayedItem): ReplayPolicy {
  const first = mondayOf(item);
  return ({ period, onHand, openOrders }) => {
    const rows = item.units.slice(0, period).map((units, index) => ({
      day: first + WEEK_DAYS * index,
      units: units ?? 0,
      inStock: units === null ? false : null,
    }));
    const merged = mergeSales(null, { period: "week", source: "", rows, completeThrough: null, replace: false });
    if (merged.kind !== "merged") throw new Error(`the book is ${merged.kind}`);
    const now = (first + WEEK_DAYS * period) * DAY_MS;
    const terms = {
      leadTimeDays: WEEK_DAYS * SETTINGS.leadTime,
      reviewPeriodDays: WEEK_DAYS,
      holdingCost: SETTINGS.costs.holding,
      shortageCost: SETTINGS.costs.shortage,
    };
    const trigger = {
      currentStock: onHand,
      safetyStock: 0,
      onOrder: null,
      backordered: 0,
      terms,
      notes: null,
      occurredAt: null,
    };
    const facts: Facts = {
      inputs: { terms: {}, history: historyOf(merged.book), forecast: null, unavailable: false, version: "1" },
      world: UNKNOWN_WORLD,
      openOrders: openOrders.map(({ quantity, age }, index) => {
        const placedAt = now - age * WEEK_DAYS * DAY_MS;
        return { workflowId: String(index), quantity, placedAt, expectedAt: placedAt + terms.leadTimeDays * DAY_MS };
      }),
      leadTimes: [],
      outages: [],
      receivedSince: 0,
      receivedOrders: [],
      recentOrders: [],
      policy: POLICY,
    };
    return assess(validate(trigger, {}, UNKNOWN_WORLD, now), facts, now).decision.quantity;
  };
}

/** The same facts as the offline plan reads them: every week is known, but for sales that are far from all others. */
function throughTheEngine(item: ReplayedItem): ReplayPolicy {
  const monday = isoDay(mondayOf(item));
  return (view) => {
    const input = planInputAt({ ...item, start: monday }, SETTINGS, view, null);
    const seen = item.units.slice(0, view.period).map((units) => units !== null);
    const far = new Set(farFromAllOthers({ units: input.history, seen, factors: null, periodDays: input.periodDays }));
    const inStock = seen.map((is, index) => is && !far.has(index));
    const history = input.history.map((units, index) => (far.has(index) ? 0 : units));
    return plan({ ...input, history, inStock }).quantity;
  };
}
