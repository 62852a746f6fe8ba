/** Visits every page of a server with the sample store, and collects the mails that it sent. */
import type { Stockwarden } from "../../../src/client/client.ts";
import type { LocalServer } from "../server/local-server.ts";
import { isWaiting, loadSampleStore, postMorning } from "../sample/sample-morning.ts";
import { SAMPLE_STORE_ID, sampleStore } from "../sample/sample-store.ts";
import { sampleSuppliers } from "../sample/sample-suppliers.ts";
import type { CaughtMail } from "./mail-catcher.ts";
import { sendEveryMail, until } from "./tour-mails.ts";

/** A page to be pictured, in the order of a buyer's morning. */
export interface Stop {
  readonly name: string;
  readonly path: string;
  /** Absent = the page is opened by somebody who is signed in. */
  readonly signedOut?: boolean;
}

export const BUYER = "ana@example.com";

/** Fills the server: the sample store and its morning, three people, one answer, one order that is sent. */
export async function furnish(client: Stockwarden, server: LocalServer, mails: readonly CaughtMail[]): Promise<Stop[]> {
  const day = new Date().toISOString().slice(0, 10);
  const samples = sampleStore(day);
  await putPerson(server, "ana", { name: "Ana Silva", email: BUYER, may: ["review", "order"] });
  await putPerson(server, "ben", { name: "Ben Okafor", email: "ben@example.com" });
  const suppliers = sampleSuppliers(day).map((supplier) => ({
    ...supplier,
    settings: { ...supplier.settings, emails: ["orders@supplier.example"] },
  }));
  await loadSampleStore(client, samples, suppliers, day);
  const asked = (await postMorning(client, samples, day)).filter(isWaiting).map(({ workflow }) => workflow);
  const [first, answered] = asked;
  if (first === undefined || answered === undefined) throw new Error("the sample store asked fewer than two questions");
  await client.decide(answered.workflow_id, { decision: "reject", comment: "We stop selling it.", revision: 1 });
  const orders = await until(async () => {
    const { purchase_orders: all } = await client.purchaseOrders({ store_id: SAMPLE_STORE_ID });
    // In the last two hours before their cut-off people are asked about them.
    const open = all.filter(({ status }) => status === "draft" || status === "awaiting_approval");
    return open.length > 1 ? open : null;
  });
  const [order, sent] = orders;
  if (order === undefined || sent === undefined)
    throw new Error("the sample store ordered from fewer than two suppliers");
  const approved = await client.approvePurchase(sent.po_id, sent.revision);
  await client.sendPurchase(sent.po_id, approved.revision);
  const link = await linkAbout(first.product_id, mails);
  const answeredLink = await linkAbout(answered.product_id, mails);
  const mailed = await sendEveryMail(client, server, mails, first.workflow_id);
  await fetch(`${server.url}/sign-in`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: BUYER }),
  });
  const signIn = await until(() => mails.find(({ text }) => text.includes("/sign-in/")));
  await until(() => mails.find(({ to }) => to === "orders@supplier.example"));
  const item = `/items/${SAMPLE_STORE_ID}/${first.product_id}`;
  return [
    { name: "welcome", path: "/", signedOut: true },
    { name: "sign-in", path: "/inbox", signedOut: true },
    { name: "sign-in-link", path: /\/sign-in\/\S+/u.exec(signIn.text)![0], signedOut: true },
    { name: "question-by-link", path: link, signedOut: true },
    { name: "question-answered-by-link", path: answeredLink, signedOut: true },
    { name: "order-by-link", path: mailed.order, signedOut: true },
    { name: "wrong-link", path: "/review/cut-off", signedOut: true },
    { name: "no-such-page", path: "/no/such/page", signedOut: true },
    { name: "docs", path: "/docs", signedOut: true },
    { name: "today", path: "/" },
    { name: "inbox", path: "/inbox" },
    { name: "question", path: `/inbox/reviews/${first.workflow_id}` },
    { name: "question-answered", path: `/inbox/reviews/${answered.workflow_id}` },
    { name: "history", path: "/inbox?show=history" },
    { name: "items", path: "/items" },
    { name: "items-short", path: "/items?show=short" },
    { name: "item", path: item },
    { name: "decision", path: `/decisions/${first.workflow_id}` },
    { name: "store", path: `/stores/${SAMPLE_STORE_ID}` },
    { name: "orders", path: "/orders" },
    { name: "order", path: `/orders/${order.po_id}` },
    { name: "order-sent", path: `/orders/${sent.po_id}` },
    { name: "import", path: "/import" },
  ];
}

/** The buyer's link to the question about a product. */
async function linkAbout(product: string, mails: readonly CaughtMail[]): Promise<string> {
  const asks = ({ to, text }: CaughtMail): boolean =>
    to === BUYER && text.includes(`(${product})`) && text.includes("/review/");
  return /\/review\/\S+/u.exec((await until(() => mails.find(asks))).text)![0];
}

async function putPerson(server: LocalServer, id: string, person: object): Promise<void> {
  const headers = { Authorization: `Bearer ${server.key}`, "Content-Type": "application/json" };
  const body = JSON.stringify(person);
  const { ok, status } = await fetch(`${server.url}/people/${id}`, { method: "PUT", headers, body });
  if (!ok) throw new Error(`PUT /people/${id}: ${status}`);
}
