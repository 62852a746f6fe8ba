/**
 * The frame of a platform: one folder with a signature and a translation, both without I/O of their own. To add one:
 * its name in `world/outside/shop-connection.ts`, a folder like `shopify/`, a line in `TRANSLATE`, and a route that
 * reads the raw body, verifies it and hands it to the connection's object. Order, repeats, crashes and replays are
 * dealt with there.
 */
import type { Platform, ShopConnection } from "../world/outside/shop-connection.ts";
import type { ShopMessage } from "./shop-messages.ts";
import { translateShopify } from "./shopify/translate.ts";

/** Null = a topic that is not known. Throws `Unreadable`. */
export type Translate = (topic: string, body: string, names: Pick<ShopConnection, "productKey">) => ShopMessage | null;

export const TRANSLATE: Readonly<Record<Platform, Translate>> = { shopify: translateShopify };
