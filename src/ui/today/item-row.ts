/** An item of the registry as lists show it. */
import type { ShownAs } from "../../workflow/types.ts";
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

/** Relative to the store's own day. */
export function isSoldOut({ soldOutOn, storeFacts }: ItemRow, now: number): boolean {
  return soldOutOn !== null && soldOutOn <= localDay(now, storeFacts?.timeZone ?? "UTC");
}

export function itemHref({ storeId, productId }: { readonly storeId: string; readonly productId: string }): string {
  return `/items/${encodeURIComponent(storeId)}/${encodeURIComponent(productId)}`;
}
