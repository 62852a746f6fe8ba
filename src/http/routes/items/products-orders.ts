/** `DELETE /products/{product_id}/orders/{workflow_id}`: cancels an open order that nobody placed. */
import * as z from "zod";
import { Problem } from "../../../api/problems.ts";
import { itemObject } from "../../kit/item-stubs.ts";
import { itemOf, OF_ITEM } from "../../kit/named-item.ts";
import { guarded, NO_CONTENT } from "../../kit/route.ts";

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
    const cancelled = await itemObject(c, itemOf(c, asked)).cancelOrder(asked.params.workflow_id);
    if (!cancelled) throw new Problem("not_found", "There is no open order with this id.");
    return c.body(null, 204);
  },
});
