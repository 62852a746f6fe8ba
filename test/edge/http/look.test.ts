/** Pages to look around: today, items, a store, a decision; and what a browser is shown where nothing is. */
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { createApp } from "../../../src/app.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { eventually } from "../support/eventually.ts";
import { ask, passTime, ROOT_KEY, salesCsv, trigger, useWorld } from "../support/world.ts";
import { csrfIn } from "../support/sign-in.ts";

useWorld();

const app = createApp(ROUTES);
const ORIGIN = "http://localhost:8787";
const OURS = { Accept: "text/html,*/*", Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };

async function browse(path: string, cookie = "", form?: Record<string, string>): Promise<Response> {
  const body = form === undefined ? null : new URLSearchParams(form);
  const method = form === undefined ? "GET" : "POST";
  const headers = { ...OURS, ...(cookie === "" ? {} : { Cookie: cookie }) };
  const request = new Request(`${ORIGIN}${path}`, { method, headers, body, redirect: "manual" });
  return app.fetch(request, env, createExecutionContext());
}

async function signIn(): Promise<string> {
  const response = await browse("/inbox/sign-in", "", { key: ROOT_KEY, next: "/" });
  expect(response.headers.get("Location")).toBe("/");
  return response.headers.get("Set-Cookie")!.split(";")[0]!;
}

const textOf = async (path: string, cookie: string): Promise<string> => (await browse(path, cookie)).text();

async function describeShop(): Promise<void> {
  await ask("PUT", "/stores/tokyo-3", {
    name: "Tokyo three",
    time_zone: "Asia/Tokyo",
    locale: "ja-JP",
    currency: "JPY",
  });
  await ask("PUT", "/suppliers/UJI", { name: "Uji Tea" });
  const item = { name: "Green tea 500 g", gtin: "4006381333931", supplier_id: "UJI", unit_cost: 3.5 };
  await ask("PUT", "/products/TEA?store_id=tokyo-3", item);
}

