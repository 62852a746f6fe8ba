/**
 * The pages of purchase orders: the sheet, an order that is edited without script, its files, and a person's own link.
 */
import { exports } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { signLink } from "../../../src/review/links.ts";
import { signIn, signInAs } from "../support/sign-in.ts";
import { eventually } from "../support/eventually.ts";
import { anItem, aSupplier, counted, orderWith } from "../support/purchasing.ts";
import { ask, trigger, useWorld } from "../support/world.ts";

useWorld();

const ORIGIN = "http://localhost:8787";
const OURS = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

function visit(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(`${ORIGIN}${path}`, { redirect: "manual", ...init });
}

async function anOrder(settings: Record<string, unknown> = {}): Promise<any> {
  await aSupplier({ name: "Dairy & Söhne 牛乳", minimum_order_value: 90 });
  await anItem("milk", { name: "牛乳 <b>1l</b>", ...settings });
  await counted("milk", 3);
  return orderWith("milk");
}

async function post(path: string, cookie: string, fields: Record<string, string>): Promise<Response> {
  const form = await (await visit(path, { headers: { Cookie: cookie } })).text();
  const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? "";
  const body = new URLSearchParams({ csrf: hidden("csrf"), revision: hidden("revision"), ...fields }).toString();
  return visit(path, { method: "POST", headers: { ...OURS, ...FORM, Cookie: cookie }, body });
}

