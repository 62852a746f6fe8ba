/** Restocks on no purchase order that a person places by hand and says so: once, by whom, and taken back again. */
import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { csrfIn, signIn, signInAs } from "../support/sign-in.ts";
import { eventually } from "../support/eventually.ts";
import { anItem, counted } from "../support/purchasing.ts";
import { MINUTE_MS } from "../../../src/shared/durations.ts";
import { ask, HOUR_MS, passTime, trigger, useWorld } from "../support/world.ts";

useWorld();

const ORIGIN = "http://localhost:8787";

async function visit(cookie: string, path: string, form?: URLSearchParams): Promise<string> {
  const headers = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  const init = form === undefined ? {} : { method: "POST", body: form };
  const answer = await exports.default.fetch(`${ORIGIN}${path}`, { headers, redirect: "manual", ...init });
  return answer.text();
}

/** Texts of a page's section, by the id of its heading. */
function section(html: string, heading: string): string {
  const [found = ""] = new RegExp(`<section[^>]*"${heading}"[\\s\\S]*?</section>`).exec(html) ?? [];
  return found.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
}

async function mark(cookie: string, picks: readonly string[], fields: Record<string, string> = {}): Promise<string> {
  const csrf = csrfIn(await visit(cookie, "/orders"));
  const form = new URLSearchParams({ csrf, step: "placed", back: "/orders", ...fields });
  for (const pick of picks) form.append("pick", pick);
  return visit(cookie, "/orders?", form);
}

/** Signed in, and may handle orders. */
async function buyer(name: string, more: Record<string, unknown> = {}): Promise<string> {
  const id = name.toLowerCase();
  await ask("PUT", `/people/${id}`, { name, email: `${id}@example.com`, may: ["review", "order"], ...more });
  return signInAs(id);
}

async function twoRestocks() {
  for (const product of ["broom", "mop"]) {
    await anItem(product, { supplier_id: undefined });
    await counted(product, 3);
  }
  const open = async (product: string) => (await ask("GET", `/products/${product}`)).body.open_orders[0];
  const [broom, mop] = [await open("broom"), await open("mop")];
  return { open, broom, mop };
}

