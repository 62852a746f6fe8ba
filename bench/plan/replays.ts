/** Rolling-origin replays of real sales: cost against the best static base-stock in hindsight, and the textbook's. */
import {
  fillRate,
  replay,
  type ReplayPolicy,
  type ReplayResult,
  type ReplaySettings,
} from "../../scripts/lib/backtest/policy-replay.ts";
import {
  hindsightBaseStock,
  stockwarden,
  textbookBaseStock,
  type ReplayedItem,
} from "../../scripts/lib/backtest/replay-policies.ts";
import { readSalesText } from "../../scripts/lib/import/sales-file.ts";
import { progress } from "../../scripts/lib/command/progress.ts";
import { readData } from "./data-folder.ts";
import { pairedInterval, shownInterval } from "./statistics.ts";

interface DataSet {
  readonly name: string;
  readonly file: string;
  /** Periods known before the first decision. */
  readonly warmUp: number;
  readonly leadTime: number;
  /** Items replayed, evenly spread over the file: enough for narrow intervals, few enough to wait for. */
  readonly items: number;
  /** Periods with sales that an item needs before the first decision: others say nothing. */
  readonly leastActive: number;
  readonly pack: number;
  readonly minimum: number;
}

const DATA_SETS: readonly DataSet[] = [
  {
    name: "Online Retail, weekly",
    file: "onlineretail_weekly.csv",
    warmUp: 26,
    leadTime: 2,
    items: 120,
    leastActive: 8,
    pack: 12,
    minimum: 24,
  },
  {
    name: "Online Retail, daily",
    file: "onlineretail_daily_top500.csv",
    warmUp: 250,
    leadTime: 7,
    items: 25,
    leastActive: 60,
    pack: 12,
    minimum: 24,
  },
  {
    name: "UCI weekly",
    file: "uci_sales_transactions_weekly.csv",
    warmUp: 26,
    leadTime: 2,
    items: 120,
    leastActive: 8,
    pack: 6,
    minimum: 12,
  },
  {
    name: "car parts, monthly",
    file: "carparts_monthly.csv",
    warmUp: 24,
    leadTime: 1,
    items: 150,
    leastActive: 3,
    pack: 2,
    minimum: 2,
  },
];

const COSTS = { holding: 0.2, shortage: 1, fixedOrder: 0 };
const FREE = { minOrderQuantity: 0, packSize: 1, maxStock: null };

/** Prints a table; skips what is absent. */
export async function reportReplays(): Promise<void> {
  console.log(
    "\nReplays of real sales, holding 0.2, shortage 1; cost relative to the best fixed level in hindsight (100 " +
      "= as good)",
  );
  console.log(
    "data                   unmet      lots    items    ours  textbook   ours - hindsight, % of its cost [95 " +
      "%]      fill ours/hind   stock ours/hind",
  );
  for (const set of DATA_SETS) {
    const items = await itemsOf(set);
    if (items === null) continue;
    for (const unmet of ["lost", "backorder"] as const) {
      for (const lots of [false, true]) {
        const constraints = lots ? { minOrderQuantity: set.minimum, packSize: set.pack, maxStock: null } : FREE;
        reportOne(set, items, { leadTime: set.leadTime, costs: COSTS, constraints, unmet }, lots);
      }
    }
  }
}

function reportOne(set: DataSet, items: readonly ReplayedItem[], settings: ReplaySettings, lots: boolean): void {
  const bar = progress(`${set.name} ${settings.unmet}`, items.length);
  const play = (item: ReplayedItem, policy: ReplayPolicy): ReplayResult =>
    replay(item.units, set.warmUp, settings, policy);
  const ours: ReplayResult[] = [];
  const textbook: ReplayResult[] = [];
  const hindsight: ReplayResult[] = [];
  for (const item of items) {
    ours.push(play(item, stockwarden(item, settings)));
    textbook.push(play(item, textbookBaseStock(item, settings)));
    hindsight.push(play(item, hindsightBaseStock(item, set.warmUp, settings)));
    bar.step();
  }
  bar.done();
  const base = total(hindsight, cost);
  const gap = pairedInterval(
    ours.map((result) => (cost(result) / base) * 100 * items.length),
    hindsight.map((result) => (cost(result) / base) * 100 * items.length),
  );
  console.log(
    [
      set.name.padEnd(22),
      settings.unmet.padEnd(10),
      (lots ? `${set.minimum}/${set.pack}` : "free").padEnd(7),
      String(items.length).padStart(5),
      ((total(ours, cost) / base) * 100).toFixed(1).padStart(8),
      ((total(textbook, cost) / base) * 100).toFixed(1).padStart(9),
      shownInterval(gap, 1).padStart(28),
      `${fill(ours)}/${fill(hindsight)}`.padStart(28),
      `${total(ours, (r) => r.meanStock).toFixed(0)}/${total(hindsight, (r) => r.meanStock).toFixed(0)}`.padStart(16),
    ].join(" "),
  );
}

function total(results: readonly ReplayResult[], value: (result: ReplayResult) => number): number {
  return results.reduce((sum, result) => sum + value(result), 0);
}

function cost(result: ReplayResult): number {
  return result.cost;
}

function fill(results: readonly ReplayResult[]): string {
  return fillRate({
    demand: total(results, (result) => result.demand),
    missed: total(results, (result) => result.missed),
  }).toFixed(3);
}

async function itemsOf(set: DataSet): Promise<ReplayedItem[] | null> {
  const text = readData(set.file);
  if (text === null) return null;
  const sales = await readSalesText(text);
  const fit = sales.items.filter(
    (item) =>
      item.units.length > set.warmUp + 8 &&
      item.units.slice(0, set.warmUp).filter((units) => (units ?? 0) > 0).length >= set.leastActive,
  );
  const pitch = Math.max(1, fit.length / set.items);
  return Array.from({ length: Math.min(set.items, fit.length) }, (_, index) => fit[Math.floor(index * pitch)]!).map(
    (item) => ({
      ...item,
      periodDays: sales.periodDays,
    }),
  );
}
