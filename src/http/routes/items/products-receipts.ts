/** `/products/{product_id}/receipts`: goods arrived, or did not after all. */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import { ReceiptBody } from "../../../api/requests.ts";
import { ReceiptAnswer } from "../../../api/item-responses.ts";
import { decisionBehind } from "../../../api/to-wire.ts";
import type { Principal } from "../../auth/principal.ts";
import type { AppContext } from "../../kit/context.ts";
import { itemObject } from "../../kit/item-stubs.ts";
import { identityToWire, itemOf, OF_ITEM } from "../../kit/named-item.ts";
import { ONCE, once } from "../../kit/once.ts";
import { GOODS_RECEIVED, refuseFuture } from "../../kit/request/refuse-future.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";
import { sha256Hex } from "../../../shared/sha256.ts";
import type { ItemIdentity } from "../../../storage/identity.ts";
import { withoutDust } from "../../../shared/without-dust.ts";

export const postReceipt = guarded({
  ...OF_ITEM,
  headers: ONCE,
  method: "POST",
  path: "/products/:product_id/receipts",
  scope: "write",
  docs: {
    summary: "Goods were received: closes open orders, oldest first",
    group: "items",
    body: json(ReceiptBody),
    answers: { 200: { says: "Counted, or counted before under this reference", content: json(ReceiptAnswer) } },
    problems: ["not_found", "reference_mismatch"],
  },
  async handle(c, asked) {
    const item = itemOf(c, asked);
    const body = await readJson(c, ReceiptBody);
    const receivedAt = body.received_at ?? null;
    refuseFuture("received_at", receivedAt, GOODS_RECEIVED);
    const said = { quantity: body.quantity, reference: body.reference ?? null, receivedAt };
    const key = asked.headers["Idempotency-Key"];
    const itemKey = key === null ? null : JSON.stringify([item.storeId, key]);
    const answer = await once(c, asked.principal, itemKey, JSON.stringify(said), async () => ({
      status: 200,
      // Without a reference the key serves as one: goods count once even if a crash loses the record of the key.
      body: await receive(c, item, { ...said, reference: said.reference ?? keyReference(asked.principal, key) }),
    }));
    if (!answer.headers.has("Idempotency-Replayed")) return answer;
    return c.json({ ...((await answer.json()) as object), replayed: true });
  },
});

async function receive(
  c: AppContext,
  item: ItemIdentity,
  said: { readonly quantity: number; readonly reference: string | null; readonly receivedAt: number | null },
): Promise<z.output<typeof ReceiptAnswer>> {
  const result = await itemObject(c, item).receive({ schema: 1, ...said });
  if (result === null) throw new Problem("not_found", "No decision was ever made about this product at this store.");
  if (result.kind === "reference_mismatch")
    throw new Problem("reference_mismatch", "This reference was already used with a different quantity.");
  const { received, applied, closed, replayed } = result.answer;
  return {
    ...identityToWire(item),
    received,
    applied_to_open_orders: applied,
    closed: closed.map((order) => ({ workflow_id: decisionBehind(order), quantity: order.quantity })),
    over_delivered: withoutDust(received - applied),
    replayed,
  };
}

function keyReference({ keyId }: Principal, key: string | null): string | null {
  return key === null ? null : `key:${sha256Hex(JSON.stringify([keyId, key]))}`;
}

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
    const { reference } = asked.params;
    const taken = await itemObject(c, itemOf(c, asked)).takeBackReceipt(reference);
    if (!taken) throw new Problem("not_found", "There is no receipt with this reference.");
    return c.body(null, 204);
  },
});
