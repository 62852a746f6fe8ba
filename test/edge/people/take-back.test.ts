/** An answer is taken back while nothing came of it outside: by the API, a page, a link; and when it is too late. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { signIn, csrfIn } from "../support/sign-in.ts";
import { eventually } from "../support/eventually.ts";
import { useSettings } from "../support/settings.ts";
import {
  approve,
  ask,
  DAY_MS,
  HOUR_MS,
  itemStub,
  openOrders,
  passTime,
  read,
  salesCsv,
  trigger,
  useWorld,
} from "../support/world.ts";

useWorld();
const settings = useSettings();

const ORIGIN = "http://localhost:8787";
const takeBack = (workflowId: string, headers: Record<string, string> = {}) =>
  ask("POST", `/reviews/${workflowId}/take-back`, undefined, headers);

/** The plain rule asks about 20, of an item whose supplier is sent orders. */
async function asked(): Promise<string> {
  await ask("PUT", "/suppliers/dairy", { name: "Dairy", lead_time_days: 2, cut_off: "11:00", send: "manual" });
  await ask("PUT", "/products/SKU-1", { supplier_id: "dairy", unit_cost: 2 });
  const { body } = await trigger({ current_stock: 0, safety_stock_level: 20 });
  expect(body.status).toBe("awaiting_human_review");
  return body.workflow_id;
}

async function keyOf(name: string): Promise<Record<string, string>> {
  const { body } = await ask("POST", "/keys", { name, scopes: ["review", "read", "trigger"] });
  return { Authorization: `Bearer ${body.key}` };
}

const eventsOf = async (workflowId: string): Promise<string[]> =>
  (await ask("GET", `/audit/${workflowId}`)).body.entries.map(({ event }: { event: string }) => event);

