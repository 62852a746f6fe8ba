/** Past decisions whose outcome is known: the paths' forecast, and what then happened. */
import { replay, type ReplaySettings } from "../../scripts/lib/backtest/policy-replay.ts";
import { planInputAt, type ReplayedItem } from "../../scripts/lib/backtest/replay-policies.ts";
import { readSalesText } from "../../scripts/lib/import/sales-file.ts";
import { parsePlanInput } from "../../scripts/lib/plan/plan-input.ts";
import { progress } from "../../scripts/lib/command/progress.ts";
import { cellKey, leadGroupOf } from "../../src/replenishment/confidence/calibration.ts";
import type { DemandClass } from "../../src/replenishment/models/demand-class.ts";
import { newsvendorOrder } from "../../src/replenishment/order/order-search.ts";
import { outlookOf } from "../../src/replenishment/paths/outlook.ts";
import { plan, prepare } from "../../src/replenishment/plan.ts";
import { regretOf } from "../../src/replenishment/confidence/regret.ts";
import { protectionQuantile, shareWithinTolerance, TOLERATED_SHARE } from "../../src/replenishment/confidence/risk.ts";
import type { PlanInput } from "../../src/replenishment/types.ts";
import { readData } from "../plan/data-folder.ts";
import { nameOf, parseInstances, play } from "../plan/inventory-bench.ts";

export type Tolerance = "period" | "protection";

export interface DecisionRecord {
  /** Series the decision belongs to; a series is never on both sides of the split. */
  readonly series: string;
  readonly source: string;
  readonly demandClass: DemandClass;
  readonly cell: string;
  readonly lead: number;
  readonly ratio: number;
  /** Days before the decision that are unseen, and periods that were seen. */
  readonly unseenDays: number;
  readonly seenPeriods: number;
  readonly growthDoubt: number;
  readonly raw: Readonly<Record<Tolerance, number>>;
  readonly right: Readonly<Record<Tolerance, boolean>>;
  readonly inStock: { readonly predicted: number; readonly real: boolean };
  /**
   * Whether demand stayed within the published quantiles: of the protection interval, and of the stock the arrival
   * needs.
   */
  readonly covered: { readonly protection: boolean; readonly need: boolean };
  readonly forecast: { readonly confidence: number; readonly error: number };
}

/** What was asked and answered in a period; the outcome is filled in when it is known. */
interface Pending {
  readonly period: number;
  readonly input: PlanInput;
  readonly quantity: number;
  readonly inStockProbability: number;
  readonly forecastConfidence: number;
}

