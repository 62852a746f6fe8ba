/** I19: a key that is bound to stores neither sees nor changes another store, on any route. */
import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ROUTES } from "../../../src/http/routes/index.ts";
import type { Route } from "../../../src/http/kit/route.ts";
import { signIn } from "../support/sign-in.ts";
import { eventually } from "../support/eventually.ts";
import { approve, ask, projected, read, salesCsv, trigger, useWorld, type Answer } from "../support/world.ts";

const HERE = "north";
const ELSEWHERE = "south";

useWorld();

async function boundKey(scopes: readonly string[] = ["trigger", "read", "review", "write"]): Promise<string> {
  const { status, body } = await ask("POST", "/keys", { name: "till of the north", scopes, stores: [HERE] });
  expect([status, body.stores]).toEqual([201, [HERE]]);
  return body.key;
}

/** A purchase order of a store, as soon as it is listed. */
async function orderOf(store: string): Promise<string> {
  await ask("PUT", "/suppliers/dairy", { name: "Dairy", lead_time_days: 2, cut_off: "11:00", send: "manual" });
  const settings = { supplier_id: "dairy", unit_cost: 2, lead_time_days: 2, safety_stock_level: 4 };
  await ask("PUT", `/products/MILK?store_id=${store}`, settings);
  const sales = salesCsv(84, (day) => 8 + (day % 2));
  await ask("PUT", `/history/MILK?store_id=${store}`, sales);
  await trigger({ product_id: "MILK", store_id: store, current_stock: 3, safety_stock_level: 4 });
  return eventually(async () => {
    const [order] = (await ask("GET", `/purchase-orders?store_id=${store}`)).body.purchase_orders;
    expect(order).toBeDefined();
    return order.po_id as string;
  });
}

interface OfElsewhere {
  readonly workflowId: string;
  readonly runId: string;
  readonly poId: string;
}

function as(key: string, method: string, path: string, body?: unknown): Promise<Answer> {
  return ask(method, path, body, { Authorization: `Bearer ${key}` });
}

