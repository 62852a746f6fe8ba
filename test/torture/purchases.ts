/**
 * `npm run torture -- --purchases 20`: orders with a supplier on the way from decisions to goods received, with a
 * SIGKILL at a drawn moment of every step. Then the books are balanced: each order was sent once under one number, the
 * mails that a real SMTP server received are those orders, and what the items wait for is what the orders do.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { purchaseAuditFault } from "../../src/api/purchasing/purchase-audit-chain.ts";
import { toAudited } from "../../scripts/lib/audit/purchase-trails.ts";
import type { PurchaseOrder, PurchaseOrders } from "../../src/client/client.ts";
import { smtpSink, type MailSink } from "../support/peers/mail-sink.ts";
import { seeded } from "../support/seeded.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

export interface PurchasesPlan {
  readonly rounds: number;
  readonly seed: number;
  readonly progress: (text: string) => void;
}

export interface PurchasesScore {
  readonly seconds: number;
  readonly kills: number;
  readonly orders: number;
  readonly lines: number;
  readonly mails: number;
  /** Mails that came again, as the same mail. */
  readonly repeated: number;
  readonly faults: readonly string[];
}

const PRODUCTS = ["milk", "cream", "butter", "cheese", "eggs", "yoghurt"];
/** A step takes some tens of milliseconds; a later kill meets what follows it. */
const KILL_WITHIN_MS = 250;
const REPEAT_AFTER_MS = 200;
const SETTLED_WITHIN_MS = 120_000;
const ENV = {
  REVIEW_EMAIL_TO: "ana@shop.example",
  REVIEW_EMAIL_FROM: "shop@shop.example",
  LINK_SECRET: "link-secret-0123456789abcdefghijkl",
  CONFIDENCE_THRESHOLD: "0",
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export async function torturePurchases({ rounds, seed, progress }: PurchasesPlan): Promise<PurchasesScore> {
  const startedAt = Date.now();
  const random = seeded(seed);
  const persistTo = await mkdtemp(join(tmpdir(), "stockwarden-purchases-"));
  const sink = await smtpSink();
  const start = (): Promise<LocalServer> => startLocalServer({ persistTo, env: { ...ENV, MAIL_URL: sink.url } });
  let server = await start();
  let restarting: Promise<void> = Promise.resolve();
  let kills = 0;
  const sent: PurchaseOrder[] = [];
  const faults: string[] = [];
  try {
    await describeStore();
    for (let round = 1; round <= rounds; round++) {
      progress(`${round} of ${rounds} orders`);
      await play(round);
    }
    progress("balancing the books");
    faults.push(...booksAgainstMails(sent, sink), ...(await booksAgainstItems()));
    const byNumber = Map.groupBy(orderMails(sink), ({ messageId }) => messageId);
    return {
      seconds: Math.round((Date.now() - startedAt) / 1_000),
      kills,
      orders: sent.length,
      lines: sent.reduce((sum, { lines }) => sum + lines.length, 0),
      mails: byNumber.size,
      repeated: orderMails(sink).length - byNumber.size,
      faults,
    };
  } finally {
    await restarting;
    await server.stop();
    await sink.close();
    await rm(persistTo, { recursive: true, force: true });
  }

  async function describeStore(): Promise<void> {
    await answered("PUT", "/suppliers/dairy", {
      name: "Molkerei Grün & 牛乳",
      emails: ["orders@dairy.example"],
      lead_time_days: 1,
      // Half a day away: within two hours of it, people are asked about an order at once.
      cut_off: new Date(Date.now() + DAY_MS / 2).toISOString().slice(11, 16),
      send: "manual",
    });
    const days = Array.from({ length: 70 }, (_, back) => new Date(Date.now() - (70 - back) * DAY_MS));
    const csv = ["date,units", ...days.map((day, at) => `${day.toISOString().slice(0, 10)},${8 + (at % 2)}`)].join(
      "\n",
    );
    for (const product of PRODUCTS) {
      const settings = { supplier_id: "dairy", unit_cost: 2, lead_time_days: 1, name: `=${product}` };
      await answered("PUT", `/products/${product}`, settings);
      await answered("PUT", `/history/${product}`, csv);
    }
  }

  /** Decisions, a person who sends, goods that come: a kill in each. */
  async function play(round: number): Promise<void> {
    await killedDuring(async () => {
      for (const product of PRODUCTS) {
        const count = { product_id: product, current_stock: 0, safety_stock_level: 4 };
        await answered("POST", "/inventory-trigger", count, `count-${round}-${product}`);
      }
    });
    const draft = await found((order) => order.status === "draft" && order.lines.length === PRODUCTS.length);
    await killedDuring(() => sendAsShown(draft.po_id));
    const order = await found(
      ({ po_id, status, deliveries }) =>
        po_id === draft.po_id && status === "sent" && deliveries.every((each) => each.status === "done"),
    );
    sent.push(order);
    const lines = order.lines.map(({ product_id, quantity }) => ({ product_id, quantity }));
    const half = lines.map((line) => ({ ...line, quantity: Math.ceil(line.quantity / 2) }));
    const rest = lines.map((line, at) => ({ ...line, quantity: line.quantity - half[at]!.quantity }));
    const path = `/purchase-orders/${order.po_id}/receive`;
    await killedDuring(async () => {
      await answered("POST", path, { reference: "first", lines: half });
      await answered("POST", path, { reference: "second", lines: rest.filter(({ quantity }) => quantity > 0) });
    });
    await found(({ po_id, status }) => po_id === order.po_id && status === "received");
  }

  /** What a person does whose call broke: looks, and sends what is there unless it is sent. */
  async function sendAsShown(poId: string): Promise<void> {
    for (;;) {
      const order = (await answered("GET", `/purchase-orders/${poId}`)).body as PurchaseOrder;
      if (order.number !== null || order.status === "closing") return;
      const { status } = await answered("POST", `/purchase-orders/${poId}/send`, { revision: order.revision });
      if (status === 200) return;
    }
  }

  async function killedDuring(step: () => Promise<void>): Promise<void> {
    restarting = sleep(Math.floor(random() * KILL_WITHIN_MS)).then(async () => {
      await server.kill();
      kills++;
      server = await start();
    });
    await step();
    await restarting;
  }

  /** As a client that does as it should: what was not answered is sent again. */
  async function answered(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    for (;;) {
      const answer = await once(method, path, body, key).catch(() => null);
      if (answer !== null && answer.status < 500) return answer;
      await sleep(REPEAT_AFTER_MS);
    }
  }

  async function once(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    const isText = typeof body === "string";
    const response = await fetch(server.url + path, {
      method,
      headers: {
        Authorization: `Bearer ${server.key}`,
        ...(body === undefined ? {} : { "Content-Type": isText ? "text/csv" : "application/json" }),
        ...(key === undefined ? {} : { "Idempotency-Key": key }),
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  }

  async function orders(): Promise<PurchaseOrder[]> {
    const { purchase_orders: listed } = (await answered("GET", "/purchase-orders?limit=100")).body as PurchaseOrders;
    return Promise.all(
      listed.map(async ({ po_id }) => (await answered("GET", `/purchase-orders/${po_id}`)).body as PurchaseOrder),
    );
  }

  async function found(is: (order: PurchaseOrder) => boolean): Promise<PurchaseOrder> {
    const deadline = Date.now() + SETTLED_WITHIN_MS;
    for (;;) {
      const order = (await orders()).find(is);
      if (order !== undefined) return order;
      if (Date.now() > deadline) throw new Error(`no order came to that within ${SETTLED_WITHIN_MS / 1_000} s`);
      await sleep(REPEAT_AFTER_MS);
    }
  }

  /** I16: what an item waits for is on exactly one live order, and each live order's lines are that. */
  async function booksAgainstItems(): Promise<string[]> {
    const live = (await orders()).filter(({ status }) => status !== "cancelled" && status !== "received");
    const wrong: string[] = [];
    for (const product of PRODUCTS) {
      const { body } = await answered("GET", `/products/${product}`);
      const { open_orders } = body as { open_orders: readonly { po_id: string | null; quantity: number }[] };
      for (const { po_id, quantity } of open_orders) {
        const line = live.find((order) => order.po_id === po_id)?.lines.find((each) => each.product_id === product);
        if (line === undefined || line.quantity - line.received !== quantity)
          wrong.push(`${product} waits for ${quantity} of ${po_id}, which has ${line?.quantity ?? "no line of it"}`);
      }
      const lines = live.flatMap((order) => order.lines.filter((each) => each.product_id === product));
      if (lines.length !== open_orders.length)
        wrong.push(`${product} is on ${lines.length} live orders and waits for ${open_orders.length}`);
    }
    return wrong;
  }
}

function orderMails({ mails }: MailSink) {
  return mails.filter(({ subject }) => subject.startsWith("Purchase order"));
}

function booksAgainstMails(sent: readonly PurchaseOrder[], sink: MailSink): string[] {
  const faults: string[] = [];
  const byNumber = Map.groupBy(orderMails(sink), ({ subject }) => /PO-\S+/.exec(subject)?.[0] ?? "");
  if (new Set(sent.map(({ number }) => number)).size !== sent.length) faults.push("two orders have one number");
  const numbers = new Set(sent.map(({ number }) => number));
  for (const number of byNumber.keys()) if (!numbers.has(number)) faults.push(`${number} was mailed and is no order`);
  for (const order of sent) {
    const { number, lines, audit } = order;
    const mails = byNumber.get(number ?? "") ?? [];
    if (mails.length === 0) faults.push(`${number} was never mailed`);
    if (new Set(mails.map(({ messageId, text }) => `${messageId}\n${text}`)).size > 1)
      faults.push(`${number} was mailed again as another mail`);
    if (audit.filter(({ event }) => event === "sent").length !== 1) faults.push(`${number} was sent more than once`);
    const fault = purchaseAuditFault(toAudited(order));
    if (fault !== null) faults.push(`${number}: ${fault}`);
    for (const { product_id, quantity } of lines) {
      const text = mails[0]?.text ?? "";
      if (!text.includes(`=${product_id}`) || !text.includes(`   ${quantity},`))
        faults.push(`${number}: the mail does not say ${quantity} of ${product_id}`);
    }
  }
  return faults;
}
