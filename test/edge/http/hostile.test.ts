import { describe, expect, it } from "vitest";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { BatchBody } from "../../../src/api/trigger/trigger-request.ts";
import { countOf } from "../../support/counts.ts";
import { BROKEN_CSV, brokenBodies, malformedTexts, ODD_NUMBERS, type Payload } from "../support/hostile.ts";
import { dumpAtRest, type Dump } from "../support/dump.ts";
import { withKey } from "../support/keys.ts";
import { askQuietly } from "../support/quiet-app.ts";
import { ask, aTrigger, ROOT_KEY, trigger, useWorld } from "../support/world.ts";

useWorld();

const GENERATED_A_ROUTE = countOf(2_050);
const LONG_RUN_MS = 900_000;
const SEED = 20_261_122;

/** A good body of each JSON route: what is sent is always one step or more away from it. */
const GOOD: Readonly<Record<string, Record<string, unknown>>> = {
  "/inventory-trigger": aTrigger(),
  "/inventory-triggers": { triggers: [aTrigger()] },
  "/workflows/:workflow_id/replay": { model: "gpt" },
  "/approve/:workflow_id": { decision: "approve", comment: "fine", revision: 1 },
  "/reviews/:workflow_id/link": { reviewer: "ana@shop.example" },
  "/reviews/:workflow_id/extend": { seconds: 60 },
  "/forecasts/:product_id": { points: [{ date: "2040-03-02", mean: 4 }] },
  "/products/:product_id": { pack_size: 6, unit_cost: 2 },
  "/products/:product_id/what-if": { current_stock: 4, unit_cost: 2, expected_at: "2040-03-09" },
  "/products/:product_id/receipts": { quantity: 4, reference: "r-1" },
  "/products/:product_id/orders": { reference: "o-1", quantity: 4, expected_at: "2040-03-09T00:00:00Z" },
  "/products/:product_id/orders/:workflow_id": { quantity: 4, reason: "late" },
  "/stores/:store_id": { name: "Main", count_max_age_hours: 12 },
  "/stores/:store_id/season": { week: null },
  "/suppliers/:supplier_id": { name: "A supplier", lead_time_days: 3 },
  "/events/:event_id": { name: "A feast", from: "2040-05-01", to: "2040-05-02", multiplier: 2 },
  "/sales/complete": { store_id: "main", through: "2040-02-01" },
  "/people/:person_id": { name: "Ana", email: "ana@shop.example", value_limit: 100 },
  "/purchase-orders/:po_id/lines": { revision: 1, lines: [{ product_id: "SKU-1", quantity: 12 }] },
  "/purchase-orders/:po_id/approve": { revision: 1 },
  "/purchase-orders/:po_id/send": { revision: 1 },
  "/purchase-orders/:po_id/cancel": { revision: 1, reason: "no longer needed" },
  "/purchase-orders/:po_id/confirm": { reference: "c-1", lines: [{ product_id: "SKU-1", quantity: 12 }] },
  "/purchase-orders/:po_id/receive": { reference: "r-1", lines: [{ product_id: "SKU-1", quantity: 12 }] },
  "/runs": { store_id: "main" },
  "/projections/rebuild/objects": { objects: ["0".repeat(64)] },
  "/reviews/:workflow_id/ask": { person_id: "ana" },
  "/webhooks/:webhook_id": {
    url: "http://localhost:9/hook",
    events: ["review.opened"],
    secret: "a-secret-of-this-endpoint",
  },
  "/stores/:store_id/connections/shopify": {
    domain: "shop.myshopify.com",
    location_id: "1",
    secrets: ["a-secret-of-this-shop"],
  },
  "/sign-in": { email: "ana@shop.example" },
  "/keys": { name: "tokyo", scopes: ["read"], expires_at: null },
};

const JSON_ROUTES = ROUTES.flatMap((route) => {
  const schema = route.docs.body?.["application/json"];
  // What the page /import sends goes to the same handlers, and only with its session's token.
  return schema == null || route.path.startsWith("/import/")
    ? []
    : [{ ...route, schema: route.path === "/inventory-triggers" ? BatchBody : schema }];
});

let sent = 0;

