/** Stores, suppliers and events as a user would describe them, with the defaults of the contract. */
import {
  MONDAY_TO_FRIDAY,
  UNKNOWN_WORLD,
  WEEKDAYS,
  type EventFacts,
  type Season,
  type StoreFacts,
  type SupplierFacts,
  type WorldSlice,
} from "../../src/world/types.ts";
import { dayNumberOfIso } from "../../src/replenishment/models/day-numbers.ts";

export function aStore(changes: Partial<StoreFacts> = {}): StoreFacts {
  return {
    storeId: "main",
    name: null,
    timeZone: "UTC",
    locale: "en",
    currency: null,
    openDays: WEEKDAYS,
    closed: [],
    reviewAt: null,
    reviewHours: null,
    countMaxAgeHours: 36,
    reviewers: null,
    ...changes,
  };
}

export function aSupplier(changes: Partial<SupplierFacts> = {}): SupplierFacts {
  return {
    supplierId: "acme",
    name: null,
    emails: [],
    currency: null,
    rate: null,
    timeZone: null,
    leadTimeDays: null,
    leadTimeIn: "calendar",
    workingDays: MONDAY_TO_FRIDAY,
    orderDays: null,
    cutOff: 23 * 60 + 59,
    deliveryDays: null,
    closed: [],
    minimumOrderValue: null,
    send: "none",
    ...changes,
  };
}

export function anEvent(from: string, to: string, factor: number, changes: Partial<EventFacts> = {}): EventFacts {
  return {
    eventId: "festival",
    name: null,
    from: dayNumberOfIso(from),
    to: dayNumberOfIso(to),
    multiplier: factor,
    like: null,
    stores: null,
    products: null,
    suppliers: null,
    measured: null,
    factor,
    ...changes,
  };
}

export function aSeason(weeks: readonly number[]): Season {
  return { weeks, source: "set", learnedAt: 0, items: 0, spanWeeks: 0 };
}

export function aWorld(changes: Partial<WorldSlice> = {}): WorldSlice {
  return { ...UNKNOWN_WORLD, ...changes };
}
