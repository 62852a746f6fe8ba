/** `/connect/deliveries`: what shops sent and what became of it, and how what failed is done again. */
import * as z from "zod";
import {
  DeliveriesAnswer,
  DeliveriesQuery,
  ReplayedAnswer,
  type DeliveryAnswer,
} from "../../../api/connect/connection-shape.ts";
import { Problem } from "../../../api/problems.ts";
import { iso } from "../../../api/to-wire.ts";
import type { KeptDelivery } from "../../../connect/delivery-inbox.ts";
import { concurrently } from "../../../shared/concurrently.ts";
import { storageOf } from "../../../storage/storage.ts";
import { connectionId, type ShopConnection } from "../../../world/outside/shop-connection.ts";
import type { AppContext } from "../../kit/context.ts";
import { once, ONCE } from "../../kit/once.ts";
import { guarded, json } from "../../kit/route.ts";

const MAX_ID = 200;
const MOST_CONNECTIONS = 1_000;
const AT_ONCE = 32;

export const getDeliveries = guarded({
  method: "GET",
  path: "/connect/deliveries",
  scope: "admin",
  query: DeliveriesQuery,
  docs: {
    summary: "What shops delivered, newest first; failed ones are kept for 30 days, others for 7",
    group: "connect",
    answers: { 200: { says: "Deliveries", content: json(DeliveriesAnswer) } },
  },
  async handle(c, { query }) {
    const found: z.output<typeof DeliveryAnswer>[] = [];
    const connections = await connectionsOf(c, query.store_id);
    await concurrently(connections, AT_ONCE, async (connection) => {
      const kept = await objectOf(c, connection).deliveries(query.status ?? null, query.limit, query.before ?? null);
      found.push(...kept.map((delivery) => toWire(connection, delivery)));
    });
    const newestFirst = found.toSorted((a, b) => (a.received_at < b.received_at ? 1 : -1));
    return c.json({ deliveries: newestFirst.slice(0, query.limit) });
  },
});

export const postDeliveryReplay = guarded({
  method: "POST",
  path: "/connect/deliveries/:delivery_id/replay",
  params: z.object({ delivery_id: z.string().min(1).max(MAX_ID) }),
  scope: "admin",
  headers: ONCE,
  docs: {
    summary: "Play a delivery again; what it did already is not done twice",
    group: "connect",
    answers: { 202: { says: "It is due now", content: json(ReplayedAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, { params, principal, headers: { "Idempotency-Key": key } }) {
    return once(c, principal, key, "", async () => {
      let isFound = false;
      await concurrently(await connectionsOf(c, undefined), AT_ONCE, async (connection) => {
        if (await objectOf(c, connection).replay(params.delivery_id)) isFound = true;
      });
      if (!isFound)
        throw new Problem("not_found", "There is no such delivery; failed ones are kept for 30 days, others for 7.");
      return { status: 202, body: { delivery_id: params.delivery_id, status: "pending" } };
    });
  },
});

async function connectionsOf(c: AppContext, storeId: string | undefined): Promise<readonly ShopConnection[]> {
  const { world } = storageOf(c.env);
  if (storeId === undefined) return world.list("connection", MOST_CONNECTIONS, null);
  const connection = await world.get("connection", connectionId("shopify", storeId));
  return connection === null ? [] : [connection];
}

function objectOf(c: AppContext, { platform, storeId }: ShopConnection) {
  return c.env.CONNECTION.getByName(connectionId(platform, storeId));
}

function toWire({ platform, storeId }: ShopConnection, delivery: KeptDelivery): z.output<typeof DeliveryAnswer> {
  return {
    delivery_id: delivery.id,
    store_id: storeId,
    platform,
    topic: delivery.topic,
    status: delivery.status,
    triggered_at: iso(delivery.triggeredAt),
    received_at: iso(delivery.receivedAt),
    attempts: delivery.attempts,
    note: delivery.note,
  };
}
