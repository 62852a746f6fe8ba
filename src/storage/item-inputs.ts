/**
 * What is uploaded about an item: settings, demand history, forecast. Each upload raises the item's `inputs_version` in
 * the same batch, so that whoever holds an older version knows it.
 */
import type { DemandHistory, ForecastDay, ItemTerms, UploadedForecast } from "../workflow/facts.ts";
import { DAY_MS } from "../workflow/facts.ts";
import { z } from "zod";
import type { ItemIdentity } from "./identity.ts";

/** Points a chunk; at some 60 bytes a point it stays far below the 2 MB that a row may hold. */
const FORECAST_CHUNK_POINTS = 5_000;
/** Rows bound to one statement as JSON; a bound value is capped like a row. */
const DEMAND_ROWS_PER_STATEMENT = 10_000;
/** Three years and a little: enough for any season, little enough to load at once. */
export const HISTORY_DAYS = 1_100;

const Terms = z
  .object({
    leadTimeDays: z.number(),
    reviewPeriodDays: z.number(),
    holdingCost: z.number(),
    shortageCost: z.number(),
    serviceLevel: z.number(),
    unitCost: z.number(),
    minOrderQuantity: z.number(),
    packSize: z.number(),
    maxStock: z.number(),
    shelfLifeDays: z.number(),
  })
  .partial();

/** Days of a forecast as they are stored, in D1 and in KV. */
export const StoredForecastDays = z.array(
  z.object({
    day: z.number(),
    mean: z.number(),
    p10: z.number().optional(),
    p50: z.number().optional(),
    p90: z.number().optional(),
    std: z.number().optional(),
  }),
);

export interface DemandDay {
  readonly day: number;
  readonly units: number;
  readonly inStock: boolean;
}

export interface StoredItem {
  readonly inputsVersion: number;
  /** Null = no settings stored. */
  readonly terms: ItemTerms | null;
}

export interface Upload {
  readonly inputsVersion: number;
  /** False when there was something of the kind before. */
  readonly created: boolean;
  readonly terms: ItemTerms | null;
}

export interface ItemInputStore {
  item(item: ItemIdentity): Promise<StoredItem | null>;
  /** Settings and history at once: what a cold object needs. */
  loadForDecision(item: ItemIdentity): Promise<{ stored: StoredItem | null; history: DemandHistory | null }>;
  history(item: ItemIdentity): Promise<DemandHistory | null>;
  forecast(item: ItemIdentity): Promise<UploadedForecast | null>;
  putTerms(item: ItemIdentity, objectId: string, terms: ItemTerms): Promise<Upload>;
  /** Null when no settings were stored. */
  deleteTerms(item: ItemIdentity): Promise<Upload | null>;
  addDemand(item: ItemIdentity, objectId: string, days: readonly DemandDay[]): Promise<Upload>;
  putForecast(item: ItemIdentity, objectId: string, days: readonly ForecastDay[], now: number): Promise<Upload>;
}

interface ItemRow {
  readonly inputs_version: number;
  readonly terms: string | null;
}

interface DemandRow {
  readonly day: number;
  readonly units: number;
  readonly in_stock: number;
}

