/** `GET /`: today, for those who are signed in; what this is, for everybody else. */
import { orderDocument, worthWords } from "../../../purchasing/order/order-document.ts";
import { OPEN, type PurchaseOrder } from "../../../purchasing/order/types.ts";
import { storageOf } from "../../../storage/storage.ts";
import { TodayPage, type DueOrder, type ExpiredRow } from "../../../ui/today/today-page.tsx";
import { MOST_NAMED } from "../../../ui/today/attention-list.tsx";
import { WelcomePage } from "../../../ui/today/welcome-page.tsx";
import { ATTENTION } from "../../../workflow/asking/shelf.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import { sessionOf, type Session } from "../../auth/inbox-session.ts";
import { storesOf } from "../../auth/store-bounds.ts";
import { settings, type AppContext } from "../../kit/context.ts";
import { worldOfOrder } from "../../kit/purchasing/purchase-stubs.ts";
import { openRow } from "../inbox-rows.ts";
import { waitsFor } from "../order-reader.ts";
import { unsentRestocks } from "../by-hand/unsent-restocks.ts";
import { pageRoute } from "../page-route.ts";
import { page } from "../page.ts";
import { isExpiredUnordered } from "../review-view.ts";
import { shopFaults } from "./shop-faults.ts";
import { mayReviewHere, reviewerOf, shown } from "../with-session.tsx";
import { DAY_MS } from "../../../shared/durations.ts";

/** Questions looked at; their number is shown with a plus where there are more. */
const MOST_WAITING = 200;
const DUE_WITHIN_MS = 1.5 * DAY_MS;

export const getToday = pageRoute({
  method: "GET",
  path: "/",
  summary: "Today: what is due, what waits, what is sold out",
  async handle(c) {
    const session = await sessionOf(c);
    return session === null ? page(c, <WelcomePage byMail={settings(c).email !== null} />) : showToday(c, session);
  },
});

async function showToday(c: AppContext, session: Session): Promise<Response> {
  const now = Date.now();
  const { queue, purchases, directory } = storageOf(c.env);
  const stores = storesOf(session.principal);
  const filter = { store: "", search: "", stores };
  const [own, waiting, answered, orders, short = [], uncounted = [], silent = []] = await Promise.all([
    unsentRestocks(c, session, MOST_NAMED + 1, now),
    queue.reviews("pending", filter, null, MOST_WAITING + 1, now),
    queue.answered(filter, null, MOST_WAITING),
    purchases.list(
      {
        statuses: [...OPEN],
        storeId: null,
        stores,
        supplierId: null,
        dueBy: now + DUE_WITHIN_MS,
      },
      { orderBy: now, poId: "" },
      MOST_NAMED,
    ),
    ...ATTENTION.map((what) => directory.attention(what, filter, now, MOST_NAMED + 1)),
  ]);
  const rows = waiting.slice(0, MOST_WAITING).map(openRow);
  const isEmpty = [rows, answered, orders, short, uncounted, silent].every(({ length }) => length === 0);
  return page(
    c,
    <TodayPage
      isNew={isEmpty && (await directory.find(filter, null, 1)).length === 0}
      faults={await shopFaults(c, stores)}
      own={own.rows}
      mayOrder={reviewerOf(session).mayOrder}
      due={await Promise.all(orders.map((order) => dueOrder(c, session, order)))}
      waiting={rows}
      moreWaiting={waiting.length > MOST_WAITING}
      expired={answered
        .filter((workflow) => isExpiredUnordered(workflow, now) && !rows.some((row) => isOf(row, workflow)))
        .slice(0, MOST_NAMED)
        .map(expiredRow)}
      short={short}
      uncounted={uncounted}
      silent={silent}
      mayReview={mayReviewHere(c, session)}
      now={now}
      session={shown(session)}
    />,
  );
}

async function dueOrder(c: AppContext, session: Session, order: PurchaseOrder): Promise<DueOrder> {
  const world = await worldOfOrder(c, order);
  const document = orderDocument(order, world);
  const { supplier, buyer, formats, minimum, lines } = document;
  return {
    href: `/orders/${order.id}`,
    supplier,
    buyer,
    closes: formats.time(order.orderBy),
    value: worthWords(document),
    lines: lines.length,
    shortBy: minimum === null || minimum.met ? null : formats.money(minimum.shortBy),
    orderBy: order.orderBy,
    waitsFor: await waitsFor(c, session, order, world),
  };
}

function isOf(a: { readonly storeId: string; readonly productId: string }, b: Workflow): boolean {
  return a.storeId === b.storeId && a.productId === b.productId;
}

function expiredRow({ id, storeId, productId, shownAs, recommendation, review }: Workflow): ExpiredRow {
  return {
    workflowId: id,
    storeId,
    productId,
    shownAs: shownAs ?? {},
    asked: recommendation?.quantity ?? 0,
    at: review?.decidedAt ?? 0,
  };
}