async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: BodyInit | null,
): Promise<{ status: number; type: string; text: string }> {
  sent++;
  const response = await askQuietly(method, path, { ...withKey(ROOT_KEY), ...headers }, body);
  return { status: response.status, type: response.headers.get("Content-Type") ?? "", text: await response.text() };
}

function expectRefused({ status, type, text }: { status: number; type: string; text: string }, what: string): void {
  if (status >= 400 && status < 500 && type === "application/problem+json" && JSON.parse(text).status === status)
    return;
  expect.fail(`${what} was answered ${status} ${type}: ${text.slice(0, 300)}`);
}

/** What must not have changed: everything but the counters of refused requests, which are there to change. */
async function rowsAtRest(): Promise<Dump> {
  const { "d1.counters": _, ...rest } = await dumpAtRest();
  return rest;
}

describe("whatever is sent", () => {
  it(
    "is answered 4xx with a problem, 20,000 times and more (fewer in a short run), and leaves no row behind",
    async () => {
      const { body } = await trigger({ product_id: "ASKS" });
      const before = await rowsAtRest();
      const pathOf = (path: string): string => path.replace(":workflow_id", body.workflow_id).replace(/:\w+/u, "NEW");
      const json = { "Content-Type": "application/json" };

      for (const { method, path, schema } of JSON_ROUTES) {
        const good = GOOD[path]!;
        const at = pathOf(path);
        for (const text of brokenBodies(schema, good, GENERATED_A_ROUTE, SEED)) {
          expectRefused(await send(method, at, json, text), `${method} ${path} ${text.slice(0, 200)}`);
        }
        for (const [name, payload] of Object.entries(malformedTexts(JSON.stringify(good)))) {
          if (path.endsWith("/replay") && typeof payload === "string" && payload.trim() === "") continue;
          expectRefused(await send(method, at, json, payload), `${method} ${path} with ${name}`);
        }
        for (const [field, value] of Object.entries(good)) {
          if (typeof value !== "number") continue;
          for (const odd of ODD_NUMBERS) {
            const text = JSON.stringify({ ...good, [field]: "ODD" }).replace('"ODD"', odd);
            expectRefused(await send(method, at, json, text), `${method} ${path} ${text}`);
          }
        }
        for (const [name, headers, payload] of oddEnvelopes(JSON.stringify(good))) {
          // A form is what the page of that path sends, and a page answers it.
          if (path === "/sign-in" && name.includes("form")) continue;
          expectRefused(await send(method, at, headers, payload), `${method} ${path} with ${name}`);
        }
      }
      for (const path of ["/history/NEW", "/forecasts/NEW"]) {
        for (const payload of BROKEN_CSV) {
          expectRefused(
            await send("PUT", path, { "Content-Type": "text/csv" }, payload),
            `PUT ${path} ${String(payload).slice(0, 80)}`,
          );
        }
        expectRefused(
          await send("PUT", path, { "Content-Type": "text/csv" }, chunked(2 * 1_048_576 + 1)),
          "a chunked CSV above the limit",
        );
      }
      for (const query of ODD_QUERIES) {
        for (const path of ["/products/NEW", "/history/NEW", "/forecasts/NEW"])
          expectRefused(await send("GET", `${path}?${query}`, {}, null), `GET ${path}?${query}`);
      }
      for (const query of [
        "limit=0",
        "limit=201",
        "limit=1e1",
        "limit=0x1",
        "limit=-1",
        "limit=",
        "limit=5&limit=6",
        "cursor=!",
        "cursor=bnVsbA",
        "status=open",
        "x=1",
        "__proto__=1",
      ]) {
        expectRefused(await send("GET", `/reviews?${query}`, {}, null), `GET /reviews?${query}`);
      }
      for (const key of ["", '""', '"', '"a', 'a"b', "a, b", "é", "x".repeat(256), `"${"x".repeat(256)}"`]) {
        const headers = { ...json, "Idempotency-Key": key };
        expectRefused(
          await send("POST", "/inventory-trigger", headers, JSON.stringify(aTrigger())),
          `Idempotency-Key ${key}`,
        );
      }
      for (const name of [
        "%2e",
        "..%2f",
        "%00",
        "a%0Ab",
        "%E2%80%A8",
        "%ED%A0%80",
        "%F4%90%80%80",
        "x".repeat(129),
        "%20",
      ]) {
        expectRefused(await send("GET", `/products/${name}`, {}, null), `GET /products/${name}`);
      }
      for (const id of [
        "0",
        "x-1",
        "f".repeat(64),
        `${"f".repeat(64)}-1`,
        `${"f".repeat(64)}-0`,
        `${"0".repeat(64)}-99999999999`,
        "%00",
        `${body.workflow_id}%0A`,
        `${body.workflow_id}/../x`,
      ]) {
        expectRefused(await send("GET", `/workflows/${id}`, {}, null), `GET /workflows/${id}`);
        expectRefused(await send("POST", `/approve/${id}`, json, '{"decision":"approve"}'), `POST /approve/${id}`);
      }

      expect(sent).toBeGreaterThanOrEqual(countOf(20_000));
      expect(await rowsAtRest()).toEqual(before);
    },
    LONG_RUN_MS,
  );

  it("a trigger at the edge of what is allowed is decided, never a 5xx", async () => {
    const extremes = {
      lead_time_days: [0, 3_650],
      review_period_days: [1 / 1_440, 3_650],
      holding_cost: [0, 5e-324, 1e9],
      shortage_cost: [0, 5e-324, 1e9],
      service_level: [5e-324, 0.9999999999999999],
      unit_cost: [0, 1e9],
      min_order_quantity: [0, 1e9],
      pack_size: [0.001, 1e9],
      max_stock: [0, 1e9],
      shelf_life_days: [1 / 1_440, 3_650],
      current_stock: [-1e9, 1e9, 5e-324],
      safety_stock_level: [0, 1e9],
      on_order: [0, 1e9],
      backordered: [0, 1e9],
    };
    let item = 0;
    for (const [field, values] of Object.entries(extremes)) {
      for (const value of values) {
        const { status, body } = await ask(
          "POST",
          "/inventory-trigger",
          aTrigger({ product_id: `E${item++}`, [field]: value }),
        );
        expect([field, value, status, body.decision?.recommended_quantity]).toEqual([
          field,
          value,
          expect.toBeOneOf([200, 202]),
          expect.any(Number),
        ]);
      }
    }
    const all = await ask(
      "POST",
      "/inventory-trigger",
      aTrigger({
        product_id: "ALL",
        holding_cost: 0,
        shortage_cost: 0,
        pack_size: 1e9,
        max_stock: 0,
        min_order_quantity: 1e9,
      }),
    );
    expect([200, 202]).toContain(all.status);
  });
});