describe("the order sheet and an order's page", () => {
  it("show what is open, and ask everybody else to sign in", async () => {
    const order = await anOrder();
    expect((await visit("/orders")).status).toBe(401);
    const cookie = await signIn();
    const sheet = await (await visit("/orders", { headers: { Cookie: cookie } })).text();
    expect(sheet).toContain("Dairy &amp; Söhne 牛乳");
    expect(sheet).toContain(`/orders/${order.po_id}`);
    const page = await (await visit(`/orders/${order.po_id}`, { headers: { Cookie: cookie } })).text();
    expect(page).toContain("牛乳 &lt;b&gt;1l&lt;/b&gt;");
    expect(page).toContain("To reach the minimum");
    expect((await visit(`/orders/${order.po_id}/order.csv`, { headers: { Cookie: cookie } })).status).toBe(200);
  });

  it("list what is on no purchase order, until its goods come or it has the supplier's number", async () => {
    await anOrder();
    for (const product of ["broom", "mop"]) {
      await anItem(product, { supplier_id: undefined });
      expect((await counted(product, 3)).body.order_status).toBeNull();
    }
    const Cookie = await signIn();
    const listed = async (path: string): Promise<string[]> => {
      const html = await (await visit(path, { headers: { Cookie } })).text();
      const [section = ""] = /<section[^>]*"own"[\s\S]*?<\/section>/.exec(html) ?? [];
      return [...section.matchAll(/Fresh (\w+)[\s\S]*?order (\d+)/g)].map(([, name, units]) => `${name} ${units}`);
    };
    const both = await eventually(async () => {
      const found = await listed("/orders");
      expect(found).toHaveLength(2);
      return found;
    });
    expect(both.toSorted().map((row) => row.split(" ")[0])).toEqual(["broom", "mop"]);
    expect(await listed("/")).toEqual(both);
    const [{ quantity, workflow_id }] = (await ask("GET", "/products/broom")).body.open_orders;
    expect(both).toContain(`broom ${quantity}`);
    await ask("PATCH", `/products/broom/orders/${workflow_id}`, { reference: "A-17" });
    expect(await listed("/orders")).toEqual([expect.stringMatching(/^mop /)]);
    await ask("POST", "/products/mop/receipts", { quantity: 500 });
    expect(await listed("/")).toEqual([]);
  });

  it("say after an answer that somebody has to place what is on no purchase order", async () => {
    const answered = async (product: string): Promise<string> => {
      const { body } = await trigger({ product_id: product, current_stock: 2, safety_stock_level: 24 });
      const page = await post(`/inbox/reviews/${body.workflow_id}`, await signIn(), { decision: "approve" });
      return page.text();
    };
    expect(await answered("broom")).toContain(
      "22 will be ordered. It is on no purchase order: place it yourself, unless your own system does.",
    );
    await aSupplier();
    await ask("PUT", "/products/mop", { supplier_id: "dairy" });
    expect(await answered("mop")).toMatch(/\d+ will be ordered\.</);
  });

  it("hold again what was typed while the session ended, and say that it is not saved", async () => {
    const order = await anOrder();
    const path = `/orders/${order.po_id}`;
    const body = new URLSearchParams({ "q:milk": "51", csrf: "old", do: "save" }).toString();
    const headers = { ...OURS, ...FORM, Referer: `${ORIGIN}${path}` };
    const late = await (await visit(path, { method: "POST", headers, body })).text();
    const back = /name="next" value="([^"]+)"/.exec(late)![1]!;
    const page = await (await visit(back, { headers: { Cookie: await signIn() } })).text();
    expect(page).toContain('value="51"');
    expect(page).toContain("Not saved yet");
    expect((await orderWith("milk")).lines[0].quantity).toBe(order.lines[0].quantity);
  });

  it("take quantities, approval and sending from a form without script", async () => {
    const order = await anOrder();
    const cookie = await signIn();
    const path = `/orders/${order.po_id}`;
    const wrong = await post(path, cookie, { "q:milk": "many", do: "save" });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('value="many"');
    const saved = await post(path, cookie, { "q:milk": "50", do: "save" });
    expect(await saved.text()).toContain("Quantities saved");
    const looked = await post(path, cookie, { "q:milk": "70", do: "look:milk" });
    expect(await looked.text()).toContain("<svg");
    expect((await ask("GET", `/purchase-orders/${order.po_id}`)).body.lines[0].quantity).toBe(50);
    expect(await (await post(path, cookie, { "q:milk": "50", do: "approve" })).text()).toContain("Thank you, approved");
    // A typed quantity is saved before the order goes.
    expect(await (await post(path, cookie, { "q:milk": "48", do: "send" })).text()).toContain("Marked as placed");
    expect((await ask("GET", `/purchase-orders/${order.po_id}`)).body).toMatchObject({
      status: "sent",
      lines: [{ quantity: 48 }],
    });
    const came = await post(path, cookie, { "r:milk": "48", reference: "L-1", do: "receive" });
    expect(await came.text()).toContain("Everything has come");
  });

  it("say what sending does: a mail to the supplier, or a mark that somebody placed it", async () => {
    const cookie = await signIn();
    const { po_id } = await anOrder();
    const seen = async (): Promise<string> => (await visit(`/orders/${po_id}`, { headers: { Cookie: cookie } })).text();
    const unmailed = await seen();
    expect([unmailed.includes(">Mark as placed</button>"), unmailed.includes(">Send order</button>")]).toEqual([
      true,
      false,
    ]);
    expect(unmailed).toContain("has no address here: nobody is mailed.");
    expect(unmailed).toContain('data-sure="Cancel the whole order?');
    await post(`/orders/${po_id}`, cookie, { do: "send" });
    expect(await seen()).toContain("<dt>Marked as placed</dt>");
  });

  it("say to a person who may not decide why, and whom to ask", async () => {
    const { po_id } = await anOrder();
    const people = { ana: { value_limit: 1 }, bea: { value_limit: 2 }, cleo: {}, far: { stores: ["harbour"] } };
    for (const [id, limits] of Object.entries(people))
      await ask("PUT", `/people/${id}`, {
        name: `The ${id}`,
        email: `${id}@example.com`,
        may: ["review", "order"],
        ...limits,
      });
    await ask("PUT", "/people/dora", { name: "The dora", email: "dora@example.com", may: ["review"] });
    const said = async (person: string): Promise<string> => {
      const page = await visit(`/orders/${po_id}`, { headers: { Cookie: await signInAs(person) } });
      return /<p class="notice">([^<]*)</.exec(await page.text())?.[1] ?? "";
    };
    expect(await said("ana")).toMatch(/above your limit of 1 .* Ask The cleo\.$/);
    expect(await said("dora")).toBe("You may not decide about this order. Ask The cleo.");
    expect(await said("cleo")).toBe("");
  });

  it("show what a typed quantity does instead of the line's present one, not beside it", async () => {
    const order = await anOrder();
    const cookie = await signIn();
    const path = `/orders/${order.po_id}`;
    const look = async (quantity: string): Promise<string> => {
      const html = await (await post(path, cookie, { "q:milk": quantity, do: "look:milk" })).text();
      expect(html).toContain("Without this line");
      return /<figcaption>(Order [^<]*?\.) /.exec(html)![1]!;
    };
    const [few, many] = [await look("50"), await look("250")];
    await post(path, cookie, { "q:milk": "250", do: "save" });
    expect([await look("50"), await look("250")]).toEqual([few, many]);
    expect(few).not.toBe(many);
  });

  it("say when the supplier delivers, where that is another day than was ordered", async () => {
    const order = await anOrder();
    const cookie = await signIn();
    const path = `/orders/${order.po_id}`;
    const shown = async () => (await visit(path, { headers: { Cookie: cookie } })).text();
    await ask("POST", `/purchase-orders/${order.po_id}/send`, { revision: order.revision });
    await eventually(async () => expect(await shown()).toContain("Came now"));
    expect(await shown()).not.toContain("ordered for");
    await ask("POST", `/purchase-orders/${order.po_id}/confirm`, {
      reference: "C-1",
      expected_at: "2040-03-09",
      lines: [],
    });
    expect(await shown()).toMatch(/Arrives<\/dt><dd>Fri 9 Mar 2040<small>ordered for /);
  });

  it("save what else was typed with a top-up, and with Enter", async () => {
    const order = await anOrder();
    const cookie = await signIn();
    const path = `/orders/${order.po_id}`;
    const page = await (await visit(path, { headers: { Cookie: cookie } })).text();
    // Enter in a field means the form's first button.
    expect(/<form[^>]*action="\/orders\/[^>]*>.*?<button ([^>]*)>/s.exec(page)![1]).toContain('value="save"');
    await ask("PUT", "/products/cream", { supplier_id: "dairy", unit_cost: 3, lead_time_days: 2 });
    await post(path, cookie, { "q:milk": "50", do: "add:12:cream" });
    const { lines } = (await ask("GET", `/purchase-orders/${order.po_id}`)).body;
    expect(lines.map(({ product_id, quantity }: any) => [product_id, quantity])).toEqual([
      ["cream", 12],
      ["milk", 50],
    ]);
  });

  it("show a quantity of fractions as the store writes it, and read it back as the same", async () => {
    await ask("PUT", "/stores/main", { locale: "de-DE" });
    await ask("PUT", "/products/cheese", { supplier_id: "dairy", unit_cost: 3, lead_time_days: 2, pack_size: 0.125 });
    const order = await anOrder();
    const cookie = await signIn();
    const path = `/orders/${order.po_id}`;
    await post(path, cookie, { do: "add:1.125:cheese" });
    const page = await (await visit(path, { headers: { Cookie: cookie } })).text();
    const typed = /name="q:cheese" value="([^"]*)"/.exec(page)![1]!;
    expect(typed).toBe("1,125");
    const again = await post(path, cookie, { "q:cheese": typed, do: "save" });
    expect(await again.text()).toContain("Nothing was changed");
  });

  it("show and read quantities as the store writes numbers, and show back what can be read otherwise", async () => {
    await ask("PUT", "/stores/main", { name: "Hofladen", locale: "de-DE", currency: "EUR" });
    const order = await anOrder({ pack_size: 0.001 });
    const cookie = await signIn();
    const path = `/orders/${order.po_id}`;
    const lines = async () => (await ask("GET", `/purchase-orders/${order.po_id}`)).body.lines;
    const shown = await (await post(path, cookie, { "q:milk": "1,234", do: "save" })).text();
    expect([shown.includes('value="1,234"'), (await lines())[0].quantity]).toEqual([true, 1.234]);
    // The field as it is shown is no other number.
    const kept = await (await post(path, cookie, { "q:milk": "1,234", do: "save" })).text();
    expect(kept).toContain("Nothing was changed");
    const back = await post(path, cookie, { "q:milk": "1,200", do: "send" });
    const html = await back.text();
    expect([back.status, html.includes("is 1,2 as this store writes numbers"), html.includes('value="1,2"')]).toEqual([
      422,
      true,
      true,
    ]);
    expect((await lines())[0].quantity).toBe(1.234);
    await post(path, cookie, { "q:milk": "1,2", do: "save" });
    expect((await lines())[0].quantity).toBe(1.2);
    await post(path, cookie, { "q:milk": "1.200", do: "save" });
    expect((await lines())[0].quantity).toBe(1200);
  });

  it("names the articles that could be added, as everywhere", async () => {
    const order = await anOrder();
    await anItem("beer", { unit_cost: 3, name: "Bière blonde" });
    await counted("beer", 60);
    const cookie = await signIn();
    await eventually(async () => {
      const html = await (await visit(`/orders/${order.po_id}`, { headers: { Cookie: cookie } })).text();
      expect(html.split("To reach the minimum")[1]).toContain("Bière blonde");
    });
  });

  it("change nothing for a form that is not ours, or a page that is old", async () => {
    const order = await anOrder();
    const cookie = await signIn();
    const path = `/orders/${order.po_id}`;
    const body = new URLSearchParams({ revision: String(order.revision), do: "cancel" }).toString();
    const foreign = { ...FORM, Cookie: cookie, Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    expect((await visit(path, { method: "POST", headers: foreign, body })).status).toBe(403);
    const old = await post(path, cookie, { revision: "99", do: "cancel" });
    expect(old.status).toBe(409);
    expect((await ask("GET", `/purchase-orders/${order.po_id}`)).body.status).toBe("draft");
  });
});

