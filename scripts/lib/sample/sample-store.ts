/**
 * The sample store: a corner shop made from a seed, so that everybody's first minutes look the same.
 * Pure: the same seed and day give the same store. Nothing in it is anybody's real data.
 */
import type { Forecast, ItemSettings, StoreSettings } from "../../../src/client/client.ts";
import { SAMPLE_CATALOGUE, type SampleItem } from "./sample-catalogue.ts";
import { nameOf, supplierOf } from "./sample-suppliers.ts";
import { seededRandom, type Random } from "./random.ts";
import { DAY_MS } from "../../../src/shared/durations.ts";

export const SAMPLE_STORE_ID = "sample-corner-shop";
export const SAMPLE_STORE: StoreSettings = { name: "Corner shop", currency: "EUR" };
export const SAMPLE_SEED = 20_261_122;

export interface StockedSample {
  readonly productId: string;
  readonly storeId: string;
  readonly settings: ItemSettings;
  /** CSV of daily sales, until yesterday where they still come; null for an item that was never sold. */
  readonly history: string | null;
  /** The owner's own forecast from today on. */
  readonly forecast: Forecast["points"] | null;
  /** The count of yesterday evening, for an item that is ordered then. */
  readonly stockYesterday: number | null;
  readonly stock: number;
  readonly safetyStock: number;
}

/** Long enough to show each kind's pattern: a year and a season, half a year of rare sales, one season. */
const HISTORY_DAYS = { smooth: 120, seasonal: 420, intermittent: 200, new: 0 } as const;
const FORECAST_DAYS = 28;
/** Monday first: a shop around the corner is busiest before the weekend. */
const WEEK = [0.8, 0.82, 0.88, 0.95, 1.25, 1.45, 0.85] as const;
const YEARLY_SWING = 0.45;
/** Items that sell more in winter; the other seasonal ones sell more in summer. */
const WINTER_ITEMS = /soup|cocoa|mandarins/u;
const MIDSUMMER_DAY_OF_YEAR = 196;
/** Intermittent items sell on fewer than half of the days, and then one or a few pieces. */
const PIECES_PER_RARE_SALE = 1.6;
const MAX_RARE_SALES_PER_DAY = 0.4;
/** Yesterday's sales of an item with a spike, in days of mean sales. */
const SPIKE_DAYS = 12;
/** More than the four weeks after which a restock without fresh sales is asked about. */
const SILENT_FOR_DAYS = 31;
/** Now and then the shelf is empty by noon: such days are marked, so that they do not count as low demand. */
const EMPTY_SHELF_CHANCE = 0.012;

/** @param today ISO date; history ends the day before. */
export function sampleStore(today: string, seed: number = SAMPLE_SEED): readonly StockedSample[] {
  return SAMPLE_CATALOGUE.map((item, index) => stocked(item, today, seededRandom(seed + index * 7_919)));
}

function stocked(item: SampleItem, today: string, random: Random): StockedSample {
  const safetyStock = Math.ceil(
    item.demand === "new" ? item.perDay * 3 : item.perDay * Math.sqrt(item.leadTimeDays) * 0.5,
  );
  return {
    productId: item.productId,
    storeId: SAMPLE_STORE_ID,
    settings: {
      name: nameOf(item.productId),
      supplier_id: supplierOf(item.productId),
      lead_time_days: item.leadTimeDays,
      review_period_days: 1,
      service_level: 0.95,
      unit_cost: item.unitCost,
      pack_size: item.packSize,
      min_order_quantity: item.packSize,
    },
    history: item.demand === "new" ? null : historyCsv(item, today, random),
    forecast: item.forecast ? forecastPoints(item, today) : null,
    stockYesterday: item.orderedYesterday ? Math.round(item.perDay * (item.coverDays + 1)) : null,
    stock: Math.round(item.perDay * item.coverDays),
    safetyStock,
  };
}

function historyCsv(item: SampleItem, today: string, random: Random): string {
  const days = HISTORY_DAYS[item.demand];
  const rows = Array.from({ length: days }, (_, index) => {
    const date = dayAfter(today, index - days);
    const isSpike = item.spike && index === days - 1;
    const demand = isSpike ? Math.round(item.perDay * SPIKE_DAYS) : unitsOn(item, date, random);
    const ranOut = demand > 1 && random.next() < EMPTY_SHELF_CHANCE;
    return `${date},${ranOut ? Math.floor(demand / 2) : demand},${ranOut ? 0 : 1}`;
  });
  const known = item.silent ? rows.slice(0, -SILENT_FOR_DAYS) : rows;
  return `date,units,in_stock\n${known.join("\n")}\n`;
}

function unitsOn(item: SampleItem, date: string, random: Random): number {
  if (item.demand !== "intermittent") return random.poisson(meanOn(item, date));
  const pieces = Math.max(PIECES_PER_RARE_SALE, item.perDay / MAX_RARE_SALES_PER_DAY);
  return random.next() < item.perDay / pieces ? 1 + random.poisson(pieces - 1) : 0;
}

function forecastPoints(item: SampleItem, today: string): Forecast["points"] {
  return Array.from({ length: FORECAST_DAYS }, (_, index) => {
    const date = dayAfter(today, index);
    const mean = meanOn(item, date);
    const spread = 1.2816 * Math.sqrt(mean);
    const [low, middle, high] = [Math.max(0, mean - spread), mean, mean + spread].map(inHundredths);
    return { date, mean: middle!, p10: low!, p50: middle!, p90: high! };
  });
}

function inHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function meanOn(item: SampleItem, date: string): number {
  const time = Date.parse(`${date}T00:00:00Z`);
  const week = item.demand === "smooth" ? 1 : (WEEK[(new Date(time).getUTCDay() + 6) % 7] ?? 1);
  if (item.demand !== "seasonal") return item.perDay * week;
  const dayOfYear = (time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / DAY_MS;
  const summer = Math.cos((2 * Math.PI * (dayOfYear - MIDSUMMER_DAY_OF_YEAR)) / 365.25);
  return item.perDay * week * (1 + YEARLY_SWING * (WINTER_ITEMS.test(item.productId) ? -summer : summer));
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
