/** An item of the registry as lists show it. */
import { formatsOf } from "../../shared/formats.ts";
import type { ShownAs } from "../../workflow/asking/shown-as.ts";
import { localDay } from "../../world/zones.ts";

export interface ItemRow {
  readonly storeId: string;
  readonly productId: string;
  readonly name: string | null;
  readonly gtin: string | null;
  readonly supplierId: string | null;
  /** Store day. */
  readonly salesThrough: number | null;
  /** Epoch ms; null = never. */
  readonly countedAt: number | null;
  /** Store days. */
  readonly soldOutOn: number | null;
  readonly arrivesOn: number | null;
  readonly storeFacts: { readonly name: string | null; readonly locale: string; readonly timeZone: string } | null;
}

export function shownOfItem({ name, storeFacts }: ItemRow): ShownAs {
  return {
    name: name ?? undefined,
    store: storeFacts?.name ?? undefined,
    locale: storeFacts?.locale,
    timeZone: storeFacts?.timeZone,
  };
}

/**
 * `today`, `since Fri 27 Nov` or `Wed 2 Dec`, by the store's own day. It follows from the last count, so what is sold
 * out today may still be on the shelf this morning. Null = not within a year, or nothing is known of demand.
 */
export function soldOutText(row: ItemRow, now: number): string | null {
  const { soldOutOn, storeFacts } = row;
  if (soldOutOn === null) return null;
  const today = localDay(now, storeFacts?.timeZone ?? "UTC");
  if (soldOutOn === today) return "today";
  const date = formatsOf(shownOfItem(row)).date(soldOutOn, now);
  return soldOutOn < today ? `since ${date}` : date;
}