export function d1ItemInputs(db: D1Database): ItemInputStore {
  const selectItem = (item: ItemIdentity) =>
    db.prepare("SELECT inputs_version, terms FROM items WHERE store_id = ? AND product_id = ?").bind(...key(item));
  const selectDemand = (item: ItemIdentity) =>
    db
      .prepare("SELECT day, units, in_stock FROM demand WHERE store_id = ? AND product_id = ? ORDER BY day DESC LIMIT ?")
      .bind(...key(item), HISTORY_DAYS);
  const raiseVersion = (item: ItemIdentity, objectId: string) =>
    db
      .prepare(
        `INSERT INTO items (store_id, product_id, object_id, inputs_version) VALUES (?, ?, ?, 1)
         ON CONFLICT DO UPDATE SET inputs_version = inputs_version + 1 RETURNING inputs_version, terms`,
      )
      .bind(...key(item), objectId);

  return {
    async item(item) {
      const row = await selectItem(item).first<ItemRow>();
      return row === null ? null : { inputsVersion: row.inputs_version, terms: parseTerms(row.terms) };
    },

    async loadForDecision(item) {
      const [items, demand] = await db.batch<unknown>([selectItem(item), selectDemand(item)]);
      const row = items?.results[0] as ItemRow | undefined;
      return {
        stored: row === undefined ? null : { inputsVersion: row.inputs_version, terms: parseTerms(row.terms) },
        history: toHistory((demand?.results ?? []) as DemandRow[]),
      };
    },

    async history(item) {
      return toHistory((await selectDemand(item).all<DemandRow>()).results);
    },

    async forecast(item) {
      const { results } = await db
        .prepare("SELECT uploaded_at, points FROM forecasts WHERE store_id = ? AND product_id = ? ORDER BY chunk")
        .bind(...key(item))
        .all<{ uploaded_at: number; points: string }>();
      const first = results[0];
      if (first === undefined) return null;
      return { uploadedAt: first.uploaded_at, days: results.flatMap((row) => StoredForecastDays.parse(JSON.parse(row.points))) };
    },

    async putTerms(item, objectId, terms) {
      const [before, after] = await db.batch<ItemRow>([
        selectItem(item),
        db
          .prepare(
            `INSERT INTO items (store_id, product_id, object_id, inputs_version, terms) VALUES (?, ?, ?, 1, ?)
             ON CONFLICT DO UPDATE SET inputs_version = inputs_version + 1, terms = excluded.terms
             RETURNING inputs_version, terms`,
          )
          .bind(...key(item), objectId, JSON.stringify(terms)),
      ]);
      return uploaded(after?.results[0], (before?.results[0]?.terms ?? null) === null);
    },

    async deleteTerms(item) {
      const row = await db
        .prepare(
          `UPDATE items SET terms = NULL, inputs_version = inputs_version + 1
           WHERE store_id = ? AND product_id = ? AND terms IS NOT NULL RETURNING inputs_version, terms`,
        )
        .bind(...key(item))
        .first<ItemRow>();
      return row === null ? null : uploaded(row, false);
    },

    async addDemand(item, objectId, days) {
      const chunks = chunksOf(days, DEMAND_ROWS_PER_STATEMENT);
      const results = await db.batch<unknown>([
        db.prepare("SELECT 1 FROM demand WHERE store_id = ? AND product_id = ? LIMIT 1").bind(...key(item)),
        ...chunks.map((chunk) =>
          db
            .prepare(
              `INSERT INTO demand (store_id, product_id, day, units, in_stock)
               SELECT ?1, ?2, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?3) WHERE true
               ON CONFLICT DO UPDATE SET units = excluded.units, in_stock = excluded.in_stock`,
            )
            .bind(...key(item), JSON.stringify(chunk.map((d) => [d.day, d.units, d.inStock ? 1 : 0]))),
        ),
        raiseVersion(item, objectId),
      ]);
      return uploaded(results.at(-1)?.results[0] as ItemRow | undefined, results[0]?.results.length === 0);
    },

    async putForecast(item, objectId, days, now) {
      const results = await db.batch<unknown>([
        db.prepare("DELETE FROM forecasts WHERE store_id = ? AND product_id = ? RETURNING chunk").bind(...key(item)),
        ...chunksOf(days, FORECAST_CHUNK_POINTS).map((chunk, index) =>
          db.prepare("INSERT INTO forecasts VALUES (?, ?, ?, ?, ?)").bind(...key(item), index, now, JSON.stringify(chunk)),
        ),
        raiseVersion(item, objectId),
      ]);
      return uploaded(results.at(-1)?.results[0] as ItemRow | undefined, results[0]?.results.length === 0);
    },
  };
}

function key(item: ItemIdentity): [string, string] {
  return [item.storeId, item.productId];
}

function uploaded(row: ItemRow | undefined, created: boolean): Upload {
  if (row === undefined) throw new Error("the upload wrote no item row");
  return { inputsVersion: row.inputs_version, created, terms: parseTerms(row.terms) };
}

function parseTerms(json: string | null): ItemTerms | null {
  return json === null ? null : Terms.parse(JSON.parse(json));
}

/** Dense days from the first to the last; a date that is missing in between was a day without sales. */
function toHistory(newestFirst: readonly DemandRow[]): DemandHistory | null {
  const last = newestFirst[0];
  const first = newestFirst.at(-1);
  if (first === undefined || last === undefined) return null;
  // Rows may be far apart; beyond the window the oldest ones are of no use to a plan.
  const firstDay = Math.max(first.day, last.day - HISTORY_DAYS + 1);
  const units = Array.from({ length: last.day - firstDay + 1 }, () => 0);
  const inStock = Array.from(units, () => true);
  for (const row of newestFirst) {
    if (row.day < firstDay) continue;
    units[row.day - firstDay] = row.units;
    inStock[row.day - firstDay] = row.in_stock === 1;
  }
  return { firstDay, startDate: dateOf(firstDay), units, inStock };
}

/** ISO date of a day number. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function chunksOf<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}
