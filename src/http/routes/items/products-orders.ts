/**
 * `/products/{product_id}/orders`: orders made elsewhere, what a supplier said since, and orders that nobody placed.
 */
import * as z from "zod";
import { Problem } from "../../../api/problems.ts";
import { itemObject } from "../../kit/item-stubs.ts";
import { promiseOf } from "../../../api/from-wire.ts";
import { OrderBody, OrderChangeBody } from "../../../api/requests.ts";
import { OpenOrderAnswer } from "../../../api/item-responses.ts";
import { changedOrderToWire, openOrderToWire } from "../../../api/to-wire.ts";
import { identityToWire, itemOf, OF_ITEM } from "../../kit/named-item.ts";
import { ONCE, once } from "../../kit/once.ts";
import { expectedTooEarly, refuseFuture } from "../../kit/request/refuse-future.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { keyReviewer } from "../../auth/reviewer.ts";

export const postOrder = guarded({
  ...OF_ITEM,
  method: "POST",
  path: "/products/:product_id/orders",
  scope: "write",
  headers: ONCE,
  docs: {
    summary: "Record an order that was made elsewhere",
    group: "items",
    body: json(OrderBody),
    answers: {
      200: { says: "Already recorded, with the same fields", content: json(OpenOrderAnswer) },
      201: { says: "Counted from now on", content: json(OpenOrderAnswer) },
    },
    problems: ["reference_mismatch"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const body = await readJson(c, OrderBody);
    // A day means its noon, and may already have begun in another time zone.
    refuseFuture("placed_at", body.placed_at?.at, "An order cannot have been placed", Date.now() + DAY_MS);
    const said = {
      reference: body.reference,
      quantity: body.quantity,
      ...promiseOf(body.expected_at),
      placedAt: body.placed_at?.at ?? null,
    };
    const key = asked.headers["Idempotency-Key"];
    const itemKey = key === null ? null : JSON.stringify([item.storeId, key]);
    return once(c, asked.principal, itemKey, JSON.stringify(said), async () => {
      const { kind, order } = await itemObject(c, item).placeElsewhere({ schema: 1, item, ...said });
      if (kind === "differs") {
        const why = "An order with this reference is known in other words; PATCH changes it.";
        throw new Problem("reference_mismatch", why);
      }
      return {
        status: kind === "created" ? 201 : 200,
        body: { ...identityToWire(item), ...openOrderToWire(order) },
      };
    });
  },
});

export const patchOrder = guarded({
  method: "PATCH",
  path: "/products/:product_id/orders/:workflow_id",
  scope: "write",
  params: OF_ITEM.params.extend({ workflow_id: z.string() }),
  query: OF_ITEM.query,
  docs: {
    summary: "Change an open order as the supplier said, by its workflow or its reference",
    group: "items",
    body: json(OrderChangeBody),
    answers: { 200: { says: "Counted from now on", content: json(OpenOrderAnswer) } },
    problems: ["not_found", "reference_mismatch"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const body = await readJson(c, OrderChangeBody);
    const row = await itemObject(c, item).changePromise({
      schema: 1,
      order: asked.params.workflow_id.normalize("NFC"),
      ...(body.expected_at == null ? { expectedAt: null } : promiseOf(body.expected_at)),
      quantity: body.quantity ?? null,
      reference: body.reference ?? null,
      reason: body.reason ?? null,
      by: keyReviewer(asked.principal, "api").actor,
    });
    if (row === null) throw noSuchOrder();
    if (row === "early") throw expectedTooEarly("/expected_at");
    if (row === "taken") throw new Problem("reference_mismatch", "Another open order of the item has this reference.");
    return c.json({ ...identityToWire(item), ...changedOrderToWire(row) });
  },
});

export const deleteOrder = guarded({
  method: "DELETE",
  path: "/products/:product_id/orders/:workflow_id",
  scope: "write",
  params: OF_ITEM.params.extend({ workflow_id: z.string() }),
  query: OF_ITEM.query,
  docs: {
    summary: "Cancel an open order that nobody placed",
    group: "items",
    answers: { 204: NO_CONTENT },
    problems: ["not_found"],
  },
  async handle(c, asked) {
    const order = asked.params.workflow_id.normalize("NFC");
    const cancelled = await itemObject(c, itemOf(c, asked)).cancelOrder(order);
    if (!cancelled) throw noSuchOrder();
    return c.body(null, 204);
  },
});

function noSuchOrder(): Problem {
  return new Problem("not_found", "There is no such open order.");
}
