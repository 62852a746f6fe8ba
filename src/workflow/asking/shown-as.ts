/** Names and formats kept with a workflow, so page, mail, Slack and list show it alike without loading them. */
import type { WorldSlice } from "../../world/types.ts";
import type { ItemTerms } from "../item-terms.ts";

/**
 * Names of the item and its surroundings, and how the store writes numbers and times, as of the trigger's arrival.
 */
export interface ShownAs {
  readonly name?: string | undefined;
  readonly gtin?: string | undefined;
  readonly store?: string | undefined;
  readonly supplier?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly locale?: string | undefined;
  /** Currency of the unit cost: the supplier's, else the store's. */
  readonly currency?: string | undefined;
}

/** Undefined where nothing was said, which keeps the rows of a shop without settings short. */
export function shownAs({ name, gtin }: ItemTerms, { store, supplier }: WorldSlice): ShownAs | undefined {
  const shown: ShownAs = {
    ...(name === undefined ? {} : { name }),
    ...(gtin === undefined ? {} : { gtin }),
    ...(store?.name == null ? {} : { store: store.name }),
    ...(supplier === null ? {} : { supplier: supplier.name ?? supplier.supplierId }),
    ...(store === null || store.timeZone === "UTC" ? {} : { timeZone: store.timeZone }),
    ...(store === null || store.locale === "en" ? {} : { locale: store.locale }),
    ...currencyOf(supplier?.currency ?? store?.currency ?? null),
  };
  return Object.keys(shown).length === 0 ? undefined : shown;
}

function currencyOf(currency: string | null): Pick<ShownAs, "currency"> {
  return currency === null ? {} : { currency };
}
