/** Settings of a request as the inside holds them; apart from their schemas, which the typed client ships. */
import type { ItemTerms } from "../../workflow/item-terms.ts";
import { TERMS } from "./trigger-terms.ts";

export function triggerTerms(wire: { readonly [K in keyof typeof TERMS]?: unknown }): ItemTerms {
  return termsIn(TERMS, wire);
}

/** `null` on the wire means the same as leaving the field out. */
export function termsIn(
  listed: Readonly<Record<string, { readonly stored: string }>>,
  wire: Readonly<Record<string, unknown>>,
): ItemTerms {
  const terms: Record<string, unknown> = {};
  for (const key in listed) {
    const value = wire[key];
    if (value != null) terms[listed[key]!.stored] = value;
  }
  return terms;
}
