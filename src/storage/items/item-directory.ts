/** The registry of items as people search it: by name, id or GTIN, and by what needs attention. */
import { COUNT_MAX_AGE_HOURS } from "../../workflow/decision-time.ts";
import type { ItemTerms } from "../../workflow/item-terms.ts";
import { KEPT_FOR_HOURS, type Attention } from "../../workflow/asking/shelf.ts";
import type { StoreFacts } from "../../world/types.ts";
import type { ItemIdentity } from "../identity.ts";
import { toStoredTerms } from "../item-inputs.ts";
import { toWorldFacts } from "../world-store.ts";
import { DAY_MS, HOUR_MS } from "../../shared/durations.ts";

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
  /** Day to which its sales are known completely; null = not stated. */
  readonly salesThrough: number | null;
  /** A count of the newest count's day, up to `KEPT_FOR_HOURS` before it; null = never counted. */
  readonly countedAt: number | null;
  /** Day on which its shelf is empty without an order; null = not within a year, or not known. */
  readonly soldOutOn: number | null;
  /** Day on which an order of that count arrives. */
  readonly arrivesOn: number | null;
  /** Null when nobody described the store. */
  readonly storeFacts: Pick<StoreFacts, "name" | "locale" | "timeZone"> | null;
}

export interface ItemDirectory {
  /** In the order of store and product, from above `after`. */
  find(filter: DirectoryFilter, after: ItemIdentity | null, limit: number): Promise<readonly DirectoryEntry[]>;
  /** Items that need attention, the most urgent first. */
  attention(what: Attention, filter: DirectoryFilter, now: number, limit: number): Promise<readonly DirectoryEntry[]>;
}

export interface DirectoryRow {
  readonly store_id: string;
  readonly product_id: string;
  readonly terms: string | null;
  readonly through: number | string | null;
  readonly counted_at: number | null;
  readonly sold_out_on: number | null;
  readonly arrives_on: number | null;
  readonly store_facts: string | null;
}

export function toEntry(row: DirectoryRow): DirectoryEntry {
  const { name, gtin, supplierId }: ItemTerms = toStoredTerms(row.terms) ?? {};
  return {
    storeId: row.store_id,
    productId: row.product_id,
    name: name ?? null,
    gtin: gtin ?? null,
    supplierId: supplierId ?? null,
    salesThrough: row.through === null ? null : Number(row.through),
    countedAt: row.counted_at,
    soldOutOn: row.sold_out_on,
    arrivesOn: row.arrives_on,
    storeFacts: row.store_facts === null ? null : toWorldFacts<"store">(row.store_facts),
  };
}

/** Sales that are not complete to the day this long ago have stopped coming. */
const SILENT_DAYS = 3;
/** An item that nobody counted or sold for this long counts as discontinued, not as overlooked today. */
const GIVEN_UP_DAYS = 60;

/** Moments and days that the queries compare with. */
export function attentionTimes(now: number) {
  const today = Math.floor(now / DAY_MS);
  return {
    // The newest count may be younger than the one that is kept.
    hour: now / HOUR_MS - KEPT_FOR_HOURS,
    usualAge: COUNT_MAX_AGE_HOURS,
    silentBefore: today - SILENT_DAYS,
    givenUpDay: today - GIVEN_UP_DAYS,
    givenUpAt: now - GIVEN_UP_DAYS * DAY_MS,
  };
}
