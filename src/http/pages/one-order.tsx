/**
 * `/orders/{po_id}`: one purchase order, for those who are signed in; its files; and the same page for the holder of a
 * link. GET and HEAD change nothing (I11). A POST acts only when our own page sent it, on the revision that the page
 * showed.
 */
import { formatsOf } from "../../shared/formats.ts";
import * as z from "zod";
import { orderDocument } from "../../purchasing/order/order-document.ts";
import { closingText } from "../../purchasing/order/order-words.ts";
import { policyOf } from "../../purchasing/policy.ts";
import { isOpen } from "../../purchasing/order/totals.ts";
import type { PurchaseOrder } from "../../purchasing/order/types.ts";
import { OrderPage } from "../../ui/order/order-page.tsx";
import type { OrderForm, OrderPageProps } from "../../ui/order/order-view.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { itemObject } from "../kit/item-stubs.ts";
import { findPurchaseOrder, worldOfOrder } from "../kit/purchasing/purchase-stubs.ts";
import { ORDER_FILES, orderFile } from "../kit/purchasing/order-files.ts";
import { topUpsOf } from "../kit/purchasing/top-ups.ts";
import { clickIn, typedIn } from "./order-form.ts";
import { takeClick, type Reply, PLAIN } from "./order-click.ts";
import { holderOf, readerOf, type Reader } from "./order-reader.ts";
import { claimsOf, hiddenFromHolder, wrongLink } from "./link-holder.tsx";
import { pageRoute } from "./page-route.ts";
import { isFromOurPage, notFromOurPage, page, postsTo, readForm } from "./page.ts";
import { isOurs, withSession } from "./with-session.tsx";

/** Somebody typed, and had to sign in before it could be kept. */
const NOT_SAVED = {
  tone: "amber",
  title: "Not saved yet",
  text: "The fields hold what was typed before you signed in. Look at it, then press the button again.",
} as const;

const OF_ORDER = { params: z.object({ po_id: z.string() }) } as const;
const OF_LINK = { params: z.object({ token: z.string() }) } as const;

export const getOrderPage = pageRoute({
  ...OF_ORDER,
  method: "GET",
  path: "/orders/:po_id",
  summary: "One order: lines, top-ups, documents, history; prints as a page",
  handle: (c, { params }) =>
    withSession(c, async (session) => {
      const order = await findPurchaseOrder(c, params.po_id);
      const typed = typedIn(new URL(c.req.url).searchParams);
      const reply = typed.size === 0 ? PLAIN : { ...PLAIN, typed, notice: NOT_SAVED };
      return show(c, await readerOf(c, session, order), order, reply);
    }),
});

export const postOrderPage = pageRoute({
  ...OF_ORDER,
  method: "POST",
  path: "/orders/:po_id",
  summary: "What a person does with it",
  handle: (c, { params }) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      if (!isOurs(c, session, form)) return notFromOurPage(c);
      const order = await findPurchaseOrder(c, params.po_id);
      return act(c, await readerOf(c, session, order), order, form);
    }),
});

export const getOrderFile = pageRoute({
  params: z.object({ po_id: z.string(), file: z.enum(["order.csv", "order.xlsx"]) }),
  method: "GET",
  path: "/orders/:po_id/:file",
  summary: "The order as a file",
  files: ORDER_FILES,
  handle: (c, { params }) =>
    withSession(c, async () => {
      const order = await findPurchaseOrder(c, params.po_id);
      return orderFile(c, order, params.file === "order.csv" ? "csv" : "xlsx");
    }),
});

export const getOrderLink = pageRoute({
  ...OF_LINK,
  method: "GET",
  path: "/order-link/:token",
  summary: "The order that a link shows; looking decides nothing",
  async handle(c, { params }) {
    const claims = await claimsOf(c, params.token);
    if (claims === null) return wrongLink(c, "Sign in to see the orders.");
    const order = await findPurchaseOrder(c, claims.workflowId);
    const hidden = await hiddenFromHolder(c, claims.recipient, async () => order);
    return hidden ?? show(c, await holderOf(c, claims, order), order, PLAIN);
  },
});

export const postOrderLink = pageRoute({
  ...OF_LINK,
  method: "POST",
  path: "/order-link/:token",
  summary: "What the holder of the link does with it",
  async handle(c, { params }) {
    const claims = await claimsOf(c, params.token);
    if (claims === null) return wrongLink(c, "Sign in to see the orders.");
    if (!isFromOurPage(c)) return notFromOurPage(c);
    const order = await findPurchaseOrder(c, claims.workflowId);
    const hidden = await hiddenFromHolder(c, claims.recipient, async () => order);
    return hidden ?? act(c, await holderOf(c, claims, order), order, await readForm(c));
  },
});

async function act(c: AppContext, reader: Reader, order: PurchaseOrder, form: URLSearchParams): Promise<Response> {
  const { store } = await worldOfOrder(c, order);
  const formats = formatsOf({ locale: store?.locale });
  const click = clickIn(form, order, Date.now(), formats);
  if (click.kind === "nothing") return notFromOurPage(c);
  const isReceipt = click.kind === "receive";
  if (click.kind !== "look" && !(isReceipt ? reader.mayReceive : reader.mayLower))
    return show(c, reader, order, { ...PLAIN, status: 403 });
  const revision = Number(form.get("revision") ?? Number.NaN);
  const reply = await takeClick(c, order, click, revision, { ...reader, formats });
  const typed = reply.keepsTyped ? new Map([...typedIn(form), ...reply.typed]) : new Map<string, string>();
  return show(c, reader, reply.order, { ...reply, typed });
}

async function show(c: AppContext, reader: Reader, order: PurchaseOrder, reply: Reply): Promise<Response> {
  const world = await worldOfOrder(c, order);
  const document = orderDocument(order, world);
  const policy = policyOf(world, settings(c));
  const form: OrderForm = {
    action: postsTo(c),
    csrf: reader.csrf,
    mayLower: reader.mayLower,
    mayDecide: reader.mayDecide,
    mails: policy.emails.length > 0,
    mayReceive: reader.mayReceive,
  };
  return page(
    c,
    <OrderPage
      order={order}
      document={document}
      topUp={reader.mayDecide ? await topUpsOf(c, order) : []}
      form={reader.mayLower || reader.mayReceive ? form : null}
      typed={reply.typed}
      errors={reply.errors}
      notice={reply.notice}
      looked={await lookedAt(c, order, reply)}
      whyNot={isOpen(order) && !reader.mayDecide ? reader.whyNot : null}
      waitsFor={reader.waitsFor}
      closing={isOpen(order) ? closingText(order, policy) : null}
      files={reader.session !== null}
      session={reader.session}
    />,
    reply.status,
  );
}

async function lookedAt(c: AppContext, order: PurchaseOrder, { looked }: Reply): Promise<OrderPageProps["looked"]> {
  if (looked === null) return null;
  const { productId } = looked;
  const line = order.lines.find((each) => each.productId === productId);
  const quantity = looked.quantity ?? line?.quantity ?? null;
  const trial = { quantity, insteadOf: order.id };
  const view = await itemObject(c, { storeId: order.storeId, productId }).view(null, trial);
  const name = line?.fact.product.name ?? productId;
  if (view === null || view.chart === null) return null;
  const { approve } = view.chart;
  const present = approve.quantity > 0 ? approve : { ...approve, label: "Without this line" };
  return { name, quantity, chart: { ...view.chart, approve: present } };
}