describe("a person's link to an order", () => {
  it("acts until the cut-off, and only looks after it", async () => {
    const order = await anOrder();
    const claims = {
      purpose: "decide",
      workflowId: order.po_id,
      revision: order.revision,
      recipient: "ana@example.com",
      expiresAt: Date.parse(order.order_by),
    } as const;
    const token = await signLink(claims, ["test-link-secret-0123456789abcdefg"]);
    const body = new URLSearchParams({ revision: String(order.revision), do: "approve" }).toString();
    const approved = await visit(`/order-link/${token}`, { method: "POST", headers: { ...OURS, ...FORM }, body });
    expect(await approved.text()).toContain("Thank you, approved");
    const { audit } = (await ask("GET", `/purchase-orders/${order.po_id}`)).body;
    expect(audit.at(-1)).toMatchObject({
      event: "approved",
      actor: "ana@example.com",
      channel: "link link:ana@example.com",
    });
    vi.setSystemTime(Date.parse(order.order_by) + 1);
    const late = await (await visit(`/order-link/${token}`)).text();
    expect(late).not.toContain('value="send"');
    expect((await visit("/order-link/wrong")).status).toBe(404);
  });

  it("shows nothing once they are bound to other stores, or deleted", async () => {
    const order = await anOrder();
    const ana = { name: "Ana", email: "ana@example.com" };
    await ask("PUT", "/people/ana", ana);
    const claims = { purpose: "decide", workflowId: order.po_id, revision: order.revision, recipient: "ana" } as const;
    const token = await signLink({ ...claims, expiresAt: Date.parse(order.order_by) }, [
      "test-link-secret-0123456789abcdefg",
    ]);
    const statuses = async (): Promise<number[]> => {
      const body = new URLSearchParams({ revision: String(order.revision), do: "cancel" }).toString();
      const clicked = await visit(`/order-link/${token}`, { method: "POST", headers: { ...OURS, ...FORM }, body });
      return [(await visit(`/order-link/${token}`)).status, clicked.status];
    };
    await ask("PUT", "/people/ana", { ...ana, stores: ["elsewhere"] });
    expect(await statuses()).toEqual([404, 403]);
    await ask("DELETE", "/people/ana");
    expect(await statuses()).toEqual([404, 403]);
    expect((await ask("GET", `/purchase-orders/${order.po_id}`)).body.status).toBe(order.status);
  });
});
