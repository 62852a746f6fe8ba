/**
 * Builds a plan's input from what is known about an item and its world; every figure is tied to its date. Times become
 * periods from the start of the present one, which is the day, week or month in which the stock was counted.
 */
import type {
  BorrowedHistory,
  Costs,
  DemandForecast,
  KnownEvent,
  Lot,
  OpenOrder,
  OrderConstraints,
  PlanInput,
} from "../replenishment/types.ts";
import { elapsedShare, factorsAhead, type Present } from "./ahead.ts";
import { eventsBetween, nameOf } from "./events.ts";
import { forecastAhead, type UploadedForecast } from "./forecast.ts";
import type { DemandHistory } from "./history.ts";
import { shareOfDayAhead, storeDay } from "./opening.ts";
import type { Outage } from "./outages.ts";
import { pastDemandOnce, periodDaysOf, type PastDemand } from "./past.ts";
import { periodStart } from "./sales/periods.ts";
import type { EventFacts, WorldSlice } from "./types.ts";
import { isoDay } from "../shared/calendar-dates.ts";

/** Any number will do, as long as it is fixed: decisions must be the same on every machine. */
const PLAN_SEED = 1;
/** Reviews after the arrival that a plan looks at. */
const REVIEWS_LOOKED_AT = 8;

/** Another item's sales, used in place of this one's. */
export interface BorrowedDemand {
  readonly history: DemandHistory;
  readonly scale: number;
  readonly as: "like" | "replaces";
  /** Version of the lender's stored inputs; absent where the caller has none. */
  readonly version?: number;
}

/** An open order by date; `dueOn` null = not stated. */
export interface DatedOrder {
  readonly quantity: number;
  readonly ageDays: number;
  readonly dueOn: number | null;
}

export interface DatedLot {
  readonly quantity: number;
  /** Last day on which it can be sold. */
  readonly expiresOn: number;
}

export interface ItemFacts {
  readonly world: WorldSlice;
  readonly history: DemandHistory | null;
  readonly borrowed: BorrowedDemand | null;
  readonly forecast: UploadedForecast | null;
  readonly outages: readonly Outage[];
  /** When the stock was counted, and the moment of the decision. */
  readonly countedAt: number;
  readonly now: number;
  readonly onHand: number;
  readonly backordered: number;
  readonly unmet: "lost" | "backorder";
  readonly openOrders: readonly DatedOrder[];
  readonly lots: readonly DatedLot[];
  readonly leadTimeDays: number;
  /** Lead times of past orders, adjusted as if all had been promised the present lead time. */
  readonly observedLeadDays: readonly number[];
  /** Share of its order that each of those deliveries brought; null = all of it. */
  readonly observedShares: readonly number[] | null;
  readonly reviewPeriodDays: number;
  /**
   * Store days on which this order, the next one and later ones arrive; only the first where the others are unknown.
   */
  readonly arrivalDays: readonly number[];
  readonly costs: Costs;
  readonly serviceLevel: number | null;
  readonly constraints: OrderConstraints;
  readonly safetyStock: number;
  readonly shelfLifeDays: number | null;
  /** Last day of demand. */
  readonly phaseOutOn: number | null;
}

export interface Planned {
  readonly input: PlanInput;
  readonly present: Present;
  readonly past: PastDemand | null;
  /** Events between the count and the arrival of the next order. */
  readonly events: readonly EventFacts[];
}

