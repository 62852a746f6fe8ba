/** `GET /purchase-orders/{po_id}/story`: one order end to end and in order, as JSON, or as text for a terminal. */
import { OF_PURCHASE_ORDER } from "../../../api/purchasing/purchase-requests.ts";
import { PurchaseStoryAnswer } from "../../../api/purchasing/purchase-responses.ts";
import { purchaseStoryAsJson, purchaseStoryAsText } from "../../../purchasing/purchase-story.ts";
import { findPurchaseOrder } from "../../kit/purchasing/purchase-stubs.ts";
import { preferredType } from "../../kit/preferred-type.ts";
import { guarded } from "../../kit/route.ts";

export const getPurchaseOrderStory = guarded({
  ...OF_PURCHASE_ORDER,
  method: "GET",
  path: "/purchase-orders/:po_id/story",
  scope: "read",
  docs: {
    summary: "What happened to an order, step by step",
    group: "purchasing",
    answers: {
      200: {
        says: "The story, as JSON or as text for a terminal",
        content: { "application/json": PurchaseStoryAnswer, "text/plain": null },
      },
    },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    const order = await findPurchaseOrder(c, params.po_id);
    const wanted = preferredType(c, ["application/json", "text/plain"]);
    return wanted === "text/plain" ? c.text(purchaseStoryAsText(order)) : c.json(purchaseStoryAsJson(order));
  },
});
