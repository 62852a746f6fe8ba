/**
 * Answers GET /metrics from the counter tables, at the same cost whatever the number of items and decisions. Nothing is
 * kept in memory, so every isolate answers the same.
 */
import { latencyColumns, type CounterRow, type CounterStore } from "./counter-store.ts";
import { bucketBound, labelSet, render, type ExpositionFormat, type Sample, type SampledFamily } from "./exposition.ts";
import {
  COUNTERS,
  LATENCY_BUCKETS_MS,
  OTHER_PRODUCT,
  REVIEW_WAIT_BUCKETS_S,
  REVIEW_WAIT_SUM_KEY,
  counterKey,
  reviewWaitBucketKey,
  type Counter,
} from "./metric-names.ts";
import { GAUGES, HISTOGRAMS, type Gauge } from "./gauges.ts";
import { ACTIONS } from "../shared/statuses.ts";
import { SECOND_MS } from "../shared/durations.ts";

/** The adviser's shared objects, as gauges show them; NaN where an object did not answer. */
export interface AdviserState {
  readonly circuitOpen: number;
  readonly budgetUsd: number;
  readonly spentTodayUsd: number;
}

/** Purchase orders as gauges show them. */
export interface PurchaseState {
  readonly open: number;
  readonly overdue: number;
  readonly parked: number;
}

export interface MetricsInput {
  readonly counters: Pick<CounterStore, "read">;
  readonly now: number;
  readonly adviser: AdviserState;
  readonly purchases: PurchaseState;
  readonly release: string;
}

export async function renderMetrics(
  { counters, now, adviser, purchases, release }: MetricsInput,
  format: ExpositionFormat,
): Promise<string> {
  const rows = await counters.read(now);
  const counted = new Map([...decisionCounts(rows.decisions), ...smallCounts(rows.small)]);
  const oldest = rows.reviews["oldest"] ?? null;
  const products = byProduct(rows.decisions);
  // By the names of their declarations: one that is declared and not shown here does not compile.
  const histograms: Readonly<Record<keyof typeof HISTOGRAMS, SampledFamily>> = {
    latency: latency(products),
    reviewWait: reviewWait(counted),
  };
  const gauges: Readonly<Record<keyof typeof GAUGES, SampledFamily>> = {
    confidence: confidence(products),
    pending: gauge(GAUGES.pending, Number(rows.reviews["pending"] ?? 0)),
    overdue: gauge(GAUGES.overdue, Number(rows.reviews["overdue"] ?? 0)),
    oldest: gauge(GAUGES.oldest, oldest === null ? 0 : Math.max(0, now - Number(oldest)) / SECOND_MS),
    parked: gauge(GAUGES.parked, rows.parked + purchases.parked),
    purchasesOpen: gauge(GAUGES.purchasesOpen, purchases.open),
    purchasesOverdue: gauge(GAUGES.purchasesOverdue, purchases.overdue),
    database: gauge(GAUGES.database, rows.bytes),
    circuit: gauge(GAUGES.circuit, adviser.circuitOpen),
    budget: gauge(GAUGES.budget, adviser.budgetUsd),
    spent: gauge(GAUGES.spent, adviser.spentTodayUsd),
    build: gauge(GAUGES.build, 1, { release }),
  };
  const families = [
    ...Object.values(histograms),
    ...Object.values(COUNTERS).map((family) => counter(family, counted)),
    ...Object.values(gauges),
  ];
  return render(families, format);
}

function smallCounts(rows: readonly CounterRow[]): [key: string, value: number][] {
  return rows.map((row) => [String(row["series"]), Number(row["value"])]);
}

/** Decisions are counted beside each product's latency; here they are summed over products. */
function decisionCounts(rows: readonly CounterRow[]): [key: string, value: number][] {
  return COUNTERS.decisions.series.map(([action = "", result = ""]) => [
    counterKey(COUNTERS.decisions, [action, result]),
    rows.filter((row) => row["action"] === action).reduce((sum, row) => sum + Number(row[result]), 0),
  ]);
}

