/** The registry of items as people look through it: by name, id or GTIN, in the order of store and product. */
import type { ItemTerms } from "../../workflow/item-terms.ts";
import type { ItemIdentity } from "../identity.ts";

export interface DirectoryFilter {
  /** "" = every store. */
  readonly store: string;
  /** A part of a product's id or name, or its GTIN; "" = every item. */
  readonly search: string;
  /** Stores that may be seen at all; null = all. */
  readonly stores: readonly string[] | null;
}

export interface DirectoryEntry extends ItemIdentity {
  readonly name: string | null;
  readonly gtin: string | null;
  readonly supplierId: string | null;
  /** Day to which its sales are known completely; null = nobody said. */
  readonly salesThrough: number | null;
}

export interface ItemDirectory {
  /** From above `after`. */
  find(filter: DirectoryFilter, after: ItemIdentity | null, limit: number): Promise<readonly DirectoryEntry[]>;
  /** Items whose sales were complete once, but not to `day`; the longest silence first. */
  silentSince(day: number, stores: readonly string[] | null, limit: number): Promise<readonly DirectoryEntry[]>;
}

export interface DirectoryRow {
  readonly store_id: string;
  readonly product_id: string;
  readonly terms: string | null;
  readonly through: number | string | null;
}

export function toEntry({ store_id, product_id, terms, through }: DirectoryRow): DirectoryEntry {
  const { name, gtin, supplierId } = terms === null ? {} : (JSON.parse(terms) as ItemTerms);
  return {
    storeId: store_id,
    productId: product_id,
    name: name ?? null,
    gtin: gtin ?? null,
    supplierId: supplierId ?? null,
    salesThrough: through === null ? null : Number(through),
  };
}
