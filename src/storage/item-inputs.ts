/**
 * What is uploaded about an item: settings, demand history, forecast. Each upload raises the item's `inputs_version` in
 * the same batch, so a holder of an older version notices.
 */
import { historyOf, type DemandHistory } from "../world/history.ts";
import { unpackBook, type PackedYear, type SalesHead } from "../world/sales/sales-storage.ts";
import type { ForecastDay, UploadedForecast } from "../world/forecast.ts";
import type { ItemTerms } from "../workflow/item-terms.ts";
import { SALES_SCHEMA } from "../world/sales/sales.ts";
import * as z from "zod";
import { madeOnce } from "../shared/made-once.ts";
import { storedTermsSchema } from "../api/settings-terms.ts";
import { objectName, type ItemIdentity } from "./identity.ts";
import { parseStored } from "./stored-json.ts";

/** Points a chunk; at some 60 bytes a point it stays far below the 2 MB that a row of D1 may hold. */
const FORECAST_CHUNK_POINTS = 5_000;
const TERMS_SCHEMA = 1;
export const FORECAST_SCHEMA = 1;

/** Days of a forecast as they are stored: a chunk of them in the database, all of them in KV. */
export const storedForecast = madeOnce(() =>
  z.object({
    schema: z.literal(FORECAST_SCHEMA),
    days: z.array(
      z.object({
        day: z.number(),
        mean: z.number(),
        p10: z.number().optional(),
        p50: z.number().optional(),
        p90: z.number().optional(),
        std: z.number().optional(),
      }),
    ),
  }),
);

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

export interface CatalogueEntry {
  readonly item: ItemIdentity;
  readonly objectId: string;
  readonly terms: ItemTerms;
}

/** What an item knows of its uploads. */
export interface KnownItem {
  readonly item: ItemIdentity;
  readonly objectId: string;
  readonly inputsVersion: number;
  readonly terms: ItemTerms | null;
}

/** Computes an item's new settings from the stored ones (null = none). If it throws, nothing is written. */
export type SettingsMerge = (stored: ItemTerms | null, entry: CatalogueEntry) => ItemTerms;

export const replaced: SettingsMerge = (_stored, { terms }) => terms;
/** Settings that the catalogue does not name stay. */
export const kept: SettingsMerge = (stored, { terms }) => ({ ...stored, ...terms });

/** How many items a catalogue changed. */
export interface CatalogueCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** An item's stored data in stored form: read for many items at once, then passed to the item that needs it. */
export interface StoredInputs {
  readonly productId: string;
  /** Null = nothing is known of the item. */
  readonly row: ItemRow | null;
  /** Packed years of sales, the newest first. */
  readonly years: readonly string[];
  readonly hasForecast: boolean;
}

export interface ItemInputStore {
  /**
   * Changes the settings of all of these items or of none; what is equal is left alone. Without `merge` they are
   * replaced.
   */
  putCatalogue(entries: readonly CatalogueEntry[], merge?: SettingsMerge): Promise<CatalogueCounts>;
  item(item: ItemIdentity): Promise<StoredItem | null>;
  /**
   * Settings and history in one read, for a cold object.
   *
   * @param use `lent`: for another item, which gets a history of its own (see `historyOnce`).
   */
  loadForDecision(
    item: ItemIdentity,
    use?: "own" | "lent",
  ): Promise<{ stored: StoredItem | null; history: DemandHistory | null }>;
  /** The same of many items of one store, in the order asked. */
  loadMany(storeId: string, productIds: readonly string[]): Promise<readonly StoredInputs[]>;
  forecast(item: ItemIdentity): Promise<UploadedForecast | null>;
  putTerms(item: ItemIdentity, objectId: string, terms: ItemTerms): Promise<Upload>;
  /** Null when no settings were stored. */
  deleteTerms(item: ItemIdentity): Promise<Upload | null>;
  /** Gives a database that lost rows, or went back, the versions and settings that items know; newer ones stay. */
  restore(known: readonly KnownItem[]): Promise<void>;
  putForecast(item: ItemIdentity, objectId: string, days: readonly ForecastDay[], now: number): Promise<Upload>;
}

export interface ItemRow {
  readonly inputs_version: number;
  readonly terms: string | null;
  readonly sales?: string | null;
}

export interface ForecastRow {
  readonly uploaded_at: number;
  readonly points: string;
}

