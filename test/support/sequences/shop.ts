/** A shop that random sequences are played in, and what its steps share. */
import { expect } from "vitest";
import type { Call } from "./documented-calls.ts";
import { DAY_MS } from "../../../src/shared/durations.ts";

const SUPPLIERS = {
  dairy: { name: "Dairy", currency: "EUR", rate: 1.5, lead_time_days: 2, send: "manual" },
  mill: { name: "Mill", currency: "GBP", rate: 2, lead_time_days: 4, send: "manual", minimum_order_value: 300 },
} as const;
/** Of nothing known, in boxes, with limits, in tenths, and with nobody who sends orders. */
const ITEMS = [
  { product: "unknown", settings: {}, sells: 0 },
  { product: "boxed milk", settings: { supplier_id: "dairy", unit_cost: 2.5, pack_size: 6 }, sells: 8 },
  {
    product: "flour/coarse",
    settings: { supplier_id: "mill", unit_cost: 1, min_order_quantity: 10, max_stock: 150 },
    sells: 8,
  },
  { product: "チーズ", settings: { supplier_id: "dairy", unit_cost: 0.33, pack_size: 0.1 }, sells: 0.5 },
  { product: "bread", settings: { unit_cost: 1, lead_time_days: 1 }, sells: 12 },
] as const;

export interface ShopItem {
  readonly product: string;
  readonly pack: number;
  /** `path` below the item. */
  readonly at: (path?: string) => string;
}

export interface Shop {
  readonly store: string;
  readonly items: readonly ShopItem[];
  readonly call: Call;
  readonly random: () => number;
  readonly fault: (text: string) => void;
  /** Answers of workflows that were seen to be over, by id: they stay what they are. */
  readonly over: Map<string, string>;
}

export function pick<T>({ random }: Pick<Shop, "random">, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

export function between({ random }: Pick<Shop, "random">, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** Whole packs' worth of an item: 0 to 10 of them, or as many tenths. */
export function units(shop: Shop, { pack }: ShopItem): number {
  return Number((between(shop, 0, 10) * pack).toFixed(1));
}

export function dayFromToday(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

export async function openShop(shop: Omit<Shop, "items" | "over">): Promise<Shop> {
  const { call, store, random } = shop;
  const made = async (path: string, body: unknown, headers = {}): Promise<void> => {
    const answer = await call("PUT", path, body, headers);
    expect([200, 201], answer.text).toContain(answer.status);
  };
  await made(`/stores/${store}`, { name: "Shop", time_zone: "Asia/Tokyo", currency: "JPY", locale: "ja-JP" });
  for (const [id, supplier] of Object.entries(SUPPLIERS)) await made(`/suppliers/${id}`, supplier);
  const items: ShopItem[] = [];
  for (const { product, settings, sells } of ITEMS) {
    const at = (path = ""): string => `/products/${encodeURIComponent(product)}${path}?store_id=${store}`;
    items.push({ product, pack: "pack_size" in settings ? settings.pack_size : 1, at });
    await made(at(), settings);
    if (sells === 0) continue;
    const rows = Array.from({ length: 90 }, (_, day) => {
      const sold = (sells * (0.6 + 0.8 * random())).toFixed(sells < 1 ? 1 : 0);
      return `${dayFromToday(day - 91)},${sold}`;
    });
    await made(at().replace("/products/", "/history/"), `date,units\n${rows.join("\n")}\n`, {
      "Content-Type": "text/csv",
    });
  }
  return { ...shop, items, over: new Map() };
}
