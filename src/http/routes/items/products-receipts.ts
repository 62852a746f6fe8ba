/** `POST /products/{product_id}/receipts`: goods arrived. */
import { Problem } from "../../../api/problems.ts";
import { ReceiptBody } from "../../../api/requests.ts";
import { ReceiptAnswer } from "../../../api/responses.ts";
import { itemObject } from "../../kit/item-stubs.ts";
import { identityToWire, itemOf, OF_ITEM } from "../../kit/named-item.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json } from "../../kit/route.ts";

export const postReceipt = guarded({
  ...OF_ITEM,
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
    const result = await itemObject(c, item).receive({
      schema: 1,
      quantity: body.quantity,
      reference: body.reference ?? null,
      receivedAt: body.received_at ?? null,
    });
    if (result === null) throw new Problem("not_found", "No decision was ever made about this product at this store.");
    if (result.kind === "reference_mismatch") {
      throw new Problem("reference_mismatch", "This reference was already used with a different quantity.");
    }
    const { received, applied, closed, replayed } = result.answer;
    return c.json({
      ...identityToWire(item),
      received,
      applied_to_open_orders: applied,
      closed: closed.map((order) => ({ workflow_id: order.workflowId, quantity: order.quantity })),
      replayed,
    });
  },
});
