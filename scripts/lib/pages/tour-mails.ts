/**
 * Has the mails sent that a sample morning alone does not send: a reminder, a colleague who is asked, an order that is
 * asked about before its cut-off, and the one mail of another store's morning.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Stockwarden } from "../../../src/client/client.ts";
import { SAMPLE_STORE_ID } from "../sample/sample-store.ts";
import type { LocalServer } from "../server/local-server.ts";
import type { CaughtMail } from "./mail-catcher.ts";
import { HOUR_MS } from "../../../src/shared/durations.ts";

/** The share of a question's time after which people are reminded: soon, so that the pictures have the mail. */
export const REMINDER_FRACTION = "0.004";
const MARKET = "market-hall";
const SUPPLIER = "night-bakery";
const BREADS = { "rolls-spelt": "Rolls spelt 6", "bread-oat-750g": "Bread oat 750g" } as const;
const WAIT_MS = 180_000;
const LOOK_AGAIN_MS = 100;

/** Paths that the mails hold, for those who are not signed in. */
export interface MailedPaths {
  readonly order: string;
}

/** `open` is a question that waits, and ben a person who may answer. */
export async function sendEveryMail(
  client: Stockwarden,
  server: LocalServer,
  mails: readonly CaughtMail[],
  open: string,
): Promise<MailedPaths> {
  await post(server, `/reviews/${open}/ask`, { person_id: "ben", note: "Is the festival still on?" });
  await until(() => mails.find(({ subject }) => subject.includes("asks you")));
  const order = await askAboutOrder(client, mails);
  await sendMorning(client, mails);
  await until(() => mails.find(({ subject }) => subject.startsWith("Reminder")));
  return { order };
}

/** An order that closes in less than two hours is asked about at once. */
async function askAboutOrder(client: Stockwarden, mails: readonly CaughtMail[]): Promise<string> {
  const supplier = { name: "Night bakery", lead_time_days: 1, cut_off: clockIn(1.5), send: "manual" } as const;
  await client.putSupplier(SUPPLIER, supplier);
  const [[product, name]] = Object.entries(BREADS) as [[string, string]];
  await client.putProduct(product, { name, supplier_id: SUPPLIER, unit_cost: 0.3 }, SAMPLE_STORE_ID);
  const counted = { product_id: product, store_id: SAMPLE_STORE_ID, current_stock: 3, safety_stock_level: 24 };
  const { workflow_id } = await client.trigger(counted);
  await client.decide(workflow_id, { decision: "approve", revision: 1 });
  const mail = await until(() => mails.find(({ text }) => text.includes("/order-link/")));
  return /\/order-link\/\S+/u.exec(mail.text)![0];
}

/** Items that were counted well, and of which more is wanted by the morning: its run asks about them. */
async function sendMorning(client: Stockwarden, mails: readonly CaughtMail[]): Promise<void> {
  await client.putStore(MARKET, { name: "Market hall", reviewers: ["ana"], review_at: clockIn(1) });
  const want = async (safety_stock_level: number): Promise<void> => {
    for (const [product, name] of Object.entries(BREADS))
      await client.putProduct(product, { name, unit_cost: 0.3, safety_stock_level }, MARKET);
  };
  await want(4);
  for (const product_id of Object.keys(BREADS))
    await client.trigger({ product_id, store_id: MARKET, current_stock: 3 });
  // A run finds the items that the database has heard of.
  await until(async () => ((await runOf(client)).items === Object.keys(BREADS).length ? true : null));
  await want(24);
  await runOf(client);
  await until(() => mails.find(({ subject }) => subject.includes("questions for you")));
}

async function runOf(client: Stockwarden) {
  const { run_id } = await client.startRun({ store_id: MARKET });
  return until(async () => {
    const run = await client.run(run_id);
    return run.status === "done" ? run : null;
  });
}

async function post(server: LocalServer, path: string, body: object): Promise<void> {
  const headers = { Authorization: `Bearer ${server.key}`, "Content-Type": "application/json" };
  const { ok, status } = await fetch(server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!ok) throw new Error(`POST ${path}: ${status}`);
}

/** A time of day, UTC, that is always so far ahead. */
function clockIn(hours: number): string {
  return new Date(Date.now() + hours * HOUR_MS).toISOString().slice(11, 16);
}

/** Looks until it finds something. */
export async function until<T>(look: () => T | null | undefined | Promise<T | null | undefined>): Promise<T> {
  for (const end = Date.now() + WAIT_MS; ; await sleep(LOOK_AGAIN_MS)) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${WAIT_MS} ms for what the pictures show: ${look.toString()}`);
  }
}
