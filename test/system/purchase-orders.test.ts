/**
 * Purchase orders of a server that is killed on the way from decision to sent and received, and the mails that a real
 * SMTP server received: nothing is lost, nothing is doubled, and the books balance against the mails.
 * The server runs the build that is uploaded. Proves I17.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ask } from "../support/black-box.ts";
import { smtpSink, type MailSink } from "../support/peers/mail-sink.ts";
import { uploadedBuild } from "../support/uploaded-build.ts";
import { ownFolder } from "../support/own-folder.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const ITEMS = 8;
/** Each round is an order that is sent; the server is killed at another moment of it. */
const KILLS_AFTER_MS = [0, 15, 40, 80, 150, 300];
/** Two restarts a round, on a machine that may be busy. */
const TIMEOUT_MS = 600_000;

const persistTo = ownFolder("purchase");
let server: LocalServer | null = null;
let sink: MailSink | null = null;
afterAll(async () => {
  await server?.stop();
  await sink?.close();
});

it(
  "sends each order once, whatever is killed, and every item's units are on one order",
  async () => {
    sink = await smtpSink();
    const env = {
      REVIEW_EMAIL_TO: "ana@shop.example",
      REVIEW_EMAIL_FROM: "shop@shop.example",
      LINK_SECRET: "link-secret-0123456789abcdefghijkl",
      MAIL_URL: sink.url,
      CONFIDENCE_THRESHOLD: "0",
    };
    const built = await uploadedBuild(persistTo);
    const start = async (): Promise<LocalServer> => startLocalServer({ persistTo, built, env });
    server = await start();
    const products = Array.from({ length: ITEMS }, (_, n) => `SKU-${n}`);
    await ask(server, "PUT", "/suppliers/dairy", {
      name: "Molkerei Grün & 牛乳",
      emails: ["orders@dairy.example", "backup@dairy.example"],
      lead_time_days: 1,
      // Half a day away: within two hours of it, people are asked about an order at once.
      cut_off: new Date(Date.now() + DAY_MS / 2).toISOString().slice(11, 16),
      send: "manual",
    });
    const days = Array.from({ length: 70 }, (_, back) =>
      new Date(Date.now() - (70 - back) * DAY_MS).toISOString().slice(0, 10),
    );
    const csv = ["date,units", ...days.map((day, at) => `${day},${8 + (at % 2)}`)].join("\n");
    for (const product of products) {
      await ask(server, "PUT", `/products/${product}`, {
        supplier_id: "dairy",
        unit_cost: 2,
        lead_time_days: 1,
        name: `=Käse ${product}`,
      });
      await ask(server, "PUT", `/history/${product}`, csv, { "Content-Type": "text/csv" });
    }

    const sent: any[] = [];
    for (const [round, killAfter] of KILLS_AFTER_MS.entries()) {
      for (const product of products) {
        const body = { product_id: product, current_stock: 0, safety_stock_level: 4 };
        await ask(server, "POST", "/inventory-trigger", body, { "Idempotency-Key": `${round}-${product}` });
      }
      const draft = await until(server, (order) => order.status === "draft" && order.lines.length === ITEMS);
      const sending = ask(server, "POST", `/purchase-orders/${draft.po_id}/send`, { revision: draft.revision }).catch(
        () => null,
      );
      await sleep(killAfter);
      await server.kill();
      await sending;
      server = await start();
      let order = (await ask(server, "GET", `/purchase-orders/${draft.po_id}`)).body;
      // The kill came before the call was written: it is made again, as a person would.
      if (order.status === "draft")
        await ask(server, "POST", `/purchase-orders/${draft.po_id}/send`, { revision: order.revision });
      order = await until(server, ({ po_id, status }) => po_id === draft.po_id && status === "sent");
      order = await until(
        server,
        ({ po_id, deliveries }) => po_id === order.po_id && deliveries.every((each: any) => each.status === "done"),
      );
      sent.push(order);
      const lines = order.lines.map(({ product_id, quantity }: any) => ({ product_id, quantity }));
      const receiving = ask(server, "POST", `/purchase-orders/${order.po_id}/receive`, {
        reference: "note",
        lines,
      }).catch(() => null);
      await sleep(killAfter / 4);
      await server.kill();
      await receiving;
      server = await start();
      await ask(server, "POST", `/purchase-orders/${order.po_id}/receive`, { reference: "note", lines });
      await until(server, ({ po_id, status }) => po_id === order.po_id && status === "received");
      for (const product of products) {
        const { open_orders } = (await ask(server, "GET", `/products/${product}`)).body;
        expect(open_orders.filter(({ po_id }: any) => po_id === order.po_id)).toEqual([]);
      }
    }

    const numbers = sent.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(KILLS_AFTER_MS.length);
    const orderMails = sink.mails.filter(({ subject }) => subject.startsWith("Purchase order"));
    const byNumber = Map.groupBy(orderMails, ({ subject }) => /PO-\S+/.exec(subject)?.[0] ?? "");
    expect([...byNumber.keys()].toSorted()).toEqual(numbers.toSorted());
    for (const order of sent) {
      const mails = byNumber.get(order.number)!;
      // A crash between sending and writing may repeat a mail: then it is the same mail.
      expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
      expect(new Set(mails.map(({ text }) => text)).size).toBe(1);
      for (const { product_id, quantity } of order.lines) {
        expect(mails[0]!.text).toContain(`=Käse ${product_id}`);
        expect(mails[0]!.text).toContain(`   ${quantity} units, `);
      }
      expect(order.audit.filter(({ event }: any) => event === "sent")).toHaveLength(1);
    }
  },
  TIMEOUT_MS,
);

async function until(server: LocalServer, is: (order: any) => boolean): Promise<any> {
  for (let waited = 0; waited < 90_000; waited += 200) {
    const { body } = await ask(server, "GET", "/purchase-orders?limit=100");
    for (const { po_id } of body.purchase_orders) {
      const order = (await ask(server, "GET", `/purchase-orders/${po_id}`)).body;
      if (is(order)) return order;
    }
    await sleep(200);
  }
  throw new Error("no order came to that");
}
