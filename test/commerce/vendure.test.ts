/**
 * A real commerce server, Vendure, kept in stock by what examples/vendure.mjs adds to it: its catalogue, its sales and
 * its levels arrive by its own events, and the purchase order that comes of them is received by booking the goods
 * there.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ask, until } from "../support/black-box.ts";

const ROOT = join(import.meta.dirname, "../..");
const PACKAGES = ["@vendure/core@3.7.3", "sql.js@1.14.2"];

const folder = mkdtempSync(join(tmpdir(), "stockwarden-vendure-"));
let server: LocalServer;
let shop: ChildProcess;
let said = "";

beforeAll(async () => {
  writeFileSync(join(folder, "package.json"), '{ "name": "a-shop", "private": true }');
  // What is native in it ships built, so no script of a package has to run.
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...PACKAGES], { cwd: folder });
  for (const file of ["examples/vendure.mjs", "test/commerce/shop.mjs"])
    cpSync(join(ROOT, file), join(folder, file.slice(file.lastIndexOf("/"))));
  server = await startLocalServer({ persistTo: join(folder, "state"), env: { LOG_LEVEL: "warn" } });
  await ask(server, "PUT", "/suppliers/leaf", { name: "Leaf Co", lead_time_days: 3, send: "manual" });
  const { body } = await ask(server, "POST", "/keys", { name: "shop", scopes: ["trigger", "write"] });
  shop = spawn(process.execPath, ["shop.mjs"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], TZ: "UTC", STOCKWARDEN_URL: server.url, STOCKWARDEN_KEY: body.key },
  });
  for (const stream of [shop.stdout, shop.stderr]) stream?.on("data", (text) => (said += String(text)));
  await until(() => /open on \d+/u.test(said) || shop.exitCode !== null, 120_000);
  expect(said).toMatch(/^open on \d+$/mu);
});
afterAll(async () => {
  shop?.kill();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

class Session {
  #token = "";

  /** Throws what the shop refuses. */
  async query(api: "shop-api" | "admin-api", query: string): Promise<any> {
    const port = /open on (\d+)/u.exec(said)?.[1];
    const response = await fetch(`http://127.0.0.1:${port}/${api}`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(this.#token === "" ? {} : { Authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query }),
    });
    this.#token = response.headers.get("vendure-auth-token") ?? this.#token;
    const { data, errors } = (await response.json()) as { data?: any; errors?: unknown };
    const refusal = Object.values<any>(data ?? {}).find((result) => result?.errorCode !== undefined);
    if (errors !== undefined || refusal !== undefined) throw new Error(JSON.stringify(errors ?? refusal));
    return data;
  }
}

const FAULT = "... on ErrorResult { errorCode message }";

async function admin(): Promise<Session> {
  const session = new Session();
  await session.query(
    "admin-api",
    `mutation { login(username: "superadmin", password: "superadmin") { ... on CurrentUser { id } ${FAULT} } }`,
  );
  return session;
}

async function variantOf(sku: string): Promise<{ id: string; stockOnHand: number }> {
  const { productVariants } = await (
    await admin()
  ).query(
    "admin-api",
    `{ productVariants(options: { filter: { sku: { eq: "${sku}" } } }) { items { id stockOnHand } } }`,
  );
  return productVariants.items[0];
}

/** A customer buys: order, address, post, payment. */
async function buy(sku: string, quantity: number): Promise<void> {
  const { id } = await variantOf(sku);
  const customer = new Session();
  const steps = [
    `addItemToOrder(productVariantId: "${id}", quantity: ${quantity}) { ... on Order { id } ${FAULT} }`,
    `setCustomerForOrder(input: { emailAddress: "kim@example.com", firstName: "Kim", lastName: "Doe" }) { ... ` +
      `on Order { id } ${FAULT} }`,
    `setOrderShippingAddress(input: { streetLine1: "Way 1", countryCode: "DE" }) { ... on Order { id } ${FAULT} }`,
    `setOrderShippingMethod(shippingMethodId: ["1"]) { ... on Order { id } ${FAULT} }`,
    `transitionOrderToState(state: "ArrangingPayment") { ... on Order { id } ... on OrderStateTransitionError ` +
      "{ errorCode message } }",
    `addPaymentToOrder(input: { method: "card", metadata: {} }) { ... on Order { id state } ${FAULT} }`,
  ];
  for (const step of steps) await customer.query("shop-api", `mutation { ${step} }`);
}

