/** `/products/{product_id}/receipts`: goods arrived, or did not after all. */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import { ReceiptBody } from "../../../api/requests.ts";
import { ReceiptAnswer } from "../../../api/item-responses.ts";
import { itemObject } from "../../kit/item-stubs.ts";
import { identityToWire, itemOf, OF_ITEM } from "../../kit/named-item.ts";
import { readJson } from "../../kit/request/body.ts";
import { IdempotencyKey } from "../../kit/request/preferences.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";
import { sha256Hex } from "../../../shared/sha256.ts";
import { withoutDust } from "../../../world/sales/sales.ts";

export const postReceipt = guarded({
  ...OF_ITEM,
  headers: z.object({ "Idempotency-Key": IdempotencyKey }),
  method: "POST",
  path: "/products/:product_id/receipts",
  scope: "write",
  docs: {
    summary: "Goods were received: closes open orders, oldest first",
    group: "items",
    body: json(ReceiptBody),
    answers: { 200: { says: "Counted, or counted before under this reference", content: json(ReceiptAnswer) } },
    problems: ["not_found", "reference_mismatch", "idempotency_mismatch"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const body = await readJson(c, ReceiptBody);
    const receivedAt = body.received_at ?? null;
    if (receivedAt !== null && receivedAt > Date.now()) {
      throw new Problem("validation_failed", "Goods cannot have been received in the future.", {
        errors: [{ pointer: "/received_at", message: "must not be in the future" }],
      });
    }
    const key = asked.headers["Idempotency-Key"];
    // Without a reference the key identifies a repetition, so goods count once whatever answer is lost.
    const keyReference = key === null ? null : `key:${sha256Hex(JSON.stringify([asked.principal.keyId, key]))}`;
    const result = await itemObject(c, item).receive({
      schema: 1,
      quantity: body.quantity,
      reference: body.reference ?? keyReference,
      receivedAt,
    });
    if (result === null) throw new Problem("not_found", "No decision was ever made about this product at this store.");
    if (result.kind === "reference_mismatch") {
      if (body.reference == null)
        throw new Problem("idempotency_mismatch", "This Idempotency-Key was already used with a different body.");
      throw new Problem("reference_mismatch", "This reference was already used with a different quantity.");
    }
    const { received, applied, closed, replayed } = result.answer;
    return c.json({
      ...identityToWire(item),
      received,
      applied_to_open_orders: applied,
      closed: closed.map((order) => ({ workflow_id: order.workflowId, quantity: order.quantity })),
      over_delivered: withoutDust(received - applied),
      replayed,
    });
  },
});

export const deleteReceipt = guarded({
  method: "DELETE",
  path: "/products/:product_id/receipts/:reference",
  scope: "write",
  params: OF_ITEM.params.extend({ reference: name }),
  query: OF_ITEM.query,
  docs: {
    summary: "Take a receipt back: what it closed is open again",
    group: "items",
    answers: { 204: NO_CONTENT },
    problems: ["not_found"],
  },
  async handle(c, asked) {
    const taken = await itemObject(c, itemOf(c, asked)).takeBackReceipt(asked.params.reference);
    if (!taken) throw new Problem("not_found", "There is no receipt with this reference.");
    return c.body(null, 204);
  },
});
