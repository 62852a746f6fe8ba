/**
 * Applies a delivery once. Each kind is safe to apply again after a crash, since its effect carries the delivery's
 * id or is a whole new value. A delivery that can never work is marked as failed and kept; others are tried again.
 */
import { kept } from "../storage/item-inputs.ts";
import { storageOf } from "../storage/storage.ts";
import { objectName } from "../storage/identity.ts";
import { storeWorldsOf } from "../store/store-worlds.ts";
import { nearStore } from "./near-store.ts";
import { tellUploads } from "../store/tell-stores.ts";
import { errorFields, type Log } from "../telemetry/log.ts";
import { storeDay } from "../world/opening.ts";
import type { ShopConnection } from "../world/outside/shop-connection.ts";
import type { StoreFacts } from "../world/types.ts";
import type { ConnectBindings } from "./bindings.ts";
import type { Goods } from "./goods.ts";
import type { Inbox, KeptDelivery } from "./delivery-inbox.ts";
import type { Ledger } from "./ledger.ts";
import type { ShopMessage } from "./shop-messages.ts";
import { TRANSLATE } from "./platform.ts";
import { Unreadable } from "./unreadable.ts";
import { DAY_MS } from "../shared/durations.ts";

/** How long a level waits for its product. */
const WAITS_MS = DAY_MS;
const FIRST_RETRY_MS = 5_000;
const MOST_ATTEMPTS = 10;

export interface PlayerDeps {
  readonly env: ConnectBindings;
  /** Null = the store was disconnected. */
  readonly connection: ShopConnection | null;
  readonly store: StoreFacts | null;
  readonly storeId: string;
  readonly origin: string;
  readonly storage: DurableObjectStorage;
  readonly inbox: Inbox;
  readonly ledger: Ledger;
  readonly goods: Goods;
  readonly log: Log;
  /** Counts a delivery that was given up and should not have been. */
  readonly lost: () => void;
}

type Said<Kind extends ShopMessage["kind"]> = Extract<ShopMessage, { kind: Kind }>;

export class Player {
  readonly #deps: PlayerDeps;

  constructor(deps: PlayerDeps) {
    this.#deps = deps;
  }

  /** Never rejects: a failure is stored with the delivery. */
  async play(delivery: KeptDelivery): Promise<void> {
    const { inbox, connection, log } = this.#deps;
    const { seq, id, topic } = delivery;
    const about = { delivery_id: id, topic };
    try {
      if (connection === null) return this.#fail(delivery, "the store is not connected any more");
      if (delivery.status === "waiting")
        return this.#fail(delivery, "no product with this stock item came within 24 hours");
      const message = TRANSLATE[connection.platform](topic, inbox.body(seq), connection);
      if (message !== null) return await this.#do(delivery, message, connection);
      log.info("connection_topic_unknown", about);
      inbox.finish(seq, "ignored", "this topic is not known");
    } catch (error) {
      if (error instanceof Unreadable) return this.#lose(delivery, `unreadable: ${error.message}`);
      log.warn("connection_delivery_retried", { ...about, attempts: delivery.attempts + 1, ...errorFields(error) });
      if (delivery.attempts + 1 >= MOST_ATTEMPTS) return this.#lose(delivery, "it failed again and again");
      inbox.retry(seq, Date.now() + FIRST_RETRY_MS * 2 ** delivery.attempts, "it failed, and is tried again");
    }
  }