describe("a key that is bound to stores", () => {
  /** What each guarded route needs beside the other store's name, to reach its own check. Absent: nothing. */
  const BODIES: Readonly<Record<string, unknown>> = {
    "POST /inventory-trigger": { product_id: "SKU-1", store_id: ELSEWHERE, current_stock: 1, safety_stock_level: 4 },
    "POST /approve/:workflow_id": { decision: "reject" },
    "POST /reviews/:workflow_id/ask": { person_id: "ana" },
    "POST /reviews/:workflow_id/extend": { seconds: 60 },
    "POST /runs": { store_id: ELSEWHERE },
    "PUT /stores/:store_id": { name: "mine now" },
    "PUT /suppliers/:supplier_id": { name: "mine now" },
    "PUT /events/:event_id": { name: "all stores", from: "2040-05-01", to: "2040-05-02", multiplier: 2 },
    "PUT /stores/:store_id/season": { week: null },
    "PUT /products/:product_id": { unit_cost: 1 },
    "POST /products/:product_id/receipts": { quantity: 1 },
    "POST /sales/complete": { store_id: ELSEWHERE, through: "2040-02-20" },
    "POST /purchase-orders/:po_id/lines": { revision: 1, lines: [{ product_id: "MILK", quantity: 9 }] },
    "POST /purchase-orders/:po_id/approve": { revision: 1 },
    "POST /purchase-orders/:po_id/send": { revision: 1 },
    "POST /purchase-orders/:po_id/cancel": { revision: 1, reason: "mine now" },
    "POST /purchase-orders/:po_id/confirm": { reference: "A-1" },
    "POST /purchase-orders/:po_id/receive": { reference: "N-1", lines: [{ product_id: "MILK", quantity: 9 }] },
  };
  /** Lists and tools: what they show is tested below. Those of `admin` and `metrics` no bound key can reach. */
  const ELSEWHERE_TESTED = new Set([
    "GET /reviews",
    "GET /audit",
    "GET /stores",
    "GET /suppliers",
    "GET /suppliers/:supplier_id",
    "GET /events",
    "GET /events/:event_id",
    "POST /mcp",
    "POST /inventory-triggers",
    "GET /purchase-orders",
  ]);

  function pathOf(route: Route, { workflowId, runId, poId }: OfElsewhere): string {
    const path = route.path
      .replace(":workflow_id", workflowId)
      .replace(":run_id", runId)
      .replace(":po_id", poId)
      .replace(":store_id", ELSEWHERE)
      .replace(":product_id", "SKU-1")
      .replace(/:\w+/, "any");
    return route.query !== undefined && "store_id" in route.query.shape ? `${path}?store_id=${ELSEWHERE}` : path;
  }

  it("is refused the other store on every route that there is", async () => {
    const key = await boundKey();
    const { body } = await trigger({ store_id: ELSEWHERE });
    await ask("PUT", "/suppliers/any", { name: "A supplier" });
    const poId = await orderOf(ELSEWHERE);
    const run = await ask("POST", "/runs", { store_id: ELSEWHERE });
    const of = { workflowId: body.workflow_id, runId: run.body.run_id, poId };
    const before = [await read(body.workflow_id), (await ask("GET", `/purchase-orders/${poId}`)).body];
    const wrong: string[] = [];
    for (const route of ROUTES) {
      const name = `${route.method} ${route.path}`;
      if (route.scope === "open" || ELSEWHERE_TESTED.has(name)) continue;
      const answer = await as(key, route.method, pathOf(route, of), BODIES[name]);
      if (![403, 404].includes(answer.status)) wrong.push(`${name}: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
    expect([await read(body.workflow_id), (await ask("GET", `/purchase-orders/${poId}`)).body]).toEqual(before);
  });

  it("decides, reads and answers in its own store", async () => {
    const key = await boundKey();
    const decided = await as(key, "POST", "/inventory-trigger", {
      product_id: "SKU-1",
      store_id: HERE,
      current_stock: 3,
      safety_stock_level: 40,
    });
    expect(decided.status).toBe(202);
    expect((await as(key, "GET", `/workflows/${decided.body.workflow_id}`)).status).toBe(200);
    expect((await as(key, "POST", `/approve/${decided.body.workflow_id}`, { decision: "approve" })).status).toBe(200);
    expect((await as(key, "PUT", `/stores/${HERE}`, { name: "North" })).status).toBe(201);
  });

  it.each([
    ["POST", "/sales", "product_id,date,units,store_id\nSKU-1,2040-02-20,4,"],
    ["PUT", "/catalogue", "product_id,unit_cost,store_id\nSKU-1,4,"],
  ])("uploads rows that name its own store: %s %s", async (method, path, rows) => {
    const key = await boundKey();
    expect((await as(key, method, path, `${rows}${HERE}\n`)).status).toBe(200);
    // A row without a store is one of main.
    for (const store of [ELSEWHERE, ""])
      expect((await as(key, method, path, `${rows}${store}\n`)).status, store).toBe(404);
  });

  it("finds its own store alone in lists", async () => {
    const key = await boundKey();
    for (const store_id of [HERE, ELSEWHERE]) {
      await trigger({ store_id });
      await ask("PUT", `/stores/${store_id}`, { name: store_id });
      await projected("SKU-1", store_id);
    }
    const storesIn = (rows: { store_id: string }[]): string[] => [...new Set(rows.map(({ store_id }) => store_id))];
    expect(storesIn((await as(key, "GET", "/reviews")).body.reviews)).toEqual([HERE]);
    expect(storesIn((await as(key, "GET", "/audit")).body.trails)).toEqual([HERE]);
    expect(storesIn((await as(key, "GET", "/stores")).body.stores)).toEqual([HERE]);
  });

  it("pages through what it sees, and no cursor names anything else", async () => {
    const key = await boundKey();
    for (const store_id of ["a", "b", HERE, "z"]) await ask("PUT", `/stores/${store_id}`, { name: store_id });
    expect((await as(key, "GET", "/stores?limit=1")).body).toMatchObject({
      stores: [{ store_id: HERE }],
      next_cursor: null,
    });
    const days = { name: "Fair", from: "2040-05-01", to: "2040-05-02", multiplier: 2 };
    const reach = { a: [ELSEWHERE], b: [HERE, ELSEWHERE], c: [ELSEWHERE], d: null, e: [ELSEWHERE] };
    for (const [id, stores] of Object.entries(reach)) await ask("PUT", `/events/${id}`, { ...days, stores });
    const first = (await as(key, "GET", "/events?limit=1")).body;
    expect(first).toMatchObject({
      events: [{ event_id: "b", stores: [HERE] }],
      next_cursor: btoa('["events","b"]').replace(/=+$/, ""),
    });
    expect((await as(key, "GET", `/events?limit=1&cursor=${first.next_cursor}`)).body).toMatchObject({
      events: [{ event_id: "d", stores: null }],
      next_cursor: null,
    });
    expect((await as(key, "GET", "/events/b")).body.stores).toEqual([HERE]);
  });

  it("sees the events of its stores, and changes only those that reach no further", async () => {
    const key = await boundKey();
    const event = { name: "Fair", from: "2040-05-01", to: "2040-05-02", multiplier: 2 };
    await ask("PUT", "/events/there", { ...event, stores: [ELSEWHERE] });
    await ask("PUT", "/events/both", { ...event, stores: [HERE, ELSEWHERE] });
    expect((await as(key, "PUT", "/events/mine", { ...event, stores: [HERE] })).status).toBe(201);
    const listed = (await as(key, "GET", "/events")).body.events.map(({ event_id }: { event_id: string }) => event_id);
    expect(listed).toEqual(["both", "mine"]);
    expect((await as(key, "GET", "/events/there")).status).toBe(404);
    expect((await as(key, "DELETE", "/events/both")).status).toBe(403);
    expect((await as(key, "PUT", "/events/both", { ...event, stores: [HERE] })).status).toBe(403);
    expect((await as(key, "DELETE", "/events/mine")).status).toBe(204);
  });

  it("finds another store's event nowhere: not by writing over it, nor behind one of its own", async () => {
    const key = await boundKey();
    const days = { name: "Fair", from: "2040-05-01", to: "2040-05-02" };
    const event = { ...days, multiplier: 2 };
    await ask("PUT", "/events/there", { ...event, stores: [ELSEWHERE] });
    const before = (await ask("GET", "/events/there")).body;
    const over = await as(key, "PUT", "/events/there", { ...event, stores: [HERE] });
    expect([over.status, over.body.code]).toEqual([404, "not_found"]);
    expect(over.body.detail).toContain("choose another");
    expect((await ask("GET", "/events/there")).body).toEqual(before);

    // Somebody who sees both stores made them depend on each other.
    await ask("PUT", "/events/mine", { ...event, stores: [HERE] });
    await ask("PUT", "/events/there", { ...days, like: "mine", stores: [ELSEWHERE] });
    const kept = await as(key, "DELETE", "/events/mine");
    expect([kept.status, kept.body.code, kept.body.detail.includes("there")]).toEqual([409, "in_use", false]);
    await ask("PUT", "/events/there", { ...event, stores: [ELSEWHERE] });
    await ask("PUT", "/events/mine", { ...days, like: "there", stores: [HERE] });
    expect((await as(key, "GET", "/events/mine")).body).toMatchObject({ event_id: "mine", like: null });
    expect((await as(key, "GET", "/events")).body.events).toMatchObject([{ event_id: "mine", like: null }]);
    expect((await ask("GET", "/events/mine")).body.like).toBe("there");
  });

  it("is refused each trigger of a batch that is for another store", async () => {
    const key = await boundKey();
    const one = { product_id: "SKU-1", current_stock: 100, safety_stock_level: 4 };
    const { body } = await as(key, "POST", "/inventory-triggers", {
      triggers: [
        { ...one, store_id: HERE },
        { ...one, store_id: ELSEWHERE },
      ],
    });
    expect(body.results.map(({ status }: { status: number }) => status)).toEqual([200, 404]);
  });

  it("neither sees nor changes another store's purchase orders", async () => {
    const key = await boundKey();
    for (const store of [HERE, ELSEWHERE]) await orderOf(store);
    const all = await eventually(async () => {
      const { body } = await ask("GET", "/purchase-orders");
      expect(body.purchase_orders).toHaveLength(2);
      return body.purchase_orders as { po_id: string; store_id: string; revision: number }[];
    });
    const other = all.find(({ store_id }) => store_id === ELSEWHERE)!;
    const seen = (await as(key, "GET", "/purchase-orders")).body.purchase_orders;
    expect(seen.map(({ store_id }: { store_id: string }) => store_id)).toEqual([HERE]);
    expect((await as(key, "GET", `/purchase-orders/${other.po_id}`)).status).toBe(404);
    expect((await as(key, "GET", `/purchase-orders?store_id=${ELSEWHERE}`)).status).toBe(404);
    for (const action of ["approve", "send", "cancel"]) {
      const { status } = await as(key, "POST", `/purchase-orders/${other.po_id}/${action}`, {
        revision: other.revision,
      });
      expect(status).toBe(404);
    }
  });

  it("is refused rows of another store in an upload, and nothing of it is stored", async () => {
    const key = await boundKey();
    const sales = `product_id,store_id,date,units\nSKU-1,${HERE},2040-02-01,1\nSKU-1,${ELSEWHERE},2040-02-01,1\n`;
    expect((await as(key, "POST", `/sales?store_id=${HERE}`, sales)).status).toBe(404);
    expect((await ask("GET", `/history/SKU-1?store_id=${HERE}`)).status).toBe(404);
    const catalogue = `product_id,store_id,unit_cost\nSKU-1,${HERE},1\nSKU-1,${ELSEWHERE},1\n`;
    expect((await as(key, "PUT", `/catalogue?store_id=${HERE}`, catalogue)).status).toBe(404);
    expect((await ask("GET", `/products/SKU-1?store_id=${HERE}`)).status).toBe(404);
  });

  it("borrows no history and no measure from another store", async () => {
    const key = await boundKey();
    const like = { product_id: "SKU-2", store_id: ELSEWHERE, factor: 1 };
    expect((await as(key, "PUT", `/products/SKU-1?store_id=${HERE}`, { like })).status).toBe(404);
    const row = JSON.stringify({ product_id: "SKU-1", store_id: HERE, like });
    const types = { Authorization: `Bearer ${key}`, "Content-Type": "application/x-ndjson" };
    expect((await ask("PUT", "/catalogue", row, types)).status).toBe(404);
    expect((await ask("GET", `/products/SKU-1?store_id=${HERE}`)).status).toBe(404);
    expect(
      (await as(key, "PUT", `/products/SKU-1?store_id=${HERE}`, { like: { ...like, store_id: HERE } })).status,
    ).toBe(201);
    // Somebody who sees both stores may lend, and the key does not learn from where.
    await ask("PUT", `/products/SKU-1?store_id=${HERE}`, { unit_cost: 2, like });
    const seen = await as(key, "GET", `/products/SKU-1?store_id=${HERE}`);
    expect([seen.body.unit_cost, JSON.stringify(seen.body).includes(ELSEWHERE)]).toEqual([2, false]);
    expect((await ask("GET", `/products/SKU-1?store_id=${HERE}`)).body.like).toEqual(like);
    const days = { name: "Fair", from: "2040-05-01", to: "2040-05-02" };
    await ask("PUT", "/events/there", { ...days, multiplier: 2, stores: [ELSEWHERE] });
    expect((await as(key, "PUT", "/events/mine", { ...days, like: "there", stores: [HERE] })).status).toBe(422);
  });

  it("cannot be made with what reaches every store", async () => {
    for (const scope of ["admin", "metrics"]) {
      const { status } = await ask("POST", "/keys", { name: "too much", scopes: [scope], stores: [HERE] });
      expect(status).toBe(422);
    }
  });

  it("opens an inbox that shows and answers its own store alone", async () => {
    const key = await boundKey();
    const [mine, other] = [
      await trigger({ store_id: HERE }),
      await trigger({ store_id: ELSEWHERE, product_id: "SKU-2" }),
    ];
    await projected("SKU-1", HERE);
    await projected("SKU-2", ELSEWHERE);
    const cookie = await signIn(key);
    const page = async (path: string) => {
      const response = await exports.default.fetch(`http://localhost:8787${path}`, { headers: { Cookie: cookie } });
      return { status: response.status, text: await response.text() };
    };
    const inbox = await page("/inbox");
    expect(inbox.text).toContain("SKU-1");
    expect(inbox.text).not.toContain("SKU-2");
    expect(inbox.text).not.toContain(ELSEWHERE);
    expect((await page(`/inbox/reviews/${mine.body.workflow_id}`)).status).toBe(200);
    expect((await page(`/inbox/reviews/${other.body.workflow_id}`)).status).toBe(404);
    expect((await page(`/items/${ELSEWHERE}/SKU-2`)).status).toBe(404);
    await approve(other.body.workflow_id, { decision: "reject" });
  });
});
