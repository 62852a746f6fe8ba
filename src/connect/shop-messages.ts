/**
 * The messages of any shop system. A platform translates its deliveries into these; the rest of the code knows
 * nothing else. Ids are the platform's own as text, times epoch milliseconds, quantities units of the item.
 */

export interface ShopProduct {
  /** The id that levels refer to it by. */
  readonly stockItemId: string;
  /** Null = it has no name that the connection asks for. */
  readonly productId: string | null;
  readonly name: string;
  readonly price: number | null;
  /** Null = none, or another kind of bar code. */
  readonly gtin: string | null;
}

export interface ShopLine {
  readonly lineId: string;
  /** Null = not among the goods: a fee, or without the name that the connection asks for. */
  readonly productId: string | null;
  readonly units: number;
  /** Null = none named. */
  readonly locationId: string | null;
}

export type ShopMessage =
  /** All of one product's variants; those of before that are not among them are gone. `family` null = some only. */
  | { readonly kind: "products"; readonly family: string | null; readonly products: readonly ShopProduct[] }
  /** `units` null = the shop does not count it. */
  | { readonly kind: "level"; readonly stockItemId: string; readonly locationId: string; readonly units: number | null }
  | {
      readonly kind: "sale";
      readonly orderId: string;
      readonly locationId: string | null;
      /** Null = when the delivery was made. */
      readonly at: number | null;
      readonly lines: readonly ShopLine[];
    }
  | {
      readonly kind: "return";
      readonly orderId: string;
      readonly returnId: string;
      readonly at: number | null;
      readonly lines: readonly ShopLine[];
    }
  | { readonly kind: "cancelled"; readonly orderId: string };