describe("a restock on no purchase order", () => {
  it("is marked as placed with number and day, listed with who did it, and to be placed after the undo", async () => {
    const { open, broom, mop } = await twoRestocks();
    const ana = await buyer("Ana");
    await eventually(async () => expect(section(await visit(ana, "/orders"), "own")).toMatch(/broom.*mop|mop.*broom/));
    const picks = [broom.workflow_id, mop.workflow_id];
    const marked = await mark(ana, picks, { reference: " A-17 ", expected: "2040-03-20" });
    expect(marked).toContain("<h1>Marked as placed</h1>");
    expect(marked).toContain("number A-17, expected Tue 20 Mar");
    expect(await open("broom")).toMatchObject({ reference: "A-17", expected_at: "2040-03-20T12:00:00.000Z" });
    const orders = await visit(ana, "/orders");
    expect([section(orders, "own"), section(await visit(ana, "/"), "own")]).toEqual(["", ""]);
    expect(section(orders, "by-hand")).toMatch(/broom.*number A-17, expected Tue 20 Mar by Ana ?, /);
    expect(await visit(ana, "/items/main/broom")).toMatch(/placed \w{3} \d+ \w{3} by Ana, number A-17/);
    const { entries } = (await ask("GET", `/audit/${broom.workflow_id}`)).body;
    expect(entries.at(-1)).toMatchObject({ event: "order_changed", actor: "person:ana" });
    const undo = /name="pick" value="([^"]+)"/g;
    const again = await mark(
      ana,
      [...marked.matchAll(undo)].map(([, pick]) => pick!),
      { step: "undo" },
    );
    expect(again).toContain("<h1>To be placed again</h1>");
    const { changes, ...order } = await open("broom");
    expect({ ...order, changes: [] }).toEqual(broom);
    expect(changes).toMatchObject([{ by: "Ana", reason: "placed by hand" }, { reason: "not placed after all" }]);
    expect(section(await visit(ana, "/orders"), "own")).toContain("broom");
  });

  it("is listed for programs with who placed it, in pages, until it comes", async () => {
    const { broom, mop } = await twoRestocks();
    const listed = async (query = "") => (await ask("GET", `/restocks${query}`)).body;
    const both = await eventually(async () => {
      const { restocks } = await listed();
      expect(restocks).toHaveLength(2);
      return restocks as { product_id: string }[];
    });
    const row = { workflow_id: broom.workflow_id, store_id: "main", product_id: "broom", quantity: broom.quantity };
    const { expected_at } = broom;
    expect(both.find(({ product_id }) => product_id === "broom")).toEqual({
      ...row,
      decided_at: expect.any(String),
      expected_on: expected_at.slice(0, 10),
      reference: null,
      placed: null,
    });
    const first = await listed("?limit=1");
    const second = await listed(`?limit=1&cursor=${first.next_cursor}`);
    expect([...first.restocks, ...second.restocks]).toEqual(both);
    expect((await listed("?store_id=elsewhere")).restocks).toEqual([]);

    await mark(await buyer("Ana"), [broom.workflow_id], { reference: "A-17", expected: "2040-03-20" });
    const { restocks } = await listed();
    expect(restocks).toHaveLength(2);
    const placed = { at: expect.any(String), actor: "Ana" };
    expect(restocks).toContainEqual(expect.objectContaining({ ...row, expected_on: "2040-03-20", placed }));
    await ask("POST", "/products/broom/receipts", { quantity: broom.quantity });
    await ask("POST", "/products/mop/receipts", { quantity: mop.quantity - 1 });
    expect(await listed()).toEqual({ restocks: [], next_cursor: null });
  });

  it("counts once: a double click says the same, others are told who was first, a late undo does nothing", async () => {
    const { broom } = await twoRestocks();
    const [ana, ben] = [await buyer("Ana"), await buyer("Ben")];
    const [first, second] = await Promise.all([mark(ana, [broom.workflow_id]), mark(ana, [broom.workflow_id])]);
    for (const said of [first, second]) expect(said).toContain("Marked as placed");
    const others = await mark(ben, [broom.workflow_id], { reference: "B-2" });
    expect(others).toMatch(/0 of 1 marked as placed[\s\S]*was marked by Ana/);
    expect(others).not.toContain(">Undo<");
    const [, pick] = /name="pick" value="([^"]+)"/.exec(first)!;
    await mark(ana, [pick!], { step: "undo" });
    passTime(1_000);
    await mark(ben, [broom.workflow_id], { reference: "B-2" });
    expect(await mark(ana, [pick!], { step: "undo" })).toContain("was marked by Ben");
    expect((await ask("GET", "/products/broom")).body.open_orders[0].reference).toBe("B-2");
  });

  it("is young from the mark on: a sender that does not count it yet has it ordered no second time", async () => {
    const { broom, open } = await twoRestocks();
    passTime(3 * HOUR_MS);
    await mark(await signIn(), [broom.workflow_id]);
    passTime(5 * MINUTE_MS);
    const count = { product_id: "broom", current_stock: 3, safety_stock_level: 4, on_order: 0 };
    expect((await trigger(count)).body.decision).toMatchObject({ recommended_action: "hold" });
    expect(await open("broom")).toMatchObject({ workflow_id: broom.workflow_id, quantity: broom.quantity });
    passTime(HOUR_MS);
    await trigger(count);
    expect((await open("broom")).workflow_id).not.toBe(broom.workflow_id);
  });

  it("comes its lead time after a mark that is days late, and not on a day before the mark", async () => {
    const { broom, open } = await twoRestocks();
    const late = 6 * 24 * HOUR_MS;
    passTime(late);
    const again = await signIn();
    expect(await mark(again, [broom.workflow_id], { expected: "2040-03-02" })).toContain("before it was placed");
    const marked = await mark(again, [broom.workflow_id]);
    const expected_at = new Date(Date.parse(broom.expected_at) + late).toISOString();
    expect(await open("broom")).toMatchObject({ expected_at });
    const count = { product_id: "broom", current_stock: 3, safety_stock_level: 4 };
    passTime(5 * MINUTE_MS);
    const { decision } = (await trigger(count)).body;
    expect(decision.evidence.inventory_position).toBe(3 + broom.quantity);
    const [, pick] = /name="pick" value="([^"]+)"/.exec(marked)!;
    await mark(again, [pick!], { step: "undo" });
    expect(await open("broom")).toMatchObject({ placed_at: broom.placed_at, expected_at: broom.expected_at });
  });

  it("keeps what the supplier said after the mark when it is taken back", async () => {
    const { broom, open } = await twoRestocks();
    const cookie = await signIn();
    const marked = await mark(cookie, [broom.workflow_id], { reference: "A-17" });
    await ask("PATCH", `/products/broom/orders/A-17`, { expected_at: "2040-03-21" });
    const [, pick] = /name="pick" value="([^"]+)"/.exec(marked)!;
    await mark(cookie, [pick!], { step: "undo" });
    expect(await open("broom")).toMatchObject({ reference: "A-17", expected_at: "2040-03-21T12:00:00.000Z" });
  });

  it("is not marked where what is said cannot be, by whom may not, or once it is not open", async () => {
    const { broom, mop, open } = await twoRestocks();
    const cookie = await signIn();
    expect(await mark(cookie, [])).toContain("Tick what you placed");
    expect(await mark(cookie, [broom.workflow_id], { expected: "soon" })).toContain("Type a day like");
    expect(await mark(cookie, [broom.workflow_id], { expected: "2020-01-01" })).toContain("before it was placed");
    await ask("POST", "/products/mop/receipts", { quantity: 500 });
    expect(await mark(cookie, [mop.workflow_id, "nothing"])).toMatch(
      /0 of 2[\s\S]*not open any more[\s\S]*not be reached/,
    );
    const cy = await buyer("Cy", { may: ["review"] });
    expect(await visit(cy, "/orders")).not.toContain("Mark as placed");
    expect(await mark(cy, [broom.workflow_id])).toContain("Nothing was decided");
    await ask("PUT", "/stores/elsewhere", { name: "Elsewhere" });
    expect(await mark(await buyer("Di", { stores: ["elsewhere"] }), [broom.workflow_id])).toContain("0 of 1");
    expect(await open("broom")).toEqual(broom);
  });
});
