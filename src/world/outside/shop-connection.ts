/** A shop system that reports a store's sales and stock changes. */

const PLATFORMS = ["shopify"] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface ShopConnection {
  readonly platform: Platform;
  readonly storeId: string;
  /** The shop's own name in its system, in lower case. */
  readonly domain: string;
  /** The location in the shop system whose stock is the store's. */
  readonly locationId: string;
  /** One, or two while it is rotated; never shown. */
  readonly secrets: readonly string[];
  /** The shop's field that holds our product id. */
  readonly productKey: "sku" | "variant_id";
  /** True when orders without a location count as the store's. */
  readonly webOrders: boolean;
}

/** Names hold no line breaks. */
export function connectionId(platform: Platform, storeId: string): string {
  return `${platform}\n${storeId}`;
}
