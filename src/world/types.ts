/**
 * What a decision knows about the world besides the item's own numbers: its store, its supplier, events and the season.
 * Parsed at the edge and in storage into exactly these shapes; nothing here knows the wire's names.
 *
 * A day is a number: days since 1970-01-01, the calendar day in the store's time zone (I13). A time of day is minutes
 * after local midnight. Ranges of days include both ends. `WorldSlice` and `StoreWorld` travel in calls and are kept,
 * so new fields are optional (I12).
 */
import type { WebhookSubscription } from "./outside/webhook-endpoint.ts";

/** Raised when a stored or passed shape changes so much that an older reader would misread it. */
export const WORLD_SCHEMA = 1;

/** In the order of the ISO week; names as on the wire. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const MONDAY_TO_FRIDAY: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri"];

export interface DayRange {
  readonly from: number;
  readonly to: number;
}

export interface StoreFacts {
  readonly storeId: string;
  readonly name: string | null;
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47; formats numbers and dates on pages and in mails. */
  readonly locale: string;
  /** ISO 4217; null = not said. */
  readonly currency: string | null;
  readonly openDays: readonly Weekday[];
  readonly closed: readonly DayRange[];
  /** Minutes after local midnight at which every item is decided again; null = never automatically. */
  readonly reviewAt: number | null;
  /** Minutes after local midnight between which people answer; null = at any time. */
  readonly reviewHours: { readonly from: number; readonly to: number } | null;
  readonly countMaxAgeHours: number;
  /** Person ids or addresses that replace `REVIEW_EMAIL_TO`; null = not set. */
  readonly reviewers: readonly string[] | null;
}

export type SendMode = "none" | "manual" | "auto";

export interface SupplierFacts {
  readonly supplierId: string;
  readonly name: string | null;
  readonly emails: readonly string[];
  /** ISO 4217; null = the store's. */
  readonly currency: string | null;
  /** Value of one unit of `currency` in the store's currency; null = not said. */
  readonly rate: number | null;
  /** IANA name; null = the store's. */
  readonly timeZone: string | null;
  /** Null = not said: the item's, else the service's default. */
  readonly leadTimeDays: number | null;
  readonly leadTimeIn: "calendar" | "working";
  readonly workingDays: readonly Weekday[];
  /** Null = any day. */
  readonly orderDays: readonly Weekday[] | null;
  /** Minutes after the supplier's local midnight; the default is 23:59. */
  readonly cutOff: number;
  /** Null = any day. */
  readonly deliveryDays: readonly Weekday[] | null;
  readonly closed: readonly DayRange[];
  /** In the supplier's currency; null = none. */
  readonly minimumOrderValue: number | null;
  readonly send: SendMode;
}

/** What was measured on an event's own days against the level around them, shrunk across the items it covered. */
export interface MeasuredEvent {
  readonly multiplier: number;
  readonly items: number;
  /** Days of the event that were seen and are over. */
  readonly days: number;
}

export interface EventFacts {
  readonly eventId: string;
  readonly name: string | null;
  readonly from: number;
  readonly to: number;
  /** As stated; null = measured, or taken from `like`. */
  readonly multiplier: number | null;
  readonly like: string | null;
  /** Null = every store; likewise every product and every supplier. */
  readonly stores: readonly string[] | null;
  readonly products: readonly string[] | null;
  readonly suppliers: readonly string[] | null;
  readonly measured: MeasuredEvent | null;
  /**
   * Multiplier of demand on its days: the stated one, else that of `like`, else its own measure, else 1. Resolved when
   * the event is loaded.
   */
  readonly factor: number;
}

export interface Season {
  /** 53 factors around 1, of the ISO weeks 1 to 53. */
  readonly weeks: readonly number[];
  /** Set by a user rather than learned. */
  readonly source: "learned" | "set";
  /** Epoch ms. */
  readonly learnedAt: number;
  /** Items and weeks that it was learned from; 0 where it was set. */
  readonly items: number;
  readonly spanWeeks: number;
}

/** Somebody who may be asked about a store, and their delegate. */
export interface AskedPerson {
  readonly personId: string;
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  /** Days since 1970-01-01, both included. */
  readonly away: { readonly from: number; readonly to: number; readonly delegate: string } | null;
}

/** Everything about a store that its items' decisions may need. */
export interface StoreWorld {
  readonly schema: typeof WORLD_SCHEMA;
  /** Raised by every change of any part. */
  readonly version: number;
  /** Null = nobody described the store: UTC, always open. */
  readonly store: StoreFacts | null;
  readonly suppliers: readonly SupplierFacts[];
  readonly events: readonly EventFacts[];
  readonly season: Season | null;
  /** Absent = nobody subscribed. */
  readonly webhooks?: readonly WebhookSubscription[];
  /** Its reviewers, whoever is away, and their delegates; absent = nobody. */
  readonly people?: readonly AskedPerson[];
}

/** The part of it that one item needs. */
export interface WorldSlice {
  readonly schema: typeof WORLD_SCHEMA;
  readonly version: number;
  readonly store: StoreFacts | null;
  readonly supplier: SupplierFacts | null;
  readonly events: readonly EventFacts[];
  readonly season: Season | null;
  readonly webhooks?: readonly WebhookSubscription[];
  /** Its reviewers, whoever is away, and their delegates; absent = nobody. */
  readonly people?: readonly AskedPerson[];
  /** A cut-off of its supplier that counts as past for this item before its time; absent = none. */
  readonly passedCutOff?: number;
}

/** The slice of an item about which nobody said anything. */
export const UNKNOWN_WORLD: WorldSlice = {
  schema: WORLD_SCHEMA,
  version: 0,
  store: null,
  supplier: null,
  events: [],
  season: null,
};