describe("an answer that is taken back", () => {
  it("a mistaken No: it no longer holds, and the same order is asked about again", async () => {
    const id = await asked();
    await approve(id, { decision: "reject" });
    expect((await trigger({ current_stock: 0, safety_stock_level: 20 })).body.stands).toBe(id);
    const { status, body } = await takeBack(id);
    expect([status, body.status, body.review.taken_back.by]).toEqual([200, "rejected", "root key"]);
    const again = await read(body.asked_again);
    expect(again).toMatchObject({ status: "awaiting_human_review", recommendation: { quantity: 20 } });
    expect(again.review.reasons[0]).toBe("taken_back");
    expect(await eventsOf(id)).toEqual(["received", "asked", "verdict", "executed", "taken_back"]);
    expect((await ask("GET", `/audit/${id}`)).body.intact).toBe(true);
    expect((await ask("GET", `/workflows/${id}/story`)).body.steps.map(({ what }: any) => what)).toContain(
      "taken_back",
    );
    expect((await approve(body.asked_again)).body.status).toBe("completed");
    expect((await openOrders())[0]).toMatchObject({ quantity: 20, workflow_id: body.asked_again });
  });

  it("a mistaken approval, or a smaller one: its order is withdrawn before it is sent", async () => {
    for (const verdict of [{ decision: "approve" }, { decision: "modify", quantity: 7 }]) {
      const id = await asked();
      await approve(id, verdict);
      expect(await openOrders()).toHaveLength(1);
      const { body } = await takeBack(id);
      expect([body.order_status, await openOrders()]).toEqual(["cancelled", []]);
      expect((await read(body.asked_again)).recommendation.quantity).toBe(20);
      await approve(body.asked_again, { decision: "reject" });
      passTime(DAY_MS);
    }
    await eventually(async () => {
      const { purchase_orders: drafts } = (await ask("GET", "/purchase-orders?status=draft")).body;
      expect(drafts.flatMap(({ lines }: { lines: unknown[] }) => lines)).toEqual([]);
    });
  });

  it("is asked about and never ordered unasked, however sure the plan is by then", async () => {
    const id = await asked();
    await approve(id, { decision: "reject" });
    const days = Array.from({ length: 84 }, (_, back) =>
      new Date(Date.now() - (84 - back) * DAY_MS).toISOString().slice(0, 10),
    );
    await ask("PUT", "/history/SKU-1", ["date,units", ...days.map((day, at) => `${day},${8 + (at % 2)}`)].join("\n"));
    const { body } = await takeBack(id);
    const again = await read(body.asked_again);
    expect(again).toMatchObject({ status: "awaiting_human_review", review: { reasons: ["taken_back"] } });
    expect(await openOrders()).toEqual([]);
  });

  it("twice by the same person leads to the same question, by another it is too late", async () => {
    const id = await asked();
    await approve(id, { decision: "reject" });
    const [first, second] = [await takeBack(id), await takeBack(id)];
    expect([second.status, second.body.asked_again]).toEqual([200, first.body.asked_again]);
    const other = await takeBack(id, await keyOf("ben"));
    expect([other.status, other.body.code]).toEqual([409, "too_late"]);
    expect(other.body.detail).toBe("root key took this answer back already.");
    expect(await eventsOf(id)).toHaveLength(5);
  });

  it("may be another person's, within the same limits", async () => {
    const id = await asked();
    await approve(id, { decision: "reject" });
    const bound = await ask("POST", "/keys", { name: "south", scopes: ["review"], stores: ["south"] });
    expect((await takeBack(id, { Authorization: `Bearer ${bound.body.key}` })).status).toBe(404);
    const trigger = await ask("POST", "/keys", { name: "till", scopes: ["trigger"] });
    expect((await takeBack(id, { Authorization: `Bearer ${trigger.body.key}` })).status).toBe(403);
    expect((await takeBack(id, await keyOf("ben"))).body.review.taken_back.by).toBe("ben");
  });

  it("keeps four eyes: whoever sent the count does not approve what is asked again", async () => {
    await settings({ review: { fourEyes: true } });
    const sender = await keyOf("till");
    const { body } = await trigger({ current_stock: 0, safety_stock_level: 20 }, sender);
    await approve(body.workflow_id, { decision: "reject" });
    const { asked_again } = (await takeBack(body.workflow_id, sender)).body;
    const own = await ask("POST", `/approve/${asked_again}`, { decision: "approve" }, sender);
    expect([own.status, own.body.code]).toEqual([403, "same_person"]);
    expect((await approve(asked_again)).status).toBe(200);
  });

  it("counts as one decision more, and not as another verdict", async () => {
    const id = await asked();
    await approve(id, { decision: "reject" });
    await takeBack(id);
    await eventually(async () => {
      const text: string = (await ask("GET", "/metrics")).body;
      expect(text).toMatch(/inventory_decisions_total\{action="hold",result="rejected"\} 1\n/);
      expect(text).toMatch(/inventory_reviews_pending 1\n/);
    });
  });
});