const ODD_QUERIES = [
  "store_id=",
  "store_id=.",
  "store_id=..",
  "store_id=%00",
  "store_id=a&store_id=b",
  "store_id[]=a",
  "store=a",
  "STORE_ID=a",
  "__proto__=a",
  "constructor=a",
  "store_id=%0A",
  `store_id=${"x".repeat(129)}`,
  "store_id=%E2%80%A8",
  "store_id=%FF",
  "store_id=a%",
  "&=&",
  "x",
];

function oddEnvelopes(good: string): [string, Record<string, string>, Payload | ReadableStream][] {
  const json = { "Content-Type": "application/json" };
  return [
    ["no content type", {}, Uint8Array.from(new TextEncoder().encode(good))],
    ["text/plain", { "Content-Type": "text/plain" }, good],
    ["a form's type", { "Content-Type": "application/x-www-form-urlencoded" }, good],
    ["multipart", { "Content-Type": "multipart/form-data; boundary=x" }, good],
    ["two types", { "Content-Type": "application/json, text/csv" }, good],
    ["a type that only starts alike", { "Content-Type": "application/jsonp" }, good],
    ["a patch type", { "Content-Type": "application/merge-patch+json" }, good],
    ["another charset", { "Content-Type": "application/json; charset=utf-16" }, good],
    ["a quoted other charset", { "Content-Type": 'application/json; charset="iso-8859-1"' }, good],
    ["a coding", { ...json, "Content-Encoding": "gzip" }, good],
    ["an over-long body", json, `${good}${" ".repeat(1_048_577)}`],
    ["an over-long chunked body", json, chunked(1_048_577)],
  ];
}

function chunked(size: number): ReadableStream {
  let left = size;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      controller.enqueue(new TextEncoder().encode(" ".repeat(Math.min(left, 16_384))));
      left -= 16_384;
    },
  });
}
