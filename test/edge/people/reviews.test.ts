/** Proves I8 and I10. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import {
  approve,
  ask,
  DAY_MS,
  HOUR_MS,
  itemStub,
  openOrders,
  passTime,
  read,
  T0,
  trigger,
  useWorld,
} from "../support/world.ts";

useWorld();

const TTL_MS = 4 * HOUR_MS;

describe("a verdict", () => {
  it("to approve orders what was recommended", async () => {
    const asked = await trigger();
    const { status, body } = await approve(asked.body.workflow_id, {
      reviewer: "ana@example.com",
      comment: "festival",
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "completed",
      decision: { recommended_action: "restock", recommended_quantity: 28, decided_by: "human" },
      review: { status: "approved", decided_by: "ana@example.com", channel: "api", comment: "festival" },
    });
    expect(await openOrders()).toMatchObject([{ quantity: 28 }]);
  });

  it("to reject decides hold and orders nothing", async () => {
    const asked = await trigger();
    const { body } = await approve(asked.body.workflow_id, { decision: "reject" });
    expect(body).toMatchObject({
      status: "rejected",
      decision: { recommended_action: "hold", recommended_quantity: 0, decided_by: "human" },
      recommendation: { action: "restock", quantity: 28 },
      review: { status: "rejected", decided_by: "root key" },
    });
    expect(await openOrders()).toEqual([]);
  });

  it("to modify orders the person's quantity", async () => {
    const asked = await trigger();
    const { body } = await approve(asked.body.workflow_id, { decision: "modify", quantity: 90 });
    expect(body).toMatchObject({
      status: "completed",
      decision: { recommended_quantity: 90, decided_by: "human" },
      review: { status: "modified" },
    });
    expect(await openOrders()).toMatchObject([{ quantity: 90 }]);
  });

  it.each([
    ["off the pack", { pack_size: 12 }, 13, /multiple of the pack size of 12/],
    ["below the minimum", { min_order_quantity: 20 }, 19, /at least the minimum order quantity of 20/],
    ["above the maximum stock", { max_stock: 100 }, 89, /above the maximum stock of 100/],
    ["of nothing", {}, 0, /reject/],
  ])("with a quantity %s is refused and leaves the question open", async (_what, terms, quantity, message) => {
    const asked = await trigger(terms);
    const refused = await approve(asked.body.workflow_id, { decision: "modify", quantity });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([{ pointer: "/quantity", message: expect.stringMatching(message) }]);
    expect(await read(asked.body.workflow_id)).toMatchObject({ status: "awaiting_human_review" });
  });

  it.each([
    [{ decision: "modify" }, "/quantity"],
    [{ decision: "approve", quantity: 5 }, "/quantity"],
    [{ decision: "maybe" }, "/decision"],
    [{ decision: "approve", extra: 1 }, "/extra"],
  ])("of the form %j is refused", async (body, pointer) => {
    const asked = await trigger();
    const refused = await ask("POST", `/approve/${asked.body.workflow_id}`, body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0].pointer).toBe(pointer);
  });

  it("has one winner among fifty at once, and the others get its decision", async () => {
    const asked = await trigger();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        approve(
          asked.body.workflow_id,
          i % 2 === 0 ? { decision: "modify", quantity: 30 + i } : { decision: "reject" },
        ),
      ),
    );
    const winners = answers.filter(({ status }) => status === 200);
    const losers = answers.filter(({ status }) => status === 409);
    expect(winners.length).toBeGreaterThanOrEqual(1);
    expect(winners.length + losers.length).toBe(50);
    const won = winners[0]!.body;
    // The same key repeating the winning verdict is answered alike (I4); every other verdict lost.
    expect(new Set(winners.map(({ body }) => JSON.stringify(body.decision)))).toHaveProperty("size", 1);
    for (const { body } of losers)
      expect(body).toMatchObject({ code: "already_decided", workflow: { decision: won.decision } });
    expect(await openOrders()).toHaveLength(won.status === "rejected" ? 0 : 1);
  });

  it("that is repeated by the same person gets the same answer, another verdict does not", async () => {
    const asked = await trigger();
    const first = await approve(asked.body.workflow_id);
    expect(await approve(asked.body.workflow_id)).toMatchObject({ status: 200, body: first.body });
    expect(await approve(asked.body.workflow_id, { decision: "reject" })).toMatchObject({
      status: 409,
      body: { code: "already_decided" },
    });
  });

  it("on a workflow that asked nobody is refused", async () => {
    const decided = await trigger({ current_stock: 30 });
    expect(await approve(decided.body.workflow_id)).toMatchObject({
      status: 409,
      body: { code: "not_awaiting_review" },
    });
  });

  it("on a workflow that only the log still holds is answered as the item answered it", async () => {
    const approved = (await trigger()).body.workflow_id;
    const first = await approve(approved);
    const decided = (await trigger({ current_stock: 90 })).body.workflow_id;
    const late = (await trigger({ product_id: "LATE" })).body.workflow_id;
    passTime(TTL_MS);
    for (const item of [itemStub(), itemStub("LATE")]) {
      await item.idle();
      await item.forget(Date.now() + 1);
    }
    expect(await itemStub().read(approved)).toBeNull();
    expect(await approve(approved)).toMatchObject({ status: 200, body: first.body });
    expect(await approve(approved, { decision: "reject" })).toMatchObject({
      status: 409,
      body: { code: "already_decided" },
    });
    expect(await approve(decided)).toMatchObject({ status: 409, body: { code: "not_awaiting_review" } });
    expect(await approve(late)).toMatchObject({
      status: 409,
      body: { code: "expired", workflow: { status: "expired" } },
    });
  });

  it.each(["nope", `${"0".repeat(64)}-1`, `${"f".repeat(64)}-0`, "../x", "%00"])(
    "on the unknown id %s is a 404",
    async (id) => {
      expect((await approve(encodeURIComponent(id))).status).toBe(404);
      expect((await ask("GET", `/workflows/${encodeURIComponent(id)}`)).status).toBe(404);
    },
  );
});

describe("the deadline", () => {
  it("expires the review by the alarm, to a hold", async () => {
    const asked = await trigger();
    passTime(TTL_MS);
    await runDurableObjectAlarm(itemStub());
    expect(await read(asked.body.workflow_id)).toMatchObject({
      status: "expired",
      decision: { recommended_action: "hold", recommended_quantity: 0, decided_by: "expiry" },
      review: { status: "expired", channel: "expiry" },
    });
    expect(await openOrders()).toEqual([]);
  });

  it("counts on reads and verdicts although no alarm has run", async () => {
    const asked = await trigger();
    passTime(TTL_MS);
    expect(await read(asked.body.workflow_id)).toMatchObject({ status: "expired", review: { status: "expired" } });
    expect(await approve(asked.body.workflow_id)).toMatchObject({
      status: 409,
      body: { code: "expired", workflow: { status: "expired" } },
    });
    expect(await openOrders()).toEqual([]);
  });

  it("lets a verdict through one moment before", async () => {
    const asked = await trigger();
    passTime(TTL_MS - 1);
    expect((await approve(asked.body.workflow_id)).status).toBe(200);
    passTime(1);
    await runDurableObjectAlarm(itemStub());
    expect(await read(asked.body.workflow_id)).toMatchObject({ status: "completed" });
  });

  it("is met by the sweep when the alarm was lost", async () => {
    const asked = await trigger();
    await projected(asked.body.workflow_id);
    passTime(TTL_MS + 1);
    const { sweep } = await import("../../../src/scheduled/sweep.ts");
    const { env } = await import("cloudflare:workers");
    expect(await sweep(env, Date.now())).toEqual({ poked: 1, failed: 0 });
    await projected(asked.body.workflow_id, "expired");
  });

  it("leaves the queue of pending reviews on time, whatever the database has heard", async () => {
    const asked = await trigger();
    await projected(asked.body.workflow_id);
    passTime(TTL_MS);
    expect((await ask("GET", "/reviews")).body.reviews).toEqual([]);
    expect((await ask("GET", "/reviews?status=expired")).body.reviews).toMatchObject([
      { workflow_id: asked.body.workflow_id, status: "expired" },
    ]);
  });
});

describe("a newer trigger while a question is open", () => {
  it("that changes little points to it, and the question learns the new stock", async () => {
    const asked = await trigger();
    passTime(60_000);
    const again = await trigger({ current_stock: 11 });
    expect(again.status).toBe(202);
    expect(again.body).toMatchObject({ status: "superseded", superseded_by: asked.body.workflow_id });
    expect(await read(asked.body.workflow_id)).toMatchObject({
      status: "awaiting_human_review",
      revision: 1,
      recommendation: { quantity: 28 },
      decision: { evidence: { inventory_position: 11 } },
    });
  });

  it("that changes much supersedes it; the deadline is inherited", async () => {
    const asked = await trigger();
    passTime(HOUR_MS);
    const newer = await trigger({ current_stock: 0 });
    expect(newer.body).toMatchObject({ status: "awaiting_human_review", recommendation: { quantity: 40 } });
    expect(newer.body.review.expires_at).toBe(asked.body.review.expires_at);
    expect(await read(asked.body.workflow_id)).toMatchObject({
      status: "superseded",
      superseded_by: newer.body.workflow_id,
    });
    expect(await approve(asked.body.workflow_id)).toMatchObject({ status: 409, body: { code: "superseded" } });
    expect((await approve(newer.body.workflow_id)).status).toBe(200);
    expect(await openOrders()).toMatchObject([{ quantity: 40 }]);
  });

  it("that supersedes it late leaves people a quarter of the full time", async () => {
    await trigger();
    passTime(TTL_MS - 60_000);
    const newer = await trigger({ current_stock: 0 });
    expect(newer.body.review.expires_at).toBe(new Date(Date.now() + TTL_MS / 4).toISOString());
  });

  it("that needs no order any more closes it", async () => {
    const asked = await trigger();
    const refilled = await trigger({ current_stock: 60 });
    expect(refilled).toMatchObject({
      status: 200,
      body: { status: "completed", decision: { recommended_action: "hold" } },
    });
    expect(await read(asked.body.workflow_id)).toMatchObject({ status: "superseded" });
  });

  it("that breaks a bound of the open question supersedes it", async () => {
    const asked = await trigger({ max_stock: 41 });
    const newer = await trigger({ current_stock: 14, max_stock: 41 });
    expect(newer.body).toMatchObject({ status: "awaiting_human_review", recommendation: { quantity: 26 } });
    expect(await read(asked.body.workflow_id)).toMatchObject({ status: "superseded" });
  });

  it("leaves one question open, whatever comes", async () => {
    for (const current_stock of [12, 0, 19, 5, 12]) await trigger({ current_stock });
    const { body } = await ask("GET", "/products/SKU-1");
    expect(body.decisions.filter((d: { status: string }) => d.status === "awaiting_human_review")).toHaveLength(1);
  });
});

describe("an approval in a world that has moved", () => {
  it("becomes a new question when the quantity no longer fits, and the old revision decides nothing", async () => {
    const first = await trigger({ product_id: "SKU-1" });
    await approve(first.body.workflow_id);
    passTime(8 * DAY_MS);
    await ask("POST", "/products/SKU-1/receipts", { quantity: 28, reference: "r0" });
    passTime(60_000);
    const asked = await trigger({ current_stock: 10, max_stock: 41 });
    expect(asked.body.recommendation.quantity).toBe(30);
    // Goods arrive that nobody ordered here: the shelf is no longer what the question says.
    passTime(60_000);
    await ask("POST", "/products/SKU-1/receipts", { quantity: 5, reference: "r1" });
    const refused = await approve(asked.body.workflow_id);
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: "revision_changed",
        workflow: {
          status: "awaiting_human_review",
          revision: 2,
          recommendation: { quantity: 25 },
          review: { reason: "world_moved" },
        },
      },
    });
    expect(await openOrders()).toEqual([]);
    expect(await approve(asked.body.workflow_id, { revision: 1 })).toMatchObject({
      status: 409,
      body: { code: "revision_changed" },
    });
    expect(await approve(asked.body.workflow_id)).toMatchObject({ status: 409, body: { code: "revision_changed" } });
    expect(await approve(asked.body.workflow_id, { revision: 2 })).toMatchObject({
      status: 200,
      body: { decision: { recommended_quantity: 25 } },
    });
  });

  it("orders as asked when nothing moved but the time", async () => {
    const asked = await trigger();
    passTime(TTL_MS - 1);
    expect((await approve(asked.body.workflow_id)).body.decision.recommended_quantity).toBe(28);
  });
});

describe("the queue", () => {
  it("lists pending reviews by deadline, in pages", async () => {
    for (const [index, product_id] of ["A", "B", "C"].entries()) {
      passTime(index * 60_000);
      await projected((await trigger({ product_id })).body.workflow_id);
    }
    const first = await ask("GET", "/reviews?limit=2");
    expect(first.body.reviews.map((r: { product_id: string }) => r.product_id)).toEqual(["A", "B"]);
    const second = await ask("GET", `/reviews?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body.reviews.map((r: { product_id: string }) => r.product_id)).toEqual(["C"]);
    expect(second.body.next_cursor).toBeNull();
    expect(second.body.reviews[0]).toEqual({
      workflow_id: expect.any(String),
      product_id: "C",
      store_id: "main",
      status: "pending",
      reason: "plain_rule",
      revision: 1,
      recommendation: { action: "restock", quantity: 28, confidence: 0.5 },
      expires_at: new Date(Date.now() + TTL_MS).toISOString(),
      created_at: new Date(Date.now()).toISOString(),
    });
  });

  it.each(["status=open", "limit=0", "limit=1e9", "cursor=!!", "sort=x"])("refuses the query %s", async (query) => {
    expect((await ask("GET", `/reviews?${query}`)).status).toBe(422);
  });
});

/** Waits until the projection of a workflow has reached the database. */
async function projected(workflowId: string, status = "awaiting_human_review"): Promise<void> {
  const { env } = await import("cloudflare:workers");
  // A minute, on a busy machine. Not `eventually`, which moves the clock with each look: deadlines are compared.
  for (let i = 0; i < 2_400; i++) {
    const row = await env.DB.prepare("SELECT status FROM workflows WHERE workflow_id = ?")
      .bind(workflowId)
      .first<{ status: string }>();
    if (row?.status === status) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the projection of ${workflowId} did not become ${status} after ${T0}`);
}
