/** `GET /orders`: the order sheet, by due time. */
import * as z from "zod";
import { orderDocument } from "../../purchasing/order/order-document.ts";
import {
  AWAITING_GOODS,
  OVER,
  UNDECIDED,
  type PurchaseOrder,
  type PurchaseStatus,
} from "../../purchasing/order/types.ts";
import { storageOf } from "../../storage/storage.ts";
import { OrdersPage, type SheetRow } from "../../ui/order/orders-page.tsx";
import type { Session } from "../auth/inbox-session.ts";
import { storesOf } from "../auth/store-bounds.ts";
import type { AppContext } from "../kit/context.ts";
import { worldOfOrder } from "../kit/purchasing/purchase-stubs.ts";
import { waitsFor } from "./order-reader.ts";
import { unsentRestocks } from "./by-hand/unsent-restocks.ts";
import { pageRoute } from "./page-route.ts";
import { page } from "./page.ts";
import { reviewerOf, shown, withSession } from "./with-session.tsx";
import { DAY_MS } from "../../shared/durations.ts";

/** Orders that a sheet shows of each kind; the rest is in `GET /purchase-orders`. */
const MOST_SHOWN = 50;
/** Restocks on no order that a page shows; each asks its item. */
const MOST_TO_PLACE = 100;
/** Where a page of them begins: when the last one before was decided, and its id. */
const After = z.tuple([z.coerce.number().int(), z.string()]);
/** Orders that ended or arrived are shown for this long after their cut-off. */
const SHOWN_AFTER_MS = 14 * DAY_MS;

export const getOrdersPage = pageRoute({
  method: "GET",
  path: "/orders",
  summary: "Open orders by supplier, and what is with suppliers",
  query: z.object({ after: z.string().optional() }),
  handle: (c, { query }) => withSession(c, (session) => showOrders(c, session, query.after?.split(" "))),
});

async function showOrders(c: AppContext, session: Session, from: unknown): Promise<Response> {
  const after = After.safeParse(from).data ?? null;
  const now = Date.now();
  const [open, placed, ended, own] = await Promise.all([
    listed(c, session, UNDECIDED, 0),
    listed(c, session, [...AWAITING_GOODS], 0),
    listed(c, session, OVER, now - SHOWN_AFTER_MS),
    unsentRestocks(c, session, MOST_TO_PLACE, now, after),
  ]);
  return page(
    c,
    <OrdersPage
      open={open}
      own={own}
      older={own.next === null ? null : `/orders?after=${encodeURIComponent(own.next.join(" "))}#own`}
      mayOrder={reviewerOf(session).mayOrder}
      placed={placed}
      ended={ended.filter(wasSomething).toReversed()}
      now={now}
      session={shown(session)}
    />,
  );
}

async function listed(
  c: AppContext,
  session: Session,
  statuses: readonly PurchaseStatus[],
  from: number,
): Promise<readonly SheetRow[]> {
  const filter = { statuses, storeId: null, stores: storesOf(session.principal), supplierId: null, dueBy: null };
  const orders = await storageOf(c.env).purchases.list(filter, { orderBy: from, poId: "" }, MOST_SHOWN);
  return Promise.all(orders.map((order) => rowOf(c, session, order)));
}

async function rowOf(c: AppContext, session: Session, order: PurchaseOrder): Promise<SheetRow> {
  const world = await worldOfOrder(c, order);
  return { order, document: orderDocument(order, world), waitsFor: await waitsFor(c, session, order, world) };
}

/** An order without lines, or whose lines only moved on, is not shown afterwards. */
function wasSomething({ order }: SheetRow): boolean {
  return !["empty", "waited", "rescheduled"].includes(order.ended ?? "");
}
