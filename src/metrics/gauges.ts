/** Gauges and histograms that `GET /metrics` shows beside the counters: names and help are read there alone. */
import { COUNTERS } from "./metric-names.ts";

export interface Gauge {
  readonly type: "gauge";
  readonly name: string;
  readonly help: string;
}

export interface Histogram {
  readonly type: "histogram";
  readonly name: string;
  readonly help: string;
}

export const HISTOGRAMS = {
  latency: {
    type: "histogram",
    name: "inventory_decision_latency_seconds",
    help: "From the trigger's arrival to the decision, or to the question where a person was asked.",
  },
  reviewWait: {
    type: "histogram",
    name: "inventory_review_wait_seconds",
    help: "From the question to its end.",
  },
} as const satisfies Record<string, Histogram>;

export const GAUGES = {
  confidence: {
    type: "gauge",
    name: "inventory_confidence_score",
    help: "Confidence of the product's last decision in any store.",
  },
  pending: { type: "gauge", name: "inventory_reviews_pending", help: "Open reviews." },
  overdue: {
    type: "gauge",
    name: "inventory_reviews_overdue",
    help: "Open reviews past their deadline that nothing has closed yet: must be 0.",
  },
  oldest: {
    type: "gauge",
    name: "inventory_reviews_oldest_age_seconds",
    help: "Age of the oldest open review; 0 without one.",
  },
  parked: {
    type: "gauge",
    name: "inventory_effects_parked",
    help: "Messages that were given up and wait for an operator.",
  },
  purchasesOpen: {
    type: "gauge",
    name: "inventory_purchase_orders_open",
    help: "Purchase orders that take lines.",
  },
  purchasesOverdue: {
    type: "gauge",
    name: "inventory_purchase_orders_overdue",
    help: "Purchase orders whose cut-off passed minutes ago and that nothing has closed: must be 0.",
  },
  database: {
    type: "gauge",
    name: "inventory_database_bytes",
    help: "Size of the database; D1 takes no more than 10 GB.",
  },
  circuit: { type: "gauge", name: "inventory_llm_circuit_open", help: "1 while the adviser's circuit is open." },
  budget: { type: "gauge", name: "inventory_llm_budget_usd", help: "The adviser's spend cap a day; 0 without a cap." },
  spent: {
    type: "gauge",
    name: "inventory_llm_spent_today_usd",
    help: "Today's adviser budget that is spent or reserved.",
  },
  build: {
    type: "gauge",
    name: "inventory_build_info",
    help: "1, labelled with the release that answered the scrape.",
  },
} as const satisfies Record<string, Gauge>;

/** Every name a query may use, histogram parts included. */
export function exposedNames(): ReadonlySet<string> {
  const histograms = Object.values(HISTOGRAMS).flatMap(({ name }) => [
    `${name}_bucket`,
    `${name}_sum`,
    `${name}_count`,
  ]);
  return new Set([...[...Object.values(COUNTERS), ...Object.values(GAUGES)].map(({ name }) => name), ...histograms]);
}
