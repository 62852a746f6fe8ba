/**
 * Lead time and review period of an order placed at a moment. With a supplier they follow from its calendar: an item's
 * lead time replaces the supplier's within the calendar, and a trigger's replaces the arrival. Without a supplier they
 * are the stated ones.
 */
import { storeDay, zoneOfStore } from "./opening.ts";
import { noonOf } from "./zones.ts";
import { nextOpportunities, opportunitiesBetween, type Calendar } from "./opportunities.ts";
import type { WorldSlice } from "./types.ts";
import { DAY_MS } from "../shared/durations.ts";

/** A week: the usual promise of a domestic supplier, used only where nothing is stated. */
export const DEFAULT_LEAD_TIME_DAYS = 7;
/** Stores that post triggers post them daily. */
const DEFAULT_REVIEW_PERIOD_DAYS = 1;
/** Arrivals after the next one that a plan may look at. */
const LATER_ARRIVALS = 8;
/** Days looked ahead for them. */
const LATER_DAYS = 120;

/** The stated lead time and review period of one source. */
export interface SaidTimes {
  readonly leadTimeDays?: number | undefined;
  readonly reviewPeriodDays?: number | undefined;
}

export interface SupplyTerms {
  readonly leadTimeDays: number;
  readonly reviewPeriodDays: number;
  /** Null without an order opportunity. */
  readonly calendar: CalendarTerms | null;
}

export interface CalendarTerms {
  readonly supplierId: string;
  /** Epoch ms. */
  readonly orderBy: number;
  /** Store days. */
  readonly arrivesOn: number;
  /** Noon of that day in the store. */
  readonly expectedAt: number;
  readonly nextOrderBy: number | null;
  readonly nextArrivesOn: number | null;
  /** Days of the arrivals after those two. */
  readonly laterArrivals: readonly number[];
}

export function supplyTerms(trigger: SaidTimes, settings: SaidTimes, world: WorldSlice, at: number): SupplyTerms {
  const said = {
    leadTimeDays:
      trigger.leadTimeDays ?? settings.leadTimeDays ?? world.supplier?.leadTimeDays ?? DEFAULT_LEAD_TIME_DAYS,
    reviewPeriodDays: trigger.reviewPeriodDays ?? settings.reviewPeriodDays ?? DEFAULT_REVIEW_PERIOD_DAYS,
    calendar: null,
  };
  const calendar = calendarOf(trigger, settings, world, at);
  if (calendar === null) return said;
  const today = storeDay(at, world.store);
  const leadTimeDays = trigger.leadTimeDays ?? calendar.arrivesOn - today;
  const distance = calendar.nextArrivesOn === null ? null : calendar.nextArrivesOn - calendar.arrivesOn;
  // A supplier may take orders more often than the item is reviewed, so the longer period counts.
  const reviewPeriodDays =
    trigger.reviewPeriodDays ?? Math.max(distance ?? said.reviewPeriodDays, settings.reviewPeriodDays ?? 0);
  return { leadTimeDays, reviewPeriodDays, calendar };
}

function calendarOf(trigger: SaidTimes, settings: SaidTimes, world: WorldSlice, at: number): CalendarTerms | null {
  const { supplier, store } = world;
  if (supplier === null) return null;
  const leadTimeDays = settings.leadTimeDays ?? supplier.leadTimeDays ?? DEFAULT_LEAD_TIME_DAYS;
  const calendar: Calendar = { supplier, store, leadTimeDays };
  const coming = nextOpportunities(calendar, Math.max(at, (world.passedCutOff ?? 0) + 1));
  if (coming === null) return null;
  const { next } = coming;
  const arrivesOn =
    trigger.leadTimeDays === undefined
      ? next.arrivesOn
      : storeDay(at, store) + Math.max(0, Math.round(trigger.leadTimeDays));
  const later = opportunitiesBetween(calendar, next.orderBy + 1, next.orderBy + LATER_DAYS * DAY_MS)
    .filter((opportunity) => opportunity.arrivesOn > arrivesOn)
    .slice(0, LATER_ARRIVALS);
  const after = later[0] ?? (coming.after !== null && coming.after.arrivesOn > arrivesOn ? coming.after : null);
  return {
    supplierId: supplier.supplierId,
    orderBy: next.orderBy,
    arrivesOn,
    expectedAt: noonOf(arrivesOn, zoneOfStore(store)),
    nextOrderBy: after?.orderBy ?? null,
    nextArrivesOn: after?.arrivesOn ?? null,
    laterArrivals: later.slice(1).map((opportunity) => opportunity.arrivesOn),
  };
}