  async #do(delivery: KeptDelivery, message: ShopMessage, connection: ShopConnection): Promise<void> {
    switch (message.kind) {
      case "products":
        return this.#products(delivery, message);
      case "level":
        return this.#level(delivery, message, connection);
      case "sale":
        return this.#sale(delivery, message, connection);
      case "return":
        return this.#return(delivery, message, connection);
      case "cancelled":
        return this.#together(() => {
          this.#deps.ledger.cancelled(message.orderId);
          this.#done(delivery);
        });
    }
  }

  /** The shop's names and prices beside whatever else is set; then what waited for these products is played. */
  async #products(delivery: KeptDelivery, { family, products }: Said<"products">): Promise<void> {
    const { env, storeId, goods, inbox } = this.#deps;
    const fresh = goods.newer(products, delivery.triggeredAt);
    const { inputs } = storageOf(env);
    const named = new Map(
      fresh.flatMap((product) => (product.productId === null ? [] : [[product.productId, product]])),
    );
    const entries = [...named].map(([productId, { name, price, gtin }]) => {
      const item = { storeId, productId };
      return {
        item,
        objectId: env.ITEM.idFromName(objectName(item)).toString(),
        terms: {
          ...(name === "" ? {} : { name }),
          ...(price === null ? {} : { price }),
          ...(gtin === null ? {} : { gtin }),
        },
      };
    });
    if (entries.length > 0) {
      const { created, changed } = await inputs.putCatalogue(entries, kept);
      if (created + changed > 0) await tellUploads(env, [storeId]);
    }
    this.#together(() => {
      if (family !== null) goods.list(family, products, delivery.triggeredAt);
      for (const product of fresh) {
        goods.name(product, delivery.triggeredAt);
        inbox.release(product.stockItemId, Date.now());
      }
      const unnamed = fresh.filter(({ productId }) => productId === null).length;
      this.#done(delivery, unnamed === 0 ? null : `${unnamed} without the name that products have here`);
    });
  }

  async #level(delivery: KeptDelivery, level: Said<"level">, connection: ShopConnection): Promise<void> {
    const { inbox, goods } = this.#deps;
    const { seq, triggeredAt } = delivery;
    if (level.locationId !== connection.locationId) return inbox.finish(seq, "ignored", "another place");
    if (level.units === null) return inbox.finish(seq, "ignored", "the shop does not count it");
    const { units } = level;
    const counted = this.#together(() => goods.count(level.stockItemId, units, triggeredAt));
    if (counted === "older") return inbox.finish(seq, "ignored", "a newer count is known");
    if (counted === "unknown") return inbox.wait(seq, level.stockItemId, delivery.receivedAt + WAITS_MS);
    if (counted.productId === null) return inbox.finish(seq, "ignored", "its product has no name here");
    await this.#trigger(delivery, counted.productId, connection);
  }

  async #trigger(delivery: KeptDelivery, productId: string, { platform, domain }: ShopConnection): Promise<void> {
    const { env, storeId, origin, goods } = this.#deps;
    const item = { storeId, productId };
    const now = Date.now();
    const key = `connection/${platform}/${delivery.id}/${delivery.replays}`;
    const answer = await env.ITEM.getByName(objectName(item), nearStore(this.#deps.store)).trigger({
      schema: 1,
      item,
      trigger: {
        currentStock: goods.onHand(productId),
        safetyStock: null,
        onOrder: null,
        backordered: 0,
        terms: {},
        notes: null,
        occurredAt: Math.min(delivery.triggeredAt, now),
      },
      storeVersions: await storeWorldsOf(env).versions(storeId, now),
      // The key is the delivery's: it counts once, whatever was counted since.
      idempotency: { key, bodyHash: key },
      waitMs: 0,
      arrivedAt: now,
      requestId: null,
      sender: { principal: `connection:${platform}`, label: domain },
      origin,
    });
    if (answer.kind === "workflow") return this.#done(delivery, answer.workflowId);
    if (answer.reason === "idempotency_in_progress") throw new Error("the item still works on this delivery");
    if (answer.reason === "settings_away") throw new Error("the item's settings cannot be read now");
    const why =
      answer.reason === "unknown_item"
        ? `nothing is stored about ${productId}`
        : `${productId} has no safety_stock_level in its settings`;
    return this.#fail(delivery, why);
  }

  #sale(delivery: KeptDelivery, sale: Said<"sale">, connection: ShopConnection): void {
    const isOurs = isAtStore(sale.locationId, connection);
    const day = this.#day(sale.at, delivery);
    this.#together(() => {
      const { orderId, lines } = sale;
      const isNewest = this.#deps.ledger.sold({ orderId, triggeredAt: delivery.triggeredAt, day, isOurs }, lines);
      if (!isNewest) return this.#deps.inbox.finish(delivery.seq, "ignored", "a newer state of the order is known");
      if (!isOurs) return this.#deps.inbox.finish(delivery.seq, "ignored", "another place's order");
      return this.#done(delivery, unnamedIn(lines));
    });
  }

  #return(delivery: KeptDelivery, said: Said<"return">, connection: ShopConnection): void {
    const { orderId, returnId, lines } = said;
    const day = this.#day(said.at, delivery);
    this.#together(() => {
      this.#deps.ledger.returned({ orderId, returnId, day }, lines, ({ locationId }) =>
        isAtStore(locationId, connection),
      );
      this.#done(delivery, unnamedIn(lines));
    });
  }

  /** The store's calendar day (I13); no day that has not come. */
  #day(at: number | null, { triggeredAt }: KeptDelivery): number {
    return storeDay(Math.min(at ?? triggeredAt, Date.now()), this.#deps.store);
  }

  #done({ seq }: KeptDelivery, note: string | null = null): void {
    this.#deps.inbox.finish(seq, "done", note);
  }

  #lose(delivery: KeptDelivery, why: string): void {
    this.#fail(delivery, why);
    this.#deps.lost();
  }

  #fail(delivery: KeptDelivery, why: string): void {
    this.#deps.inbox.finish(delivery.seq, "failed", why);
    this.#deps.log.warn("connection_delivery_failed", { delivery_id: delivery.id, topic: delivery.topic, why });
  }

  #together<T>(write: () => T): T {
    return this.#deps.storage.transactionSync(write);
  }
}

/** Null = no location is named: then it is a web order. */
function isAtStore(named: string | null, { locationId, webOrders }: ShopConnection): boolean {
  return named === null ? webOrders : named === locationId;
}

function unnamedIn(lines: readonly { readonly productId: string | null }[]): string | null {
  const unnamed = lines.filter(({ productId }) => productId === null).length;
  return unnamed === 0
    ? null
    : `${unnamed} ${unnamed === 1 ? "line" : "lines"} without the name that products have here`;
}
