/** I19 on the pages: whoever is signed in with a key of one store neither sees nor changes another store's anything. */
import { exports } from "cloudflare:workers";
import { expect, it } from "vitest";
import { ROUTES } from "../../../src/http/routes/index.ts";
import type { Route } from "../../../src/http/kit/route.ts";
import { eventually } from "../support/eventually.ts";
import { ask, projected, read, salesCsv, trigger, useWorld } from "../support/world.ts";
import { csrfIn } from "../support/sign-in.ts";

const HERE = "north";
const ELSEWHERE = "south";
/** Parts of names that only the other store has. */
const OF_ELSEWHERE = ["SOUTHERN", "Saltmarsh", ELSEWHERE];
const ORIGIN = "http://localhost:8787";

useWorld();

/** A question, an answered one and an order of each store. */
async function furnish(store: string, product: string, name: string) {
  const at = `?store_id=${store}`;
  await ask("PUT", `/stores/${store}`, { name: `${name} ${store}` });
  await ask("PUT", "/suppliers/dairy", { name: "Dairy", lead_time_days: 2, cut_off: "11:00", send: "manual" });
  const settings = { name, supplier_id: "dairy", unit_cost: 2, lead_time_days: 2, safety_stock_level: 4 };
  await ask("PUT", `/products/${product}-BOUGHT${at}`, settings);
  const sales = salesCsv(84, (day) => 8 + (day % 2));
  await ask("PUT", `/history/${product}-BOUGHT${at}`, sales);
  await trigger({ product_id: `${product}-BOUGHT`, store_id: store, current_stock: 3, safety_stock_level: 4 });
  const orderId = await eventually(async () => {
    const [order] = (await ask("GET", `/purchase-orders${at}`)).body.purchase_orders;
    expect(order).toBeDefined();
    return order.po_id as string;
  });
  const { supplier_id: _sentTo, ...own } = settings;
  await ask("PUT", `/products/${product}-OWN${at}`, own);
  await ask("PUT", `/history/${product}-OWN${at}`, sales);
  await trigger({ product_id: `${product}-OWN`, store_id: store, current_stock: 3, safety_stock_level: 4 });
  await ask("PUT", `/products/${product}${at}`, { name });
  const { body } = await trigger({ product_id: product, store_id: store });
  await ask("PUT", `/products/${product}-NO${at}`, { name });
  const answered = (await trigger({ product_id: `${product}-NO`, store_id: store })).body.workflow_id;
  await ask("POST", `/approve/${answered}`, { decision: "reject" });
  for (const id of [product, `${product}-BOUGHT`, `${product}-OWN`, `${product}-NO`]) await projected(id, store);
  return { store, product, workflowId: body.workflow_id as string, answered: answered as string, orderId };
}

type Furnished = Awaited<ReturnType<typeof furnish>>;

async function signedIn() {
  const scopes = ["trigger", "read", "review", "write"];
  const { body } = await ask("POST", "/keys", { name: "till of the north", scopes, stores: [HERE] });
  const answer = await send("POST", "/inbox/sign-in", "", { key: body.key });
  return answer.headers.get("Set-Cookie")!.split(";")[0]!;
}

function send(method: string, path: string, cookie: string, form?: Record<string, string>, headers = {}) {
  const ours = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  return exports.default.fetch(`${ORIGIN}${path}`, {
    method,
    redirect: "manual",
    headers: { Cookie: cookie, ...(form === undefined ? {} : { ...ours, ...type }), ...headers },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  });
}

/** Pages of those who are signed in; a link's page belongs to whoever it was made for. */
const PAGES = ROUTES.filter(
  ({ scope, docs, path }) => scope === "open" && docs.group === "pages" && !/:token|:link|sign-|slack/.test(path),
);

function pathOf({ path }: Route, of: Furnished): string {
  return path
    .replace(/^\/decisions\/:workflow_id\/take-back/, `/decisions/${of.answered}/take-back`)
    .replace(":workflow_id", of.workflowId)
    .replace(":po_id", of.orderId)
    .replace(":store_id", of.store)
    .replace(":product_id", of.product)
    .replace(":file", "order.csv");
}

it("show nothing of another store, whatever address is asked for", async () => {
  const here = await furnish(HERE, "NORTHERN", "Highland Oats");
  const there = await furnish(ELSEWHERE, "SOUTHERN", "Saltmarsh Crisps");
  const cookie = await signedIn();
  const queries = [
    "",
    "?show=history",
    "?show=short",
    "?q=S",
    "?group=store",
    `?store=${ELSEWHERE}`,
    "?after=WyIiLCIiXQ",
  ];
  const wrong: string[] = [];
  let shown = 0;
  for (const route of PAGES.filter(({ method, path }) => method === "GET" && !path.startsWith("/import/"))) {
    for (const of of [here, there]) {
      for (const query of queries) {
        const path = pathOf(route, of) + query;
        const answer = await send("GET", path, cookie);
        const text = (await answer.text()).replaceAll(`store=${ELSEWHERE}`, "");
        if (of === here && answer.status === 200) shown++;
        const seen = OF_ELSEWHERE.filter((name) => text.includes(name));
        if (seen.length > 0) wrong.push(`${path}: ${answer.status}, ${seen.join(", ")}`);
        if (of === there && route.path.includes(":") && answer.status !== 404) wrong.push(`${path}: ${answer.status}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(shown).toBeGreaterThan(queries.length * 8);
});

it("change nothing of another store, whatever form is sent", async () => {
  const here = await furnish(HERE, "NORTHERN", "Highland Oats");
  const there = await furnish(ELSEWHERE, "SOUTHERN", "Saltmarsh Crisps");
  const cookie = await signedIn();
  const page = await (await send("GET", `/inbox/reviews/${here.workflowId}`, cookie)).text();
  const csrf = csrfIn(page);
  const stateOf = async () => [
    await read(there.workflowId),
    await read(there.answered),
    (await ask("GET", `/purchase-orders/${there.orderId}`)).body,
    (await ask("GET", `/products/${there.product}?store_id=${ELSEWHERE}`)).body,
  ];
  const before = await stateOf();
  const FORMS: readonly Record<string, string>[] = [
    { decision: "approve", revision: "1" },
    { decision: "reject", revision: "1" },
    { ask: "ana" },
    { step: "take_back" },
    { step: "ask" },
    { step: "confirm", decision: "approve", pick: JSON.stringify([there.workflowId, 1]) },
    { step: "look", decision: "approve", pick: JSON.stringify([there.workflowId, 1]) },
    ...["approve", "send", "cancel", "save", "receive", "look:SOUTHERN-BOUGHT"].map((action) => ({
      do: action,
      revision: "1",
      "q:SOUTHERN-BOUGHT": "99",
      "r:SOUTHERN-BOUGHT": "1",
    })),
  ];
  const wrong: string[] = [];
  for (const route of PAGES.filter(({ method, path }) => method === "POST" && !path.startsWith("/import/"))) {
    const path = pathOf(route, there);
    for (const form of FORMS) {
      const answer = await send("POST", path, cookie, { ...form, csrf });
      const text = await answer.text();
      if (OF_ELSEWHERE.some((name) => text.includes(name))) wrong.push(`${path} ${JSON.stringify(form)} shows it`);
      if (route.path.includes(":") && ![403, 404].includes(answer.status)) wrong.push(`${path}: ${answer.status}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(await stateOf()).toEqual(before);
});
