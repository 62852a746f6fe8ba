/** Notes with a known truth: what an adviser should make of them, and what demand really becomes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { AdviceRequest } from "../../src/adviser/adviser.ts";
import { plan } from "../../src/replenishment/plan.ts";
import { aPlanInput } from "../../test/support/builders/plan-input.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

/** A Thursday, so that notes about the weekend fall inside the protection period. */
const TODAY = Date.UTC(2040, 4, 17, 7);

const Scenario = z.strictObject({
  id: z.string(),
  kind: z.string(),
  language: z.string(),
  expect: z.enum(["raise", "lower", "keep"]),
  /** Factor on the demand of the protection period, as it turns out. */
  demand: z.number().min(0),
  notes: z.string(),
});

export type Scenario = z.infer<typeof Scenario>;

export const SCENARIOS_FILE = join(import.meta.dirname, "scenarios.json");

export function readScenarios(path: string): Scenario[] {
  return z
    .array(Scenario)
    .min(1)
    .parse(JSON.parse(readFileSync(path, "utf8")));
}

/** Slow, ordinary and fast items take turns, all of them short enough of stock that the plan orders. */
const DAILY_LEVELS = [3, 12, 60];
const HISTORY_DAYS = 84;
const LEAD_TIME_DAYS = 2;
const REVIEW_PERIOD_DAYS = 3;
/** Saturdays sell most; the pattern is that of a small grocer. */
const WEEKDAY_SHAPE = [0.9, 0.85, 0.9, 1, 1.15, 1.4, 0.8];

export function questionOf(scenario: Scenario, index: number): AdviceRequest {
  const level = DAILY_LEVELS[index % DAILY_LEVELS.length] ?? 12;
  const history = Array.from({ length: HISTORY_DAYS }, (_, day) => {
    const ripple = 1 + 0.25 * Math.sin(day * 2.399);
    return Math.max(0, Math.round(level * (WEEKDAY_SHAPE[day % 7] ?? 1) * ripple));
  });
  const input = aPlanInput({
    history,
    historyStart: new Date(TODAY - HISTORY_DAYS * DAY_MS).toISOString().slice(0, 10),
    periodDays: 1,
    onHand: 2 * level,
    leadTime: { promised: LEAD_TIME_DAYS, observed: [] },
    reviewPeriod: REVIEW_PERIOD_DAYS,
    tolerance: "protection",
  });
  return {
    workflowId: scenario.id,
    storeId: "main",
    productId: `ITEM-${index + 1}`,
    snapshot: {
      onHand: input.onHand,
      backordered: 0,
      safetyStock: input.safetyStock,
      onOrder: null,
      leadTimeDays: LEAD_TIME_DAYS,
      reviewPeriodDays: REVIEW_PERIOD_DAYS,
      costs: input.costs,
      unitCost: null,
      constraints: input.constraints,
      shelfLifeDays: null,
      notes: scenario.notes === "" ? null : scenario.notes,
      occurredAt: TODAY,
      receivedAt: TODAY,
    },
    input,
    plan: plan(input),
    recentDemand: history.slice(-28),
    usualOrder: null,
    now: TODAY,
  };
}

/**
 * Mean cost of ordering `quantity` when demand turns out as the scenario says: played over every stretch of the item's
 * own past, from now until the next order could arrive. Only days that this order can still change are counted.
 */
export function costOfOrder(scenario: Scenario, { input }: AdviceRequest, quantity: number): number {
  const lead = input.leadTime.promised;
  const days = lead + input.reviewPeriod;
  const stretches = Array.from({ length: Math.max(0, input.history.length - days + 1) }, (_, from) =>
    input.history.slice(from, from + days),
  );
  let total = 0;
  for (const stretch of stretches) {
    let stock = input.onHand;
    for (const [day, units] of stretch.entries()) {
      if (day === lead) stock += quantity;
      const left = stock - scenario.demand * units;
      stock = Math.max(0, left);
      if (day >= lead) total += input.costs.holding * stock + input.costs.shortage * Math.max(0, -left);
    }
  }
  return stretches.length === 0 ? 0 : total / stretches.length;
}
