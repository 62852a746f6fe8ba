/** A store with something of everything, for tests that ask every route. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { signLink } from "../../../src/review/links.ts";
import { STYLESHEET } from "../../../src/ui/generated/asset-paths.ts";
import { eventually } from "./eventually.ts";
import { oneTimeLink } from "./sign-in.ts";
import { ask, DAY_MS, salesCsv, trigger } from "./world.ts";

/** As vitest.config.ts binds it. */
const LINK_SECRET = "test-link-secret-0123456789abcdefg";

/** Gives, for each route, an address where something is found. */
export async function furnish(): Promise<(route: { readonly path: string }) => string> {
  await ask("PUT", "/products/SKU-1", { pack_size: 6, unit_cost: 2 });
  await ask(
    "PUT",
    "/history/SKU-1",
    salesCsv(60, (day) => day % 7),
  );
  await ask("PUT", "/forecasts/SKU-1", { points: [{ date: "2040-03-02", mean: 4 }] });
  await ask("PUT", "/stores/main", { name: "Main" });
  await ask("PUT", "/suppliers/SUP-1", { name: "A supplier" });
  await ask("PUT", "/events/EV-1", { name: "A feast", from: "2040-05-01", to: "2040-05-02", multiplier: 2 });
  await ask("PUT", "/webhooks/erp", {
    url: "http://localhost:9/hook",
    events: ["purchase_order.sent"],
    secret: "a-secret-of-this-endpoint",
  });
  await ask("PUT", "/stores/main/connections/shopify", {
    domain: "shop.myshopify.com",
    location_id: "1",
    secrets: ["a-secret-of-this-shop"],
  });
  await ask("PUT", "/people/ana", { name: "Ana", email: "ana@shop.example" });
  await ask("PUT", "/suppliers/SUP-2", { name: "Takes orders", lead_time_days: 2, send: "manual" });
  await ask("PUT", "/products/BOUGHT", { supplier_id: "SUP-2", unit_cost: 2 });
  await ask(
    "PUT",
    "/history/BOUGHT",
    salesCsv(60, () => 8),
  );
  await trigger({ product_id: "BOUGHT", current_stock: 0, safety_stock_level: 4 });
  const poId = await eventually(async () => {
    const [order] = (await ask("GET", "/purchase-orders")).body.purchase_orders;
    expect(order).toBeDefined();
    return order.po_id as string;
  });
  await trigger({ product_id: "QUIET", current_stock: 500 });
  const { body } = await trigger({ product_id: "ASKS" });
  const link = await ask("POST", `/reviews/${body.workflow_id}/link`, { reviewer: "ana@shop.example" });
  await ask("PUT", "/stores/empty", { name: "Nothing in it" });
  const run = await ask("POST", "/runs", { store_id: "empty" });
  await runDurableObjectAlarm(env.STORE.getByName("empty"));
  const oneTime = "a-one-time-link";
  await oneTimeLink("ana", oneTime, 24 * 60);
  const places: Readonly<Record<string, string>> = {
    file: "order.csv",
    run_id: run.body.run_id,
    link: oneTime,
    workflow_id: body.workflow_id,
    product_id: "SKU-1",
    store_id: "main",
    supplier_id: "SUP-1",
    event_id: "EV-1",
    person_id: "ana",
    webhook_id: "erp",
    po_id: poId,
    token: new URL(link.body.url).pathname.split("/").at(-1)!,
    order_token: await signLink(
      { purpose: "decide", workflowId: poId, revision: 1, recipient: "ana", expiresAt: Date.now() + DAY_MS },
      [LINK_SECRET],
    ),
    name: STYLESHEET.split("/").at(-1)!,
  };
  const orderPlaces: typeof places = { ...places, token: places["order_token"]! };
  return ({ path }) =>
    path.replace(/:(\w+)/g, (_, name: string) => (path === "/order-link/:token" ? orderPlaces : places)[name]!);
}