export function planInputOf(facts: ItemFacts): Planned {
  const { world, history, borrowed } = facts;
  const present = presentOf(facts);
  const { today, period } = present;
  const periodDays = periodDaysOf(period);
  const start = periodStart(period, today);
  const periods = (day: number): number => (day - start) / periodDays;
  const past = history === null ? null : pastDemandOnce(history, world, facts.outages, today);
  const [arrival = today, next = arrival + facts.reviewPeriodDays] = facts.arrivalDays;
  const horizon = next - today + REVIEWS_LOOKED_AT * Math.max(1, facts.reviewPeriodDays);
  const events = eventsBetween(world.events, today, Math.max(today, Math.ceil(next) - 1)).filter(
    (event) => event.factor !== 1,
  );
  const leadDays = Math.round(facts.leadTimeDays);
  const evenlySpaced = today === start && facts.arrivalDays.length <= 2 && arrival - today === leadDays;
  const input: PlanInput = {
    history: past?.history ?? NOTHING,
    inStock: past?.inStock ?? (history === null ? null : NONE_SEEN),
    historyFactors: past?.factors ?? null,
    borrowed: borrowed === null ? null : borrowedHistory(borrowed, facts, today, period),
    elapsed: elapsedShare(present),
    historyStart: past?.start ?? isoDay(start),
    periodDays,
    forecast: forecastOf(facts, present),
    onHand: facts.onHand,
    backordered: facts.backordered,
    openOrders: facts.openOrders.map((order): OpenOrder => ({
      quantity: order.quantity,
      age: Math.round(order.ageDays) / periodDays,
      ...(order.dueOn === null ? {} : { due: periods(order.dueOn) }),
    })),
    lots: facts.lots.length === 0 ? null : facts.lots.map((lot) => lotOf(lot, today, periodDays)),
    leadTime: {
      promised: leadDays / periodDays,
      observed: facts.observedLeadDays.map((days) => days / periodDays),
      ...(facts.observedShares === null ? {} : { shares: facts.observedShares }),
    },
    reviewPeriod: (next - arrival) / periodDays,
    arrivals: evenlySpaced ? null : facts.arrivalDays.map(periods),
    periodsLeft: facts.phaseOutOn === null ? null : Math.max(0, Math.ceil(periods(facts.phaseOutOn + 1) - 1e-9)),
    costs: facts.costs,
    serviceLevel: facts.serviceLevel,
    constraints: facts.constraints,
    safetyStock: facts.safetyStock,
    unmet: facts.unmet,
    seasonalProfile: world.season?.weeks ?? null,
    demandMultipliers: factorsAhead(world, present, horizon),
    knownEvents:
      events.length === 0 ? null : events.map((event): KnownEvent => ({ name: nameOf(event), factor: event.factor })),
    shelfLife: facts.shelfLifeDays === null ? null : facts.shelfLifeDays / periodDays,
    tolerance: "protection",
    seed: PLAN_SEED,
  };
  return { input, present, past, events };
}

const NOTHING: readonly number[] = [];
const NONE_SEEN: readonly boolean[] = [];

/**
 * The present is the day of the count. Where nobody described the store, its hours are unknown, so the whole day of the
 * decision counts as ahead.
 */
function presentOf({
  world,
  history,
  borrowed,
  countedAt,
  now,
}: Pick<ItemFacts, "world" | "history" | "borrowed" | "countedAt" | "now">): Present {
  const at = world.store === null ? now : countedAt;
  return {
    today: storeDay(at, world.store),
    shareAhead: shareOfDayAhead(at, world.store),
    period: history?.period ?? borrowed?.history.period ?? "day",
  };
}

function forecastOf(facts: ItemFacts, present: Present): DemandForecast | null {
  const { forecast, history, world, now } = facts;
  return forecast === null ? null : forecastAhead(forecast, history, world.store, present, now);
}

/** Kept because models are cached by this object's arrays. */
const borrowedOnce = new WeakMap<PastDemand, BorrowedHistory>();

/** Null where the other item's sales have another period: a week's sales are not a day's. */
function borrowedHistory(
  { history, scale, as }: BorrowedDemand,
  { world }: ItemFacts,
  today: number,
  period: Present["period"],
): BorrowedHistory | null {
  if ((history.period ?? "day") !== period) return null;
  const past = pastDemandOnce(history, world, NO_OUTAGES, today);
  const known = borrowedOnce.get(past);
  if (known?.scale === scale && known.as === as) return known;
  const borrowed = { history: past.history, inStock: past.inStock, historyFactors: past.factors, scale, as };
  borrowedOnce.set(past, borrowed);
  return borrowed;
}

const NO_OUTAGES: readonly Outage[] = [];

function lotOf({ quantity, expiresOn }: DatedLot, today: number, periodDays: number): Lot {
  return { quantity, keeps: Math.max(0, (expiresOn - today + 1) / periodDays) };
}
