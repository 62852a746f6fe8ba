/** An item's settings between the wire, the inside and the database, by the one list of item-settings.ts. */
import * as z from "zod";
import type { ItemTerms } from "../workflow/item-terms.ts";
import { madeOnce } from "../shared/made-once.ts";
import { itemSettings, type WireSettings } from "./item-settings.ts";
import { termsIn } from "./trigger/terms-from-wire.ts";

/** Every listed setting is a field of `ItemTerms`. */
const listed: () => Readonly<
  Record<string, { readonly stored: keyof ItemTerms; readonly kept: z.ZodType; toWire(value: never): unknown }>
> = itemSettings;

export function toTerms(wire: WireSettings): ItemTerms {
  return termsIn(listed(), wire);
}

/** Settings as the wire shows them; absent ones are left out. */
export function termsToWire(terms: ItemTerms): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(listed()).flatMap(([key, { stored, toWire }]) => {
      const value = terms[stored];
      return value === undefined ? [] : [[key, toWire(value as never)]];
    }),
  );
}

/** The field by which an item would take its history from itself; null = none. */
export function ownHistory(
  item: { readonly productId: string; readonly storeId: string },
  { like, replaces }: ItemTerms,
): "like/product_id" | "replaces" | null {
  if (like?.productId === item.productId && (like.storeId ?? item.storeId) === item.storeId) return "like/product_id";
  return replaces === item.productId ? "replaces" : null;
}

/** Settings as the database gives them back. */
export const storedTermsSchema = madeOnce(
  () =>
    z
      .object(Object.fromEntries(Object.values(listed()).map(({ stored, kept }) => [stored, kept])))
      .partial() as z.ZodType<ItemTerms>,
);
