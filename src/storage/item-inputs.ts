/**
 * What is uploaded about an item: settings, demand history, forecast. Each upload raises the item's `inputs_version` in
 * the same batch, so that whoever holds an older version knows it.
 */
import type { DemandHistory } from "../world/history.ts";
import type { ForecastDay, ItemTerms, UploadedForecast } from "../workflow/facts.ts";
import * as z from "zod";
import { StoredTerms } from "../api/item-terms.ts";
import { dateOf } from "../shared/dates.ts";
import type { ItemIdentity } from "./identity.ts";

/** Points a chunk; at some 60 bytes a point it stays far below the 2 MB that a row of D1 may hold. */
export const FORECAST_CHUNK_POINTS = 5_000;
/** Rows bound to one statement as JSON; D1 caps a bound value like a row. */
export const DEMAND_ROWS_PER_STATEMENT = 10_000;
/** Three years and a little: enough for any season, little enough to load at once. */
export const HISTORY_DAYS = 1_100;

/** Days of a forecast as they are stored, in the database and in KV. */
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

export interface ItemRow {
  readonly inputs_version: number;
  readonly terms: string | null;
}

export interface ForecastRow {
  readonly uploaded_at: number;
  readonly points: string;
}

export interface DemandRow {
  readonly day: number;
  readonly units: number;
  readonly in_stock: number;
}

export function uploaded(row: ItemRow | undefined, created: boolean): Upload {
  if (row === undefined) throw new Error("the upload wrote no item row");
  return { inputsVersion: row.inputs_version, created, terms: parseTerms(row.terms) };
}

/** Null = nothing is known of the item. */
export function toStoredItem(row: ItemRow | null | undefined): StoredItem | null {
  return row == null ? null : { inputsVersion: row.inputs_version, terms: parseTerms(row.terms) };
}

/** The chunks of a forecast in their order; null = there is none. */
export function toForecast(rows: readonly ForecastRow[]): UploadedForecast | null {
  const first = rows[0];
  if (first === undefined) return null;
  return {
    uploadedAt: first.uploaded_at,
    days: rows.flatMap((row) => StoredForecastDays.parse(JSON.parse(row.points))),
  };
}

function parseTerms(json: string | null): ItemTerms | null {
  return json === null ? null : StoredTerms.parse(JSON.parse(json));
}

/** Dense days from the first to the last; a date that is missing in between was a day without sales. */
export function toHistory(newestFirst: readonly DemandRow[]): DemandHistory | null {
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

export function chunksOf<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
