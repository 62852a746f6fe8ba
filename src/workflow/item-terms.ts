/** What is stored about how an item is bought and sold. */

/**
 * An item's settings; the first ten may come with a trigger too, and then replace the stored ones. Absent = not said.
 */
export interface ItemTerms {
  readonly leadTimeDays?: number | undefined;
  readonly reviewPeriodDays?: number | undefined;
  readonly holdingCost?: number | undefined;
  readonly shortageCost?: number | undefined;
  readonly serviceLevel?: number | undefined;
  readonly unitCost?: number | undefined;
  readonly minOrderQuantity?: number | undefined;
  readonly packSize?: number | undefined;
  readonly maxStock?: number | undefined;
  readonly shelfLifeDays?: number | undefined;
  readonly name?: string | undefined;
  readonly supplierId?: string | undefined;
  readonly supplierSku?: string | undefined;
  readonly gtin?: string | undefined;
  /** What a supplier counts in; `units` is the default for `packSize`. */
  readonly orderUnit?: { readonly name: string; readonly units: number } | undefined;
  readonly safetyStock?: number | undefined;
  /** In the store's currency; `unitCost` is in the supplier's. */
  readonly price?: number | undefined;
  readonly fixedOrderCost?: number | undefined;
  /** The last day of demand, in days since 1970-01-01. */
  readonly phaseOutOn?: number | undefined;
  readonly unmet?: "lost" | "backorder" | undefined;
  /** Another item's history, scaled, for an item without enough of its own; no store = the item's own. */
  readonly like?:
    | { readonly productId: string; readonly storeId?: string | undefined; readonly factor: number }
    | undefined;
  /** The predecessor in the same store, whose history is this item's. */
  readonly replaces?: string | undefined;
}

/** What an order is a multiple of, in units. */
export function packSizeOf({ packSize, orderUnit }: Pick<ItemTerms, "packSize" | "orderUnit">): number {
  return packSize ?? orderUnit?.units ?? 1;
}
