/** An item's settings between the wire, the inside and the database, by the one list of item-settings.ts. */
import * as z from "zod";
import type { ItemTerms } from "../workflow/item-terms.ts";
import { SETTINGS, type WireSettings } from "./item-settings.ts";

/** Every listed setting is a field of `ItemTerms`. */
const LISTED: Readonly<
  Record<string, { readonly stored: keyof ItemTerms; readonly kept: z.ZodType; toWire(value: never): unknown }>
> = SETTINGS;

/** `null` on the wire means the same as leaving the field out. */
export function toTerms(wire: WireSettings): ItemTerms {
  return Object.fromEntries(
    Object.entries(LISTED).flatMap(([key, { stored }]) => {
      const value = wire[key as keyof WireSettings];
      return value == null ? [] : [[stored, value]];
    }),
  );
}

/** Settings as the wire shows them; absent ones are left out. */
export function termsToWire(terms: ItemTerms): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(LISTED).flatMap(([key, { stored, toWire }]) => {
      const value = terms[stored];
      return value === undefined ? [] : [[key, toWire(value as never)]];
    }),
  );
}

/** Settings as the database gives them back. */
export const StoredTerms = z
  .object(Object.fromEntries(Object.values(LISTED).map(({ stored, kept }) => [stored, kept])))
  .partial() as z.ZodType<ItemTerms>;