describe("pages to look around", () => {
  it("an item's page counts what was ordered and received after its count", async () => {
    await ask(
      "PUT",
      "/history/TEA?complete_through=2040-02-29",
      salesCsv(120, () => 5),
    );
    const { body } = await trigger({ product_id: "TEA", current_stock: 0, safety_stock_level: 10, lead_time_days: 3 });
    const { quantity } = body.recommendation ?? body.decision;
    if (body.status === "awaiting_human_review")
      await ask("POST", `/approve/${body.workflow_id}`, { decision: "approve" });
    const cookie = await signIn();
    const fact = (html: string, name: string) => new RegExp(`<dt>${name}</dt><dd>([^<]*)`).exec(html)?.[1];
    const ordered = await textOf("/items/main/TEA", cookie);
    expect(ordered).toMatch(new RegExp(`Sold out now; ${quantity} expected `));
    expect([fact(ordered, "On hand"), fact(ordered, "On order")]).toEqual(["0", String(quantity)]);
    passTime(60_000);
    await ask("POST", "/products/TEA/receipts", { quantity: quantity - 1, reference: "R-1" });
    const received = await textOf("/items/main/TEA", cookie);
    expect([fact(received, "On hand"), fact(received, "On order")]).toEqual([String(quantity - 1), "1"]);
    expect(received).toContain(`with ${quantity - 1} received since`);
  });

  it.each(["Pacific/Auckland", "Pacific/Honolulu"])(
    "an item's page expects an order on the day that was said of it, in %s",
    async (time_zone) => {
      await ask("PUT", "/stores/main", { time_zone });
      await trigger({ product_id: "TEA", current_stock: 500, safety_stock_level: 10 });
      const cookie = await signIn();
      const orders = "/products/TEA/orders";
      await ask("POST", orders, { reference: "PO-1", quantity: 40, expected_at: "2040-03-08" });
      expect(await textOf("/items/main/TEA", cookie)).toContain("expected Thu 8 Mar");
      await ask("PATCH", `${orders}/PO-1`, { expected_at: "2040-03-09" });
      expect(await textOf("/items/main/TEA", cookie)).toContain("expected Fri 9 Mar");
      await ask("PATCH", `${orders}/PO-1`, { expected_at: "2040-03-10T11:30:00Z" });
      expect(await textOf("/items/main/TEA", cookie)).toContain(
        time_zone === "Pacific/Auckland" ? "expected Sun 11 Mar" : "expected Sat 10 Mar",
      );
    },
  );

  it("an item's page shows a count below zero as it was counted", async () => {
    const { body } = await trigger({ product_id: "TEA", current_stock: -30, safety_stock_level: 10 });
    const cookie = await signIn();
    for (const path of ["/items/main/TEA", `/inbox/reviews/${body.workflow_id}`])
      expect(await textOf(path, cookie), path).toContain("<dt>On hand</dt><dd>-30");
    await ask("POST", `/approve/${body.workflow_id}`, { decision: "reject" });
    const { steps } = (await ask("GET", `/workflows/${body.workflow_id}/story`)).body;
    expect(JSON.stringify(steps)).toContain("-30 on hand");
  });

  it("an item that was described and never counted has a page, which the list of items leads to", async () => {
    await ask("PUT", "/products/NEW", { name: "New tea", phase_out_on: "2020-01-01" });
    const cookie = await signIn();
    const page = await textOf("/items/main/NEW", cookie);
    expect(page).toContain("New tea");
    expect(page).toContain("Nothing was counted here yet");
    expect(page).toContain("phase_out_on: has passed");
    expect(await textOf("/items/main/NOBODY", cookie)).toContain("Unknown item");
  });

  it("what was stored and has no effect is on the page of the item or store, as in the answer to its PUT", async () => {
    await ask("PUT", "/stores/main", { name: "Main" });
    const said = [
      ...(await ask("PUT", "/suppliers/leaf", { send: "none", minimum_order_value: 900 })).body.warnings,
      ...(await ask("PUT", "/products/LEAF", { supplier_id: "leaf", phase_out_on: "2020-01-01" })).body.warnings,
    ];
    expect(said).toHaveLength(2);
    await trigger({ product_id: "LEAF", current_stock: 5, safety_stock_level: 10 });
    const cookie = await signIn();
    expect(await textOf("/stores/main", cookie)).toContain(`leaf, ${said[0]}`);
    const item = await textOf("/items/main/LEAF", cookie);
    expect(item).toContain(said[1]);
    expect(item).toContain("the plain rule");
  });

  it("a store's page names the suppliers that its items are bought from, and none of other stores", async () => {
    for (const [supplier, store] of [
      ["leaf", "main"],
      ["brew", "harbour"],
    ]) {
      await ask("PUT", `/suppliers/${supplier}`, { name: `House of ${supplier}` });
      await ask("PUT", `/products/${supplier}-1?store_id=${store}`, { supplier_id: supplier });
    }
    const page = await textOf("/stores/main", await signIn());
    expect([page.includes("House of leaf"), page.includes("House of brew")]).toEqual([true, false]);
  });

  it("a store's page asks the database as often for many suppliers as for one", async () => {
    const cookie = await signIn();
    await ask("PUT", "/stores/main", { currency: "JPY" });
    const queries = async (): Promise<number> => {
      await textOf("/stores/main", cookie);
      const prepare = vi.spyOn(env.DB, "prepare");
      await textOf("/stores/main", cookie);
      return prepare.mock.calls.length;
    };
    const described = async (supplier: string): Promise<void> => {
      await ask("PUT", `/suppliers/${supplier}`, { currency: "EUR" });
      await ask("PUT", `/products/${supplier}-1`, { supplier_id: supplier });
    };
    await described("first");
    const ofOne = await queries();
    vi.restoreAllMocks();
    for (const supplier of ["second", "third", "fourth"]) await described(supplier);
    expect(await queries()).toBe(ofOne);
    vi.restoreAllMocks();
  });

  it("an item's page says that it sells out before what is on order comes", async () => {
    await ask(
      "PUT",
      "/history/MILK?complete_through=2040-02-29",
      salesCsv(120, () => 5),
    );
    await trigger({ product_id: "MILK", current_stock: 12, safety_stock_level: 0, max_stock: 0 });
    for (const [reference, quantity, expected_at] of [
      ["PO-1", 40.1, "2040-03-08"],
      ["PO-2", 10.2, "2040-03-08"],
      ["PO-3", 90, "2040-03-09"],
    ])
      await ask("POST", "/products/MILK/orders", { reference, quantity, expected_at });
    const page = await textOf("/items/main/MILK", await signIn());
    expect(page).toMatch(/Sold out Sat 3 Mar; 50\.3 expected Thu 8 Mar\./);
  });

  it("an item's page counts on no order that is only planned", async () => {
    await ask("PUT", "/suppliers/dairy", { lead_time_days: 1, cut_off: "23:00", send: "manual" });
    await ask("PUT", "/products/MILK", { supplier_id: "dairy" });
    await ask(
      "PUT",
      "/history/MILK?complete_through=2040-02-29",
      salesCsv(120, () => 5),
    );
    const { body } = await trigger({ product_id: "MILK", current_stock: 3, safety_stock_level: 0 });
    expect(body.order_status).toBe("planned");
    const page = await textOf("/items/main/MILK", await signIn());
    expect(page).toContain("not sent yet, expected Fri 2 Mar");
    expect(page).toContain("Without an order it lasts to Thu 1 Mar.");
  });

  describe("an item's settings on its page", () => {
    const stored = async () => (await ask("GET", "/products/TEA?store_id=koeln")).body.settings;
    const csrfIn = (html: string): string => /name="csrf" value="(\w+)"/.exec(html)![1]!;
    const shownIn = (html: string): Record<string, string> =>
      Object.fromEntries(
        [...html.matchAll(/name="(shown:\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
      );
    const FIELDS = { supplier_id: "UJI", pack_size: "0,25", min_order_quantity: "", max_stock: "", unit_cost: "1.200" };

    it("are changed as the store writes numbers, and the others stay", async () => {
      await ask("PUT", "/stores/koeln", { locale: "de-DE", currency: "EUR" });
      await ask("PUT", "/products/TEA?store_id=koeln", { name: "Tee", pack_size: 6, max_stock: 40, price: 3 });
      const cookie = await signIn();
      const form = await textOf("/items/koeln/TEA", cookie);
      const sent = { ...shownIn(form), ...FIELDS, safety_stock_level: "12", lead_time_days: "3", csrf: csrfIn(form) };
      const answer = await browse("/items/koeln/TEA/settings", cookie, sent);
      expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/items/koeln/TEA"]);
      expect(await stored()).toEqual({
        name: "Tee",
        price: 3,
        supplier_id: "UJI",
        pack_size: 0.25,
        safety_stock_level: 12,
        lead_time_days: 3,
        unit_cost: 1_200,
      });
      const page = await textOf("/items/koeln/TEA", cookie);
      expect(page).toMatch(/name="pack_size" value="0,25"/);
      expect(page).toMatch(/name="unit_cost" value="1\.200"/);
    });

    it("stay as somebody else set them after the page was opened, unless they are typed", async () => {
      await ask("PUT", "/products/TEA?store_id=koeln", { name: "Tee", pack_size: 6, unit_cost: 3 });
      const cookie = await signIn();
      const form = await textOf("/items/koeln/TEA", cookie);
      await ask("PUT", "/products/TEA?store_id=koeln", { name: "Tee", pack_size: 8, unit_cost: 4, max_stock: 90 });
      const sent = { ...shownIn(form), pack_size: "12", unit_cost: "3", max_stock: "", csrf: csrfIn(form) };
      expect((await browse("/items/koeln/TEA/settings", cookie, sent)).status).toBe(303);
      expect(await stored()).toEqual({ name: "Tee", pack_size: 12, unit_cost: 4, max_stock: 90 });
    });

    it("are changed by somebody of this store alone, though it learns from another store's item", async () => {
      const like = { product_id: "TEA", store_id: "tokyo", factor: 0.5 };
      await ask("PUT", "/products/TEA?store_id=koeln", { name: "Tee", like });
      const scopes = ["read", "review", "write"];
      const { key } = (await ask("POST", "/keys", { name: "koeln", scopes, stores: ["koeln"] })).body;
      const signedIn = await browse("/inbox/sign-in", "", { key, next: "/" });
      const cookie = signedIn.headers.get("Set-Cookie")!.split(";")[0]!;
      const form = await textOf("/items/koeln/TEA", cookie);
      const sent = { ...shownIn(form), pack_size: "6", csrf: csrfIn(form) };
      expect((await browse("/items/koeln/TEA/settings", cookie, sent)).status).toBe(303);
      expect(await stored()).toEqual({ name: "Tee", pack_size: 6, like });
      expect((await browse("/items/tokyo/TEA/settings", cookie, sent)).status).toBe(404);
    });

    it("are not made by saving what the page showed", async () => {
      await trigger({ product_id: "TEA", store_id: "koeln" });
      const cookie = await signIn();
      const form = await textOf("/items/koeln/TEA", cookie);
      expect((await browse("/items/koeln/TEA/settings", cookie, { ...shownIn(form), csrf: csrfIn(form) })).status).toBe(
        303,
      );
      expect(await stored()).toBeNull();
    });

    it.each([
      ["a number that may mean two", { unit_cost: "1,200" }, "Cost of a unit: type 1,2 if you mean that."],
      ["a word", { pack_size: "six" }, "Pack size: must be a number."],
      ["what leaves no order", { pack_size: "50", max_stock: "40" }, "Stock at most: leaves no order"],
    ])("are not stored with %s, and the page says which", async (_what, wrong, says) => {
      await ask("PUT", "/stores/koeln", { locale: "de-DE" });
      await ask("PUT", "/products/TEA?store_id=koeln", { name: "Tee" });
      const cookie = await signIn();
      const csrf = csrfIn(await textOf("/items/koeln/TEA", cookie));
      const answer = await browse("/items/koeln/TEA/settings", cookie, { ...wrong, csrf });
      expect([answer.status, (await answer.text()).includes(says)]).toEqual([422, true]);
      expect(await stored()).toEqual({ name: "Tee" });
    });

    it("are neither shown to nor taken from somebody who may not write, nor without the page's token", async () => {
      await ask("PUT", "/products/TEA?store_id=koeln", { name: "Tee" });
      const { key } = (await ask("POST", "/keys", { name: "reader", scopes: ["read", "review"] })).body;
      const signedIn = await browse("/inbox/sign-in", "", { key, next: "/" });
      const reader = signedIn.headers.get("Set-Cookie")!.split(";")[0]!;
      const page = await textOf("/items/koeln/TEA", reader);
      expect(page).not.toContain("Save settings");
      const settings = "/items/koeln/TEA/settings";
      expect((await browse(settings, reader, { ...FIELDS, csrf: csrfIn(page) })).status).toBe(403);
      expect((await browse(settings, await signIn(), FIELDS)).status).toBe(403);
      expect(await stored()).toEqual({ name: "Tee" });
    });
  });

  it("the front page leads a new shop to its files, and says so no more once there is an item", async () => {
    const cookie = await signIn();
    const empty = await textOf("/", cookie);
    expect(empty).toContain("Nothing is loaded yet");
    expect(empty).not.toContain("Waits for an answer");
    await ask("PUT", "/products/TEA", { name: "Green tea" });
    const begun = await textOf("/", cookie);
    expect(begun).not.toContain("Nothing is loaded yet");
    expect(begun).toContain("Waits for an answer");
  });

  it("the front page says what this is and signs in, and then what waits, by name", async () => {
    const welcome = await textOf("/", "");
    expect(welcome).toContain("It decides what a shop orders");
    // Where the buyer's day begins.
    expect(welcome).toMatch(/action="\/inbox\/sign-in"><input type="hidden" name="next" value="\/"/);
    await describeShop();
    const { body } = await trigger({
      product_id: "TEA",
      store_id: "tokyo-3",
      current_stock: 0,
      safety_stock_level: 20,
    });
    expect(body.status).toBe("awaiting_human_review");
    const cookie = await signIn();
    const html = await eventually(async () => {
      const text = await textOf("/", cookie);
      expect(text).toContain("Order 20 of Green tea 500 g for Tokyo three?");
      return text;
    });
    expect(html).toContain("Sold out, or sold out before a delivery");
  });

  it("names every item that sells out before a delivery, asked about or not, and what was not counted", async () => {
    const day = 86_400_000;
    for (const product of ["SHORT", "OLD"]) {
      await ask("PUT", `/products/${product}`, { name: `${product} tea`, lead_time_days: 4 });
      await ask(
        "PUT",
        `/history/${product}`,
        salesCsv(60, () => 8),
      );
    }
    expect((await trigger({ product_id: "SHORT", current_stock: 9, safety_stock_level: 4 })).status).toBe(200);
    const occurred_at = new Date(Date.now() - 3 * day).toISOString();
    await trigger({ product_id: "OLD", current_stock: 90, safety_stock_level: 4, occurred_at });
    const cookie = await signIn();
    await eventually(async () => {
      const html = await textOf("/", cookie);
      const [, short = "", old = ""] = /id="short"([\s\S]*)id="uncounted"([\s\S]*)/.exec(html) ?? [];
      expect(short).toContain("SHORT tea");
      expect(short).toMatch(/next delivery \w+\u00a0\d+\u00a0\w+/u);
      expect(old).toContain("OLD tea");
    });
    expect(await textOf("/items?show=short", cookie)).toContain("/items/main/SHORT");
    expect(await textOf("/items?show=short", cookie)).not.toContain("/items/main/OLD");
    expect(await textOf("/items?show=uncounted", cookie)).toContain("/items/main/OLD");
  });

  it("items are found by name and GTIN", async () => {
    await describeShop();
    const cookie = await signIn();
    for (const search of ["green", "TEA", "4006381333931"])
      expect(await textOf(`/items?q=${search}`, cookie), search).toMatch(
        /\/items\/tokyo-3\/TEA[\s\S]*Tokyo three[\s\S]*Uji Tea/,
      );
    expect(await textOf("/items?q=coffee", cookie)).toContain("No item fits this.");
  });

  it("a store's address is a page to a browser and JSON to a key", async () => {
    await describeShop();
    expect((await browse("/stores/tokyo-3")).status).toBe(401);
    const cookie = await signIn();
    expect(await textOf("/stores/tokyo-3", cookie)).toContain("Tokyo three");
    expect(await textOf("/stores/tokyo-3", cookie)).not.toContain("notice amber");
    await ask("PUT", "/stores/tokyo-3", { name: "Tokyo three", currency: "JPY", reviewers: ["bob"] });
    expect(await textOf("/stores/tokyo-3", cookie)).toContain("reviewers: mail is not set up");
    expect((await browse("/stores/nowhere", cookie)).status).toBe(404);
    expect((await ask("GET", "/stores/tokyo-3")).body).toMatchObject({ name: "Tokyo three" });
  });

  it("a decision leads to its story, asked or not", async () => {
    await ask(
      "PUT",
      "/history/RICE",
      salesCsv(60, () => 8),
    );
    const { body } = await trigger({ product_id: "RICE", current_stock: 500, safety_stock_level: 4 });
    const cookie = await signIn();
    const html = await textOf(`/decisions/${body.workflow_id}`, cookie);
    expect(html).toContain("Order nothing");
    expect(html).toContain("What happened");
    expect(await textOf("/items/main/RICE", cookie)).toContain(`/decisions/${body.workflow_id}`);
  });

  it("asks again only from our own page, and leads to the question that is open", async () => {
    const { body } = await trigger({ product_id: "ASKS", current_stock: 0, safety_stock_level: 20 });
    const cookie = await signIn();
    expect((await browse("/items/main/ASKS/ask-again", cookie, { step: "ask" })).status).toBe(403);
    const csrf = csrfIn(await textOf("/", cookie));
    const again = await browse("/items/main/ASKS/ask-again", cookie, { step: "ask", csrf });
    expect([again.status, again.headers.get("Location")]).toEqual([303, `/inbox/reviews/${body.workflow_id}`]);
  });

  it("a browser at an address where nothing is gets a page, a program a problem", async () => {
    const page = await browse("/no/such/page");
    expect([page.status, page.headers.get("Content-Type")]).toEqual([404, "text/html; charset=UTF-8"]);
    expect(page.headers.get("Content-Security-Policy")).toContain("style-src 'self'");
    const problem = await app.fetch(new Request(`${ORIGIN}/no/such/page`), env, createExecutionContext());
    expect([problem.status, problem.headers.get("Content-Type")]).toEqual([404, "application/problem+json"]);
  });
});