export function uploaded(row: ItemRow | undefined, created: boolean): Upload {
  if (row === undefined) throw new Error("the upload wrote no item row");
  return { inputsVersion: row.inputs_version, created, terms: toStoredTerms(row.terms) };
}

/** Null = nothing is known of the item. */
export function toStoredItem(row: ItemRow | null | undefined): StoredItem | null {
  return row == null ? null : { inputsVersion: row.inputs_version, terms: toStoredTerms(row.terms) };
}

/** The chunks of a forecast in their order; null = there is none. */
export function toForecast(rows: readonly ForecastRow[]): UploadedForecast | null {
  const first = rows[0];
  if (first === undefined) return null;
  return {
    uploadedAt: first.uploaded_at,
    days: rows.flatMap((row) => storedForecast().parse(JSON.parse(row.points)).days),
  };
}

export function toStoredTerms(json: string | null): ItemTerms | null {
  return json === null ? null : storedTermsSchema().parse(parseStored(json, TERMS_SCHEMA));
}

/** Settings as they are stored. */
export function storedTerms(terms: ItemTerms): ItemTerms & { readonly schema: number } {
  return { schema: TERMS_SCHEMA, ...terms };
}

export function termsText(terms: ItemTerms): string {
  return JSON.stringify(storedTerms(terms));
}

/** Days of a forecast as they are stored. */
export function forecastText(days: readonly ForecastDay[]): string {
  return JSON.stringify({ schema: FORECAST_SCHEMA, days });
}

/** What a plan reads of an item's sales: the head, and its newest years in any order. */
export function toHistory(head: string | null | undefined, packed: readonly string[]): DemandHistory | null {
  if (head == null) return null;
  const years = packed.map((text) => parseStored<PackedYear>(text, SALES_SCHEMA));
  return historyOf(unpackBook(parseStored<SalesHead>(head, SALES_SCHEMA), years));
}

export interface ManyInputsRows {
  readonly items: readonly (ItemRow & { readonly product_id: string; readonly has_forecast: boolean | number })[];
  /** The newest years first. */
  readonly years: readonly { readonly product_id: string; readonly packed: string }[];
}

export function toStoredInputs(productIds: readonly string[], { items, years }: ManyInputsRows): StoredInputs[] {
  const rows = new Map(items.map((row) => [row.product_id, row]));
  const packed = Map.groupBy(years, ({ product_id }) => product_id);
  return productIds.map((productId) => {
    const row = rows.get(productId);
    return {
      productId,
      row:
        row === undefined ? null : { inputs_version: row.inputs_version, terms: row.terms, sales: row.sales ?? null },
      years: (packed.get(productId) ?? []).map((year) => year.packed),
      hasForecast: Boolean(row?.has_forecast),
    };
  });
}

/** Which entries a catalogue has to write, by the settings that were there, keyed by `objectName`. */
export function catalogueChanges(
  entries: readonly CatalogueEntry[],
  known: ReadonlyMap<string, string>,
  merge: SettingsMerge,
): { readonly writes: readonly CatalogueEntry[]; readonly counts: CatalogueCounts } {
  const before = (entry: CatalogueEntry) => known.get(objectName(entry.item));
  const isSame = (entry: CatalogueEntry) => areSame(before(entry), termsText(entry.terms));
  const merged = entries.map((entry) => ({ ...entry, terms: merge(toStoredTerms(before(entry) ?? null), entry) }));
  const writes = merged.filter((entry) => !isSame(entry));
  const created = writes.filter((entry) => before(entry) === undefined).length;
  const counts = { created, changed: writes.length - created, unchanged: entries.length - writes.length };
  return { writes, counts };
}

/** The same settings, in whatever order they were written. */
function areSame(stored: string | undefined, terms: string): boolean {
  if (stored === undefined || stored === terms) return stored === terms;
  return JSON.stringify(toStoredTerms(stored)) === JSON.stringify(toStoredTerms(terms));
}

/** The rows in which a forecast is stored. */
export function forecastChunks(days: readonly ForecastDay[]): ForecastDay[][] {
  return Array.from({ length: Math.ceil(days.length / FORECAST_CHUNK_POINTS) }, (_, index) =>
    days.slice(index * FORECAST_CHUNK_POINTS, (index + 1) * FORECAST_CHUNK_POINTS),
  );
}