describe("it is too late to take an answer back", () => {
  it("where nobody gave one: the plan decided alone, or silence did", async () => {
    await settings({ review: { expiryOutcome: "fallback" } });
    const silent = await asked();
    passTime(5 * HOUR_MS - 1_000);
    await runDurableObjectAlarm(itemStub());
    await ask("PUT", "/products/SKU-2", { supplier_id: "dairy", unit_cost: 2 });
    await ask(
      "PUT",
      "/history/SKU-2",
      salesCsv(84, (day) => 8 + (day % 2)),
    );
    const planned = await trigger({ product_id: "SKU-2", current_stock: 0, safety_stock_level: 4 });
    for (const [id, why] of [
      [silent, "Nobody answered"],
      [planned.body.workflow_id, "Nobody was asked"],
    ] as const) {
      const before = await read(id);
      expect([before.order_status, before.decision.recommended_action]).toEqual(["planned", "restock"]);
      const { status, body } = await takeBack(id);
      expect([status, body.code, body.detail.startsWith(why)]).toEqual([409, "too_late", true]);
      expect(await read(id)).toEqual(before);
    }
  });

  it("once its order is sent", async () => {
    const id = await asked();
    expect((await approve(id)).body).toMatchObject({ status: "completed", order_status: "firm" });
    const order = await eventually(async () => {
      const [found] = (await ask("GET", "/purchase-orders")).body.purchase_orders;
      expect(found?.lines).toHaveLength(1);
      return found;
    });
    const approved = await ask("POST", `/purchase-orders/${order.po_id}/approve`, { revision: order.revision });
    await ask("POST", `/purchase-orders/${order.po_id}/send`, { revision: approved.body.revision });
    await eventually(async () => expect((await read(id)).order_status).toBe("sent"));
    const { status, body } = await takeBack(id);
    expect([status, body.code, body.detail.includes("Call the supplier")]).toEqual([409, "too_late", true]);
    expect((await openOrders())[0].quantity).toBe(20);
  });

  it("once its No is over, nobody was asked, or nobody answered", async () => {
    const id = await asked();
    await approve(id, { decision: "reject" });
    passTime(DAY_MS);
    expect((await takeBack(id)).body.code).toBe("too_late");
    const alone = await trigger({ product_id: "FULL", current_stock: 90, safety_stock_level: 20 });
    expect((await takeBack(alone.body.workflow_id)).body.code).toBe("too_late");
    const silent = await trigger({ product_id: "SILENT", current_stock: 0, safety_stock_level: 20 });
    passTime(5 * HOUR_MS);
    expect((await takeBack(silent.body.workflow_id)).body.code).toBe("too_late");
    expect((await takeBack(`${"f".repeat(64)}-1`)).status).toBe(404);
  });

  it("once something newer was decided; a newer question that is open is led to", async () => {
    const id = await asked();
    await approve(id, { decision: "reject" });
    const newer = (await trigger({ current_stock: 0, safety_stock_level: 90 })).body;
    expect(newer.status).toBe("awaiting_human_review");
    expect((await takeBack(id)).body.asked_again).toBe(newer.workflow_id);
    expect((await read(newer.workflow_id)).status).toBe("awaiting_human_review");

    await approve(newer.workflow_id, { decision: "reject" });
    const newest = (await trigger({ current_stock: 0, safety_stock_level: 400 })).body;
    await approve(newest.workflow_id, { decision: "reject" });
    const { status, body } = await takeBack(newer.workflow_id);
    expect([status, body.code, body.detail.includes("something newer")]).toEqual([409, "too_late", true]);
  });
});

describe("on a page", () => {
  const post = (path: string, fields: Record<string, string>, cookie = "") =>
    exports.default.fetch(`${ORIGIN}${path}`, {
      method: "POST",
      headers: { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Cookie: cookie },
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
  const get = async (path: string, cookie = "") =>
    (await exports.default.fetch(`${ORIGIN}${path}`, { headers: { Cookie: cookie } })).text();

  it("the answered question offers it in the inbox, and leads to the question that is asked again", async () => {
    const id = await asked();
    await approve(id, { decision: "reject" });
    const cookie = await signIn();
    const html = await get(`/inbox/reviews/${id}`, cookie);
    expect(html).toContain("Take it back");
    const csrf = csrfIn(html);
    const path = `/decisions/${id}/take-back`;
    expect((await post(path, { step: "take_back" }, cookie)).status).toBe(403);
    const back = await post(path, { step: "take_back", csrf }, cookie);
    expect(back.status).toBe(303);
    expect(await get(back.headers.get("Location")!, cookie)).toContain("An earlier answer was taken back");
    expect(await get(`/inbox/reviews/${id}`, cookie)).toMatch(/Taken back<\/strong> by root key/);
    expect(await get(`/decisions/${id}`, cookie)).toContain("Answer taken back");
  });

  it("a link takes its own answer back, and leads to the same person's link", async () => {
    await ask("PUT", "/people/ana", { name: "Ana", email: "ana@example.com" });
    const id = await asked();
    const link = await ask("POST", `/reviews/${id}/link`, { reviewer: "ana@example.com" });
    const path = new URL(link.body.url).pathname;
    const rejected = await post(path, { decision: "reject", revision: "1" });
    expect(await rejected.text()).toContain("Take it back");
    const back = await post(path, { step: "take_back" });
    expect(back.status).toBe(303);
    expect(await get(new URL(back.headers.get("Location")!, ORIGIN).pathname)).toContain("Order 20");
    expect((await read(id)).review.taken_back.by).toBe("Ana");
    await ask("PUT", "/people/ana", { name: "Ana", email: "ana@example.com", may: ["order"] });
    expect((await post(path, { step: "take_back" })).status).toBe(403);
  });
});
