/** `GET /restocks`: what is to be ordered and is on no purchase order, and what somebody placed by hand. */
import { RestocksQuery } from "../../../api/purchasing/purchase-requests.ts";
import { RestocksAnswer } from "../../../api/purchasing/purchase-responses.ts";
import { isoDay } from "../../../shared/calendar-dates.ts";
import { storesOf } from "../../auth/store-bounds.ts";
import { expectedDay, decidedAt, ownRestocks, placeOf, type OwnRestock } from "../../kit/purchasing/own-restocks.ts";
import { decodeCursor, encodeCursor } from "../../kit/request/cursor.ts";
import { guarded, json } from "../../kit/route.ts";

/** In cursors. */
const LIST = "restocks";

export const getRestocks = guarded({
  method: "GET",
  path: "/restocks",
  scope: "read",
  query: RestocksQuery,
  docs: {
    summary: "Restocks of the last week that are on no purchase order, newest first",
    group: "purchasing",
    answers: { 200: { says: "A page of restocks", content: json(RestocksAnswer) } },
  },
  async handle(c, { query: { store_id, limit, cursor }, principal }) {
    const position = cursor === undefined ? null : decodeCursor(LIST, cursor);
    const after = position === null ? null : ([position.expiresAt, position.workflowId] as const);
    const stores = store_id === undefined ? storesOf(principal) : [store_id];
    const { found, next } = await ownRestocks(c, stores, limit, Date.now(), after);
    const page = found.slice(0, limit);
    const place = found.length > limit ? placeOf(page.at(-1)!.workflow) : next;
    return c.json({
      restocks: page.map(toWire),
      next_cursor: place === null ? null : encodeCursor(LIST, { expiresAt: place[0], workflowId: place[1] }),
    });
  },
});

function toWire({ workflow, row: { order, placed } }: OwnRestock) {
  return {
    workflow_id: workflow.id,
    store_id: workflow.storeId,
    product_id: workflow.productId,
    quantity: order.quantity,
    decided_at: new Date(decidedAt(workflow)).toISOString(),
    expected_on: isoDay(expectedDay(order, workflow.shownAs ?? {})),
    reference: order.reference ?? null,
    placed: placed === undefined ? null : { at: new Date(placed.at).toISOString(), actor: placed.by.label },
  };
}
