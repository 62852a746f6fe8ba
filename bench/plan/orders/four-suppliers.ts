/**
 * A store with four suppliers who take orders in four rhythms: once a week, twice a week, any weekday from a minimum
 * worth on, and any weekday for goods that come three working days later.
 */
import {
  MONDAY_TO_FRIDAY,
  WEEKDAYS,
  type SendMode,
  type StoreFacts,
  type SupplierFacts,
} from "../../../src/world/types.ts";
import type { ItemSales } from "../../../scripts/lib/import/sales-file.ts";

export const RHYTHMS = ["weekly", "twice a week", "minimum worth", "working days"] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export interface StockedItem {
  readonly productId: string;
  readonly rhythm: Rhythm;
  readonly unitCost: number;
  /** Units wanted each day; null = not recorded. */
  readonly wanted: readonly (number | null)[];
}

const CUT_OFF_MINUTES = 11 * 60;
const WEEK_DAYS = 7;

/** The shop of Online Retail: an English one that sells nothing on Saturdays. */
export const STORE: StoreFacts = {
  storeId: "main",
  name: null,
  timeZone: "Europe/London",
  locale: "en-GB",
  currency: "GBP",
  openDays: WEEKDAYS.filter((day) => day !== "sat"),
  closed: [],
  reviewAt: null,
  reviewHours: null,
  countMaxAgeHours: 36,
  reviewers: null,
};

/** Every fourth item is one supplier's. */
export function stock(items: readonly ItemSales[], unitCost: (productId: string) => number): readonly StockedItem[] {
  return items.map(({ item, units }, at) => ({
    productId: item,
    rhythm: RHYTHMS[at % RHYTHMS.length]!,
    unitCost: unitCost(item),
    wanted: units,
  }));
}

/** What the items of the supplier with a minimum sold in a week, on average, before `from`. */
export function weeksWorth(items: readonly StockedItem[], from: number): number {
  const worth = items
    .filter(({ rhythm }) => rhythm === "minimum worth")
    .flatMap(({ wanted, unitCost }) => wanted.slice(0, from).map((units) => (units ?? 0) * unitCost));
  return Math.round((worth.reduce((sum, each) => sum + each, 0) / from) * WEEK_DAYS);
}

/** @param send `none`: each decision is an order at once; else they are gathered into purchase orders. */
export function supplierOf(rhythm: Rhythm, minimumOrderValue: number, send: "none" | "gathered"): SupplierFacts {
  const usual = {
    supplierId: rhythm,
    name: null,
    emails: ["orders@supplier.example"],
    currency: null,
    rate: null,
    timeZone: null,
    leadTimeDays: 3,
    leadTimeIn: "calendar" as const,
    workingDays: MONDAY_TO_FRIDAY,
    orderDays: MONDAY_TO_FRIDAY,
    cutOff: CUT_OFF_MINUTES,
    deliveryDays: null,
    closed: [],
    minimumOrderValue: null,
  };
  const gathered = (mode: SendMode): SendMode => (send === "none" ? "none" : mode);
  switch (rhythm) {
    case "weekly":
      return { ...usual, orderDays: ["mon"], send: gathered("auto") };
    case "twice a week":
      return { ...usual, orderDays: ["mon", "thu"], send: gathered("auto") };
    case "minimum worth":
      return { ...usual, minimumOrderValue, send: gathered("auto") };
    case "working days":
      return { ...usual, leadTimeIn: "working", send: gathered("manual") };
  }
}
