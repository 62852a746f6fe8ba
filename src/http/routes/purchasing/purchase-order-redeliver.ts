/** `POST /purchase-orders/{po_id}/redeliver`: retries what was given up, above all the mail to the supplier. */
import { OF_PURCHASE_ORDER } from "../../../api/purchasing/purchase-requests.ts";
import { PurchaseRedeliveryAnswer } from "../../../api/purchasing/purchase-responses.ts";
import { once, ONCE } from "../../kit/once.ts";
import { noSuchPurchaseOrder, objectOfPurchaseOrder } from "../../kit/purchasing/purchase-stubs.ts";
import { guarded, json } from "../../kit/route.ts";
import { enableEndpoints } from "../decisions/workflows-redeliver.ts";

export const postPurchaseRedelivery = guarded({
  ...OF_PURCHASE_ORDER,
  method: "POST",
  path: "/purchase-orders/:po_id/redeliver",
  scope: "admin",
  headers: ONCE,
  docs: {
    summary: "Retry parked deliveries of an order, such as its mail to the supplier",
    group: "purchasing",
    answers: { 202: { says: "They are due now", content: json(PurchaseRedeliveryAnswer) } },
    problems: ["not_found"],
  },
  async handle(c, { params: { po_id: poId }, principal, headers: { "Idempotency-Key": key } }) {
    return once(c, principal, key, "", async () => {
      await enableEndpoints(c);
      const deliveries = await objectOfPurchaseOrder(c, poId).redeliver(poId);
      if (deliveries === null) throw noSuchPurchaseOrder();
      return { status: 202, body: { po_id: poId, deliveries } };
    });
  },
});
