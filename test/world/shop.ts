/** Shops as the cases know them: from uploaded rows to a decision, over the path that the service takes. */
import { spreadForecast, type ForecastDay, type UploadedForecast } from "../../src/world/forecast.ts";
import { historyOf, type DemandHistory } from "../../src/world/history.ts";
import { weekdayNameOf } from "../../src/world/dates.ts";
import { mergeSales, type SalesBook, type SalesRow, type SalesUpload } from "../../src/world/sales/sales.ts";
import { UNKNOWN_WORLD, type WorldSlice } from "../../src/world/types.ts";
import { assess } from "../../src/workflow/steps/assess.ts";
import type { Assessment } from "../../src/workflow/assessment.ts";
import type { Facts, ItemInputs, Trigger } from "../../src/workflow/facts.ts";
import type { ItemTerms } from "../../src/workflow/item-terms.ts";
import { guardReasons } from "../../src/workflow/guards/guards.ts";
import { validate } from "../../src/workflow/steps/validate.ts";
import { aPolicy, aTrigger } from "../workflow/world.ts";
import { DAY_MS } from "../../src/shared/durations.ts";
import { dayNumberOfIso } from "../../src/replenishment/models/day-numbers.ts";

/** A Wednesday. */
export const TODAY = dayNumberOfIso("2040-02-29");
export const NOW = TODAY * DAY_MS + 6 * 3_600_000;

/** Small, seeded, the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** About 10 a day, 8 to 12. */
export function steady(days = 120, until = TODAY - 1): SalesRow[] {
  const random = seeded(7);
  return Array.from({ length: days }, (_, at) => ({
    day: until - days + 1 + at,
    units: 8 + Math.floor(random() * 5),
    inStock: null,
  }));
}

/** 40 on Saturday and Sunday, 4 on other days. */
export function weekendShop(days = 120, until = TODAY - 1): SalesRow[] {
  return Array.from({ length: days }, (_, at) => until - days + 1 + at).map((day) => ({
    day,
    units: ["sat", "sun"].includes(weekdayNameOf(day)) ? 40 : 4,
    inStock: null,
  }));
}

export function bookOf(rows: readonly SalesRow[], changes: Partial<SalesUpload> = {}, stored: SalesBook | null = null) {
  const merged = mergeSales(stored, {
    period: null,
    source: "",
    rows,
    completeThrough: null,
    replace: false,
    ...changes,
  });
  if (merged.kind !== "merged") throw new Error(merged.kind);
  return merged.book;
}

export function known(rows: readonly SalesRow[], through?: number): DemandHistory | null {
  return historyOf(bookOf(rows, { completeThrough: through ?? null }));
}

export function aForecast(days: readonly ForecastDay[], uploadedAt = NOW): UploadedForecast {
  return { days, uploadedAt };
}

export const spread = spreadForecast;

export interface Known {
  readonly history?: DemandHistory | null;
  readonly forecast?: UploadedForecast | null;
  readonly terms?: ItemTerms;
  readonly world?: WorldSlice;
  readonly now?: number;
  readonly facts?: Partial<Facts>;
  readonly policy?: Partial<Facts["policy"]>;
}

export interface Decided extends Assessment {
  readonly asked: readonly string[];
}

/** Of an item without orders or a described store. */
export function factsOf(inputs: ItemInputs, changes: Partial<Facts> = {}): Facts {
  return {
    inputs,
    world: UNKNOWN_WORLD,
    openOrders: [],
    leadTimes: [],
    outages: [],
    receivedSince: 0,
    receivedOrders: [],
    recentOrders: [],
    policy: aPolicy({ historyAgeDays: 28 }),
    ...changes,
  };
}

/** What the service decides of a count. Lead time 7, review 1, stock 20, no safety stock, unless said otherwise. */
export function decided(knowledge: Known, trigger: Partial<Trigger> = {}): Decided {
  const { terms = {}, world = UNKNOWN_WORLD, now = NOW } = knowledge;
  const snapshot = validate(aTrigger({ currentStock: 20, safetyStock: 0, ...trigger }), terms, world, now);
  const inputs: ItemInputs = {
    terms,
    history: knowledge.history ?? null,
    forecast: knowledge.forecast ?? null,
    unavailable: false,
    version: "1",
  };
  const policy = aPolicy({ historyAgeDays: 28, ...knowledge.policy });
  const facts = factsOf(inputs, { world, policy, ...knowledge.facts });
  const assessment = assess(snapshot, facts, now);
  const guarded = { decision: assessment.decision, snapshot, assessment, facts, now };
  return { ...assessment, asked: guardReasons(guarded) };
}

export function quantity(knowledge: Known, trigger: Partial<Trigger> = {}): number {
  return decided(knowledge, trigger).decision.quantity;
}