export function inventoryBenchRecords(): DecisionRecord[] | null {
  const text = readData("inventorybench_dev.jsonl");
  if (text === null) return null;
  const instances = parseInstances(text).filter(
    (instance) => Number.isFinite(instance.leadTime[0]) && new Set(instance.leadTime).size === 1,
  );
  const bar = progress("InventoryBench", instances.length);
  const records = instances.flatMap((instance) => {
    const pending: Pending[] = [];
    const stock: number[] = [];
    play(instance, (view) => {
      const input = parsePlanInput({
        history: view.history,
        on_hand: view.onHand,
        open_orders: view.open.map(({ quantity, age }) => ({ quantity, age })),
        lead_time: { promised: instance.promised, observed: view.observed },
        costs: { holding: instance.holding, shortage: instance.profit },
      });
      const answer = plan(input);
      const due = view.open.reduce((sum, order) => (order.age === instance.promised ? sum + order.quantity : sum), 0);
      stock.push(view.onHand + due + (instance.promised === 0 ? answer.quantity : 0));
      pending.push({ period: pending.length, input, ...answer });
      return answer.quantity;
    });
    const series = instance.id.replace(/lead_time_[^/]+\//u, "");
    const mean = meanOf([...instance.train, ...instance.demand]);
    bar.step();
    return pending.flatMap((decision) =>
      outcome(decision, { series, source: nameOf(instance).family, demand: instance.demand, stock, mean }),
    );
  });
  bar.done();
  return records;
}

interface ReplaySource {
  readonly file: string;
  readonly warmUp: number;
  readonly items: number;
  readonly leads: readonly number[];
  /** Numbers of latest periods that are kept from the plan, in decisions of which little is known. */
  readonly unseen: readonly number[];
}

/** Real sales, at short and long leads and three cost ratios. */
const SOURCES: readonly ReplaySource[] = [
  { file: "onlineretail_weekly.csv", warmUp: 20, items: 150, leads: [0, 2, 4], unseen: [1, 4] },
  { file: "onlineretail_daily_top500.csv", warmUp: 330, items: 60, leads: [2, 7], unseen: [7, 28] },
  { file: "uci_sales_transactions_weekly.csv", warmUp: 20, items: 150, leads: [0, 2, 4], unseen: [1, 4] },
  { file: "carparts_monthly.csv", warmUp: 24, items: 200, leads: [0, 1], unseen: [1, 3] },
];
const SHORTAGES = [0.2, 1, 3.8];
const HOLDING = 0.2;

/** What is hidden from the plan: nothing, the latest periods, or all but the latest. */
interface Hidden {
  readonly latest: number;
  readonly known: number;
}
const NOTHING_HIDDEN: Hidden = { latest: 0, known: Number.POSITIVE_INFINITY };

/** The same decisions, made with the latest periods unseen, or of an item that has only just come. */
export async function littleKnownRecords(): Promise<DecisionRecord[]> {
  const unseen = (latest: number): Hidden => ({ latest, known: Number.POSITIVE_INFINITY });
  const young = (known: number): Hidden => ({ latest: 0, known });
  const all = SOURCES.flatMap((source) =>
    [...source.unseen.map(unseen), ...[3, 6, 9].map(young)].map((hidden) =>
      sourceRecords({ ...source, items: Math.ceil(source.items / 4), leads: source.leads.slice(-1) }, hidden),
    ),
  );
  return (await Promise.all(all)).flat();
}

export async function replayRecords(): Promise<DecisionRecord[]> {
  return (await Promise.all(SOURCES.map((source) => sourceRecords(source, NOTHING_HIDDEN)))).flat();
}

async function sourceRecords(source: ReplaySource, hidden: Hidden): Promise<DecisionRecord[]> {
  const text = readData(source.file);
  if (text === null) return [];
  const sales = await readSalesText(text);
  const fit = sales.items.filter(
    ({ units }) =>
      units.length > source.warmUp + 10 && units.slice(0, source.warmUp).filter((n) => (n ?? 0) > 0).length >= 3,
  );
  const pitch = Math.max(1, fit.length / source.items);
  const chosen = Array.from(
    { length: Math.min(source.items, fit.length) },
    (_, index) => fit[Math.floor(index * pitch)]!,
  );
  const bar = progress(source.file, chosen.length);
  const records = chosen.flatMap((item, index) => {
    bar.step();
    return source.leads.flatMap((lead) => {
      const shortage = SHORTAGES[index % SHORTAGES.length]!;
      return itemRecords({ ...item, periodDays: sales.periodDays }, source, lead, shortage, hidden);
    });
  });
  bar.done();
  return records;
}

function itemRecords(
  item: ReplayedItem,
  source: ReplaySource,
  lead: number,
  shortage: number,
  hidden: Hidden,
): DecisionRecord[] {
  const settings: ReplaySettings = {
    leadTime: lead,
    costs: { holding: HOLDING, shortage, fixedOrder: 0 },
    constraints: { minOrderQuantity: 0, packSize: 1, maxStock: null },
    unmet: "lost",
  };
  const pending: Pending[] = [];
  const stock: number[] = [];
  replay(item.units, source.warmUp, settings, (view) => {
    const input = withHidden(planInputAt(item, settings, view, null), hidden);
    const answer = plan(input);
    const due = view.openOrders.reduce((sum, order) => (order.age === lead ? sum + order.quantity : sum), 0);
    stock.push(view.onHand + due + (lead === 0 ? answer.quantity : 0));
    pending.push({ period: pending.length, input, ...answer });
    return answer.quantity;
  });
  const demand = item.units.slice(source.warmUp).map((units) => units ?? 0);
  const mean = meanOf(item.units.map((units) => units ?? 0));
  return pending.flatMap((decision) =>
    outcome(decision, { series: item.item, source: source.file, demand, stock, mean }),
  );
}

function withHidden(input: PlanInput, { latest, known }: Hidden): PlanInput {
  if (latest === 0 && known === Number.POSITIVE_INFINITY) return input;
  const { history, inStock } = input;
  const from = Math.max(0, history.length - known);
  const seen = history.map((_, index) => inStock?.[index] !== false && index < history.length - latest);
  if (latest === 0) return { ...input, history: history.slice(from), inStock: inStock?.slice(from) ?? null };
  // Nothing is known of the latest, not even that they sold out.
  return { ...input, history: history.map((units, index) => (seen[index] ? units : 0)).slice(from), inStock: seen };
}

interface Reality {
  readonly series: string;
  readonly source: string;
  readonly demand: readonly number[];
  /** Stock before demand, arrivals included, per period. */
  readonly stock: readonly number[];
  readonly mean: number;
}

/** None when the order's arrival lies past the end. */
function outcome(
  { period, input, quantity, inStockProbability, forecastConfidence }: Pending,
  reality: Reality,
): DecisionRecord[] {
  const lead = input.leadTime.promised;
  const arrival = period + lead;
  const available = reality.stock[arrival];
  const wanted = reality.demand[arrival];
  if (available === undefined || wanted === undefined) return [];
  const prepared = prepare(input);
  const outlook = outlookOf(input, prepared);
  const before = available - quantity;
  const regret = regretOf(quantity, before, wanted, input.costs);
  const scale = TOLERATED_SHARE * input.costs.shortage * reality.mean;
  const total = reality.demand.slice(period, arrival + 1).reduce((sum, units) => sum + units, 0);
  const { ratio } = outlook;
  const need = newsvendorOrder(outlook.need, ratio);
  return [
    {
      series: reality.series,
      source: reality.source,
      demandClass: prepared.profile.class,
      cell: cellKey(prepared.profile.class, leadGroupOf(lead)),
      lead,
      ratio,
      unseenDays: prepared.past.unseenTail * input.periodDays,
      seenPeriods: prepared.profile.seen,
      growthDoubt: outlook.growthDoubt,
      raw: {
        period: shareWithinTolerance(outlook, { ...input, tolerance: "period" }, quantity),
        protection: shareWithinTolerance(outlook, { ...input, tolerance: "protection" }, quantity),
      },
      right: { period: regret <= scale, protection: regret <= scale * (lead + 1) },
      inStock: { predicted: inStockProbability, real: available >= wanted },
      covered: { protection: total <= protectionQuantile(outlook), need: wanted - before <= need || need === 0 },
      forecast: {
        confidence: forecastConfidence,
        error: reality.mean > 0 ? Math.abs(wanted - outlook.meanDemand) / reality.mean : 0,
      },
    },
  ];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
