/** The three suppliers of the sample: two take orders today, one tomorrow. */
import type { SupplierSettings } from "../../../src/client/client.ts";

export interface SampleSupplier {
  readonly supplierId: string;
  readonly settings: SupplierSettings;
}

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const DRINKS = /water|lemonade|beer|kombucha|cold-brew|coffee|cocoa/u;
const FRESH = /milk|bread|eggs|butter|bananas|mandarins|tofu|burger|ice-cream/u;

/** @param today ISO date. */
export function sampleSuppliers(today: string): readonly SampleSupplier[] {
  const tomorrow = WEEKDAYS[(new Date(`${today}T00:00:00Z`).getUTCDay() + 1) % 7]!;
  return [
    {
      supplierId: "greenfield-fresh",
      settings: { name: "Greenfield Fresh", lead_time_days: 1, cut_off: "23:59", send: "manual", currency: "EUR" },
    },
    {
      supplierId: "north-beverages",
      settings: {
        name: "North Beverages",
        lead_time_days: 2,
        cut_off: "23:59",
        minimum_order_value: 250,
        send: "manual",
        currency: "EUR",
      },
    },
    {
      supplierId: "corner-wholesale",
      settings: {
        name: "Corner Wholesale",
        lead_time_days: 4,
        order_days: [tomorrow],
        cut_off: "15:00",
        send: "manual",
        currency: "EUR",
      },
    },
  ];
}

export function supplierOf(productId: string): string {
  if (FRESH.test(productId)) return "greenfield-fresh";
  return DRINKS.test(productId) ? "north-beverages" : "corner-wholesale";
}

/** `milk-whole-1l` as a shelf label has it. */
export function nameOf(productId: string): string {
  const words = productId.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