const product = async (sku: string) => (await ask(server, "GET", `/products/${sku}`)).body;
const newestPosition = async (sku: string) =>
  (await product(sku)).decisions?.[0]?.decision.evidence.inventory_position as number | undefined;

describe("a Vendure shop", () => {
  it("has its catalogue here", async () => {
    await until(async () => (await product("HOJICHA")).settings !== undefined);
    expect((await product("MATCHA")).settings).toEqual({ name: "Matcha", price: 24 });
    const kept = await ask(
      server,
      "PUT",
      "/catalogue?keep=true",
      "product_id,supplier_id,unit_cost,safety_stock_level\nSENCHA,leaf,4,20\nMATCHA,leaf,11,10\nHOJICHA,leaf,3,20\n",
      { "Content-Type": "text/csv" },
    );
    expect(kept.body).toMatchObject({ items: 3, changed: 3 });
  });

  it("reports what it sells and what it has left, and is asked or told to order", async () => {
    await buy("SENCHA", 25);
    await buy("SENCHA", 2);
    await buy("HOJICHA", 1);
    await until(async () => (await newestPosition("HOJICHA")) === 499);
    await until(async () => (await newestPosition("SENCHA")) === 3);
    const today = new Date().toISOString().slice(0, 10);
    await until(async () => (await ask(server, "GET", "/history/HOJICHA")).status === 200);
    const { days } = (await ask(server, "GET", "/history/SENCHA")).body;
    expect(days).toMatchObject([{ date: today, units: 27 }]);
    expect((await product("HOJICHA")).decisions[0].decision).toMatchObject({ recommended_action: "hold" });
  });

  it("gets its stock back: a purchase order, approved and sent, is received by booking the goods there", async () => {
    // Nothing is known of its demand yet, so a person is asked; a later count only repeats the question.
    const newest = (await ask(server, "GET", `/workflows/${(await product("SENCHA")).decisions[0].workflow_id}`)).body;
    const { workflow_id, revision } = (
      await ask(server, "GET", `/workflows/${newest.superseded_by ?? newest.workflow_id}`)
    ).body;
    const verdict = { decision: "approve", revision };
    expect((await ask(server, "POST", `/approve/${workflow_id}`, verdict)).status).toBe(200);
    const orders = async () => (await ask(server, "GET", "/purchase-orders?store_id=main")).body.purchase_orders ?? [];
    await until(async () => (await orders()).some(({ lines }: any) => lines.length > 0));
    const [draft] = await orders();
    const [line] = draft.lines;
    expect(line).toMatchObject({ product_id: "SENCHA", name: "Sencha" });
    const act = async (what: string) => {
      const { revision } = (await ask(server, "GET", `/purchase-orders/${draft.po_id}`)).body;
      const answer = await ask(server, "POST", `/purchase-orders/${draft.po_id}/${what}`, { revision });
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    };
    await act("approve");
    await act("send");
    const order = async () => (await ask(server, "GET", `/purchase-orders/${draft.po_id}`)).body;
    await until(async () => (await order()).status === "sent");

    const { id, stockOnHand } = await variantOf("SENCHA");
    const arrived = stockOnHand + line.quantity;
    await (
      await admin()
    ).query(
      "admin-api",
      `mutation { updateProductVariants(input: [{ id: "${id}", stockOnHand: ${arrived} }]) { id } }`,
    );
    await until(async () => (await order()).status === "received");
    expect((await order()).lines).toMatchObject([{ product_id: "SENCHA", received: line.quantity }]);
    await until(async () => (await newestPosition("SENCHA")) === arrived - 27);
    expect((await product("SENCHA")).open_orders).toEqual([]);
    expect(said.split("\n").filter((text) => text.startsWith("stockwarden:"))).toEqual([]);
  });
});
