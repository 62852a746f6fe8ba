import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { signLink } from "../../../src/review/links.ts";
import { STYLESHEET } from "../../../src/ui/generated/asset-paths.ts";
import { signIn, oneTimeLink } from "../support/sign-in.ts";
import { eventually } from "../support/eventually.ts";
import { countOf } from "../../support/counts.ts";
import { dumpAtRest } from "../support/dump.ts";
import { makeKey, withKey } from "../support/keys.ts";
import { askQuietly } from "../support/quiet-app.ts";
import { ask, DAY_MS, salesCsv, trigger, useWorld } from "../support/world.ts";

useWorld();

const REQUESTS_A_ROUTE = countOf(1_000);
const LONG_RUN_MS = 900_000;
const AT_ONCE = 25;

/** As vitest.config.ts binds it. */
const LINK_SECRET = "test-link-secret-0123456789abcdefg";

/** A store with something of everything, and for each route an address where that is found. */
async function furnish(): Promise<Record<string, string>> {
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
  return {
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
}

describe("GET and HEAD (I11)", () => {
  it(
    "change nothing: a thousand on every route (fewer in a short run) leave every stored row as it was",
    async () => {
      const places = await furnish();
      const cookie = await signIn();
      const routes = ROUTES.filter(({ method }) => method === "GET");
      const { key } = await makeKey({ scopes: ["read", "metrics", "admin"] });
      // Deliveries and projections of what was furnished come to rest first.
      const before = await dumpAtRest();
      for (const route of routes) {
        const placed = route.path === "/order-link/:token" ? { ...places, token: places["order_token"]! } : places;
        const path = route.path.replace(/:(\w+)/g, (_, name: string) => placed[name]!);
        const statuses = new Set<number>();
        const headers = route.scope === "open" ? { Cookie: cookie } : withKey(key);
        for (let sent = 0; sent < REQUESTS_A_ROUTE; sent += AT_ONCE) {
          const answers = await Promise.all(
            Array.from({ length: AT_ONCE }, (_, at) =>
              askQuietly((sent + at) % 2 === 0 ? "GET" : "HEAD", path, headers),
            ),
          );
          for (const answer of answers) {
            statuses.add(answer.status);
            await answer.arrayBuffer();
          }
        }
        // What the page /import asks needs the session's token beside its cookie.
        expect([path, [...statuses]]).toEqual([path, [path.startsWith("/import/") ? 403 : 200]]);
      }
      expect(await dumpAtRest()).toEqual(before);
    },
    LONG_RUN_MS,
  );
});
