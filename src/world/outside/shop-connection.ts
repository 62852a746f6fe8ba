/** A shop system that sends what happens in a store. */

export const PLATFORMS = ["shopify"] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface ShopConnection {
  readonly platform: Platform;
  readonly storeId: string;
  /** The shop's own name in its system, in lower case. */
  readonly domain: string;
  /** The shop's place whose stock is the store's. */
  readonly locationId: string;
  /** One, or two while it is rotated; never shown. */
  readonly secrets: readonly string[];
  /** What a product is called here. */
  readonly productKey: "sku" | "variant_id";
  /** Orders that name no place are the store's. */
  readonly webOrders: boolean;
}

/** Names hold no line breaks. */
export function connectionId(platform: Platform, storeId: string): string {
  return `${platform}\n${storeId}`;
}
