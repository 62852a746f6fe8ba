/**
 * The books of sales: a head on the item's row, and one packed row a year.
 *
 * - A write says on which version of the item each book was read. If one has changed since, nothing is written:
 *   the caller reads again (`change-sales.ts`).
 * - A write raises each item's `inputs_version` in the same transaction.
 */
import type { ItemTerms } from "../workflow/item-terms.ts";
import type { Outage } from "../world/outages.ts";
import { unpackBook, type PackedYear, type SalesHead } from "../world/sales/sales-storage.ts";
import { SALES_SCHEMA, type SalesBook } from "../world/sales/sales.ts";
import { objectName, type ItemIdentity } from "./identity.ts";
import { parseStored } from "./stored-json.ts";
import { OUTAGES_SCHEMA } from "./workflow-log.ts";

/** Characters bound to one statement: far below the 2 MB that D1 takes for one value, whatever they are. */
const MOST_BOUND_CHARACTERS = 600_000;
/** Years beyond those that a plan reads are kept and not touched. */
export const YEARS_READ = 5;

export interface YearRange {
  readonly from: number;
  readonly to: number;
}

export interface StoredSales {
  readonly inputsVersion: number;
  /** Null = there are no sales. */
  readonly head: SalesHead | null;
  readonly supplierId: string | null;
  /** When the shelf was empty, by the item's own counts. */
  readonly outages: readonly Outage[];
  /** Those that were asked for. */
  readonly years: readonly PackedYear[];
}

export interface SalesWrite {
  readonly item: ItemIdentity;
  readonly objectId: string;
  /** The version that it was read on; 0 = there was no such item. */
  readonly basedOn: number;
  readonly head: SalesHead | null;
  readonly years: readonly PackedYear[];
  readonly droppedYears: readonly number[];
}

export interface WrittenSales {
  readonly item: ItemIdentity;
  readonly inputsVersion: number;
  readonly terms: ItemTerms | null;
}

export interface SalesStore {
  /** Keyed by `objectName`. Items without stored sales are left out. `years` null = every year. */
  read(items: readonly ItemIdentity[], years: YearRange | null): Promise<ReadonlyMap<string, StoredSales>>;
  /** Null when one of the items changed since it was read. */
  write(writes: readonly SalesWrite[]): Promise<readonly WrittenSales[] | null>;
  /** Every book of a store is known to that day; how many were not before. */
  complete(storeId: string, through: number): Promise<number>;
  /** Products of a store that have sales, in the order of their ids, from above `after`. */
  products(storeId: string, limit: number, after: string | null): Promise<readonly string[]>;
}

export interface HeadRow {
  readonly store_id: string;
  readonly product_id: string;
  readonly inputs_version: number;
  readonly sales: string | null;
  readonly supplier_id: string | null;
  readonly outages: string | null;
}

interface StoredOutages {
  readonly schema: typeof OUTAGES_SCHEMA;
  readonly outages: readonly Outage[];
}

export interface YearRow {
  readonly store_id: string;
  readonly product_id: string;
  readonly packed: string;
}

export function toStoredSales(heads: readonly HeadRow[], years: readonly YearRow[]): ReadonlyMap<string, StoredSales> {
  const nameOf = (row: HeadRow | YearRow) => objectName({ storeId: row.store_id, productId: row.product_id });
  const packed = Map.groupBy(years, nameOf);
  return new Map(
    heads.map((row) => [
      nameOf(row),
      {
        inputsVersion: row.inputs_version,
        head: row.sales === null ? null : parseStored<SalesHead>(row.sales, SALES_SCHEMA),
        supplierId: row.supplier_id,
        outages: row.outages === null ? [] : parseStored<StoredOutages>(row.outages, OUTAGES_SCHEMA).outages,
        years: (packed.get(nameOf(row)) ?? []).map((year) => parseStored<PackedYear>(year.packed, SALES_SCHEMA)),
      },
    ]),
  );
}

/** Null where nothing is stored. */
export function bookOf(stored: Pick<StoredSales, "head" | "years"> | undefined): SalesBook | null {
  return stored === undefined || stored.head === null ? null : unpackBook(stored.head, stored.years);
}

/** Rows as JSON lists, each short enough to be bound as one value. */
export function jsonLists(rows: readonly unknown[]): string[] {
  const lists: string[] = [];
  let list: string[] = [];
  let characters = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (list.length > 0 && characters + text.length > MOST_BOUND_CHARACTERS) {
      lists.push(`[${list.join(",")}]`);
      list = [];
      characters = 0;
    }
    list.push(text);
    characters += text.length;
  }
  if (list.length > 0) lists.push(`[${list.join(",")}]`);
  return lists;
}