interface ActionStats {
  readonly buckets: readonly number[];
  readonly sumS: number;
  readonly confidence: number;
  readonly decidedAt: number;
}

type ProductStats = ReadonlyMap<string, ReadonlyMap<string, ActionStats>>;

const LATENCY_COLUMN_NAMES = latencyColumns().map(({ name }) => name);
const NO_DECISIONS: ActionStats = { buckets: LATENCY_COLUMN_NAMES.map(() => 0), sumS: 0, confidence: 0, decidedAt: 0 };

/** Product label -> action -> what was decided; `other` is there from the start. */
function byProduct(rows: readonly CounterRow[]): ProductStats {
  const products = new Map([[OTHER_PRODUCT, new Map<string, ActionStats>()]]);
  for (const row of rows) {
    const product = String(row["product_id"] ?? OTHER_PRODUCT);
    const actions = products.get(product) ?? new Map<string, ActionStats>();
    products.set(product, actions);
    actions.set(String(row["action"]), {
      buckets: LATENCY_COLUMN_NAMES.map((name) => Number(row[name])),
      sumS: Number(row["latency_sum_ms"]) / SECOND_MS,
      confidence: Number(row["confidence"]),
      decidedAt: Number(row["decided_at"]),
    });
  }
  return products;
}

function latency(products: ProductStats): SampledFamily {
  const bounds = LATENCY_BUCKETS_MS.map((bound) => bound / SECOND_MS);
  const samples = [...products].flatMap(([product_id, actions]) =>
    ACTIONS.flatMap((action) => {
      const { buckets, sumS } = actions.get(action) ?? NO_DECISIONS;
      return histogramSamples({ product_id, action }, bounds, buckets, sumS);
    }),
  );
  return { ...HISTOGRAMS.latency, samples };
}

/**
 * A product that has not decided yet has no confidence; `other` without decisions reads 0 so that its series exists.
 */
function confidence(products: ProductStats): SampledFamily {
  const samples = [...products].map(([product_id, actions]) => {
    const last = [...actions.values()].reduce((a, b) => (b.decidedAt >= a.decidedAt ? b : a), NO_DECISIONS);
    return { labels: labelSet({ product_id }), value: last.confidence };
  });
  return { ...GAUGES.confidence, samples };
}

function reviewWait(counted: ReadonlyMap<string, number>): SampledFamily {
  const buckets = [...REVIEW_WAIT_BUCKETS_S, "inf" as const].map(
    (bound) => counted.get(reviewWaitBucketKey(bound)) ?? 0,
  );
  return {
    ...HISTOGRAMS.reviewWait,
    samples: histogramSamples({}, REVIEW_WAIT_BUCKETS_S, buckets, counted.get(REVIEW_WAIT_SUM_KEY) ?? 0),
  };
}

/** Buckets are stored apart and exposed cumulatively; the last of `counts` is above every bound. */
function histogramSamples(
  labels: Readonly<Record<string, string>>,
  bounds: readonly number[],
  counts: readonly number[],
  sum: number,
): Sample[] {
  let below = 0;
  const own = labelSet(labels);
  const withBound = own === "" ? "{" : `${own.slice(0, -1)},`;
  const buckets = [...bounds, Infinity].map((bound, at): Sample => {
    below += counts[at] ?? 0;
    return { suffix: "_bucket", labels: `${withBound}le="${bucketBound(bound)}"}`, value: below };
  });
  return [...buckets, { suffix: "_sum", labels: own, value: sum }, { suffix: "_count", labels: own, value: below }];
}

function counter(family: Counter, counted: ReadonlyMap<string, number>): SampledFamily {
  const samples = family.series.map((values) => ({
    labels: labelSet(Object.fromEntries(family.labels.map((label, at) => [label, values[at] ?? ""]))),
    value: counted.get(counterKey(family, values)) ?? 0,
  }));
  return { ...family, samples };
}

function gauge(family: Gauge, value: number, labels: Readonly<Record<string, string>> = {}): SampledFamily {
  return { ...family, samples: [{ labels: labelSet(labels), value }] };
}
