import { HistoryAnswer, HistoryUploadAnswer } from "../../../src/api/sales-shape.ts";
import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Stockwarden, StockwardenError } from "../../../src/client/client.ts";
import { PersonAnswer } from "../../../src/api/person-shape.ts";
import { ProblemAnswer, ReviewsAnswer, StoryAnswer } from "../../../src/api/responses.ts";
import { WorkflowAnswer } from "../../../src/api/trigger/workflow-answer.ts";
import {
  ForecastAnswer,
  ForecastUploadAnswer,
  ProductAnswer,
  ProductSettingsAnswer,
  ReceiptAnswer,
  WhatIfAnswer,
} from "../../../src/api/item-responses.ts";
import { KeysAnswer, NewKeyAnswer } from "../../../src/api/service-responses.ts";
import { ROOT_KEY, salesCsv, useWorld } from "../support/world.ts";

useWorld();

const client = (key = ROOT_KEY) =>
  new Stockwarden({ url: "http://localhost:8787/", key, fetch: (request) => exports.default.fetch(request) });

const low = { product_id: "SKU/1 ü", current_stock: 12, safety_stock_level: 40 };

describe("the typed client", () => {
  it("has a decision made, asked about and answered, and every answer has the shape that is documented", async () => {
    const stock = client();
    expect(
      HistoryUploadAnswer.parse(
        await stock.putHistory(
          "SKU-2",
          salesCsv(40, () => 5),
        ),
      ).days,
    ).toBe(40);
    expect(HistoryAnswer.parse(await stock.history("SKU-2")).days).toHaveLength(40);
    expect(ForecastUploadAnswer.parse(await stock.putForecast("SKU-2", [{ date: "2040-03-01", mean: 4 }])).points).toBe(
      1,
    );
    expect(ForecastAnswer.parse(await stock.forecast("SKU-2")).points[0]).toMatchObject({ mean: 4 });
    await stock.putForecast("SKU-2", [{ date: "2040-03-05", mean: 70 }], "main", { period: "week" });
    expect((await stock.forecast("SKU-2")).points.map(({ mean }) => mean)).toEqual(Array(7).fill(10));
    expect(
      ProductSettingsAnswer.parse(await stock.putProduct(low.product_id, { pack_size: 2 }, "tokyo-3")).pack_size,
    ).toBe(2);

    const asked = WorkflowAnswer.parse(await stock.trigger({ ...low, store_id: "tokyo-3" }, { waitSeconds: 1 }));
    expect(asked.status).toBe("awaiting_human_review");
    const { reviews } = ReviewsAnswer.parse(await stock.reviews({ limit: 5 }));
    expect(reviews).toEqual(expect.any(Array));
    const decided = WorkflowAnswer.parse(
      await stock.decide(asked.workflow_id, { decision: "approve", revision: asked.revision }),
    );
    expect(decided.decision).toMatchObject({ recommended_action: "restock", decided_by: "human" });
    expect(await stock.workflow(asked.workflow_id)).toEqual(decided);

    const product = ProductAnswer.parse(await stock.product(low.product_id, "tokyo-3"));
    expect(product.open_orders).toHaveLength(1);
    expect(
      ReceiptAnswer.parse(await stock.receive(low.product_id, { quantity: 1, reference: "r" }, "tokyo-3"))
        .applied_to_open_orders,
    ).toBe(1);
    await stock.cancelOrder(low.product_id, asked.workflow_id, "tokyo-3");
    expect((await stock.product(low.product_id, "tokyo-3")).open_orders).toEqual([]);
    await stock.deleteProduct(low.product_id, "tokyo-3");
  });

  it("streams a batch, one result for every trigger", async () => {
    const triggers = Array.from({ length: 40 }, (_, index) => ({ ...low, product_id: `P${index}`, current_stock: 99 }));
    const seen: number[] = [];
    for await (const result of client().triggers(triggers, { idempotencyKey: 'a "quoted" \\ key' })) {
      expect(result.workflow?.product_id).toBe(`P${result.index}`);
      seen.push(result.index);
    }
    expect(seen.toSorted((a, b) => a - b)).toEqual(triggers.map((_, index) => index));
  });

  it("makes, lists and revokes keys", async () => {
    const made = NewKeyAnswer.parse(await client().makeKey({ name: "pos", scopes: ["read"] }));
    expect(await client(made.key).reviews()).toMatchObject({ reviews: [] });
    expect(KeysAnswer.parse(await client().keys({ limit: 1 })).keys).toHaveLength(1);
    await client().revokeKey(made.id);
    await expect(client(made.key).reviews()).rejects.toMatchObject({ status: 401, problem: { code: "unauthorized" } });
  });

  it("describes people, and supposes something of an item", async () => {
    const stock = client();
    const ana = PersonAnswer.parse(
      await stock.putPerson("ana", { name: "Ana", email: "Ana@shop.example", may: ["order"] }),
    );
    expect(await stock.person("ana")).toEqual(ana);
    expect((await stock.people({ limit: 5 })).people).toEqual([ana]);
    await stock.deletePerson("ana");
    await expect(stock.person("ana")).rejects.toMatchObject({ status: 404 });
    const { supposed } = WhatIfAnswer.parse(
      await stock.whatIf("SKU-1", { current_stock: 4, expected_at: "2040-03-09" }),
    );
    expect(supposed.asks_for_review).toEqual([]);
    const { workflow_id } = await stock.trigger(low);
    expect(StoryAnswer.parse(await stock.story(workflow_id)).steps.length).toBeGreaterThan(1);
    expect((await stock.replay(workflow_id)).changed).toBe(false);
  });

  it("throws the problem that the service described", async () => {
    const error = await client()
      .trigger({ ...low, current_stock: 1e10 })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StockwardenError);
    const { problem, status } = error as StockwardenError;
    expect(status).toBe(422);
    expect(ProblemAnswer.parse(problem).errors).toMatchObject([{ pointer: "/current_stock" }]);
  });

  it("repeats any call under one key, and nothing counts twice", async () => {
    const stock = client();
    await stock.putProduct("SKU-1", { safety_stock_level: 40 });
    const once = stock.with({ idempotencyKey: "delivery-4711" });
    expect(await once.receive("SKU-1", { quantity: 10 })).toMatchObject({ received: 10, replayed: false });
    expect(await once.receive("SKU-1", { quantity: 10 })).toMatchObject({ received: 10, replayed: true });
    await expect(once.receive("SKU-1", { quantity: 11 })).rejects.toMatchObject({ status: 422 });
    const keyed = stock.with({ idempotencyKey: "key-1" });
    const made = await keyed.makeKey({ name: "till", scopes: ["trigger"] });
    expect((await keyed.makeKey({ name: "till", scopes: ["trigger"] })).key_id).toBe(made.key_id);
  });

  it("has every call under such a key", async () => {
    const sent: Request[] = [];
    const stock = new Stockwarden({
      url: "https://stock.shop.example",
      key: "k",
      fetch: async (request) => {
        sent.push(request);
        return new Response("{}");
      },
    });
    const keyed = stock.with({ idempotencyKey: "order-1" });
    await keyed.approvePurchase("po", 1);
    await keyed.receivePurchase("po", { reference: "D-1", lines: [{ product_id: "A", quantity: 1 }] });
    await keyed.redeliverPurchase("po");
    expect(sent.map(({ url, headers }) => [new URL(url).pathname, headers.get("Idempotency-Key")])).toEqual([
      ["/purchase-orders/po/approve", '"order-1"'],
      ["/purchase-orders/po/receive", '"order-1"'],
      ["/purchase-orders/po/redeliver", '"order-1"'],
    ]);
  });

  it("ends any call with a signal", async () => {
    const stopped = new AbortController();
    const slow = new Stockwarden({
      url: "https://stock.shop.example",
      key: "k",
      fetch: (request) =>
        new Promise((_, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason))),
    });
    const asked = slow.with({ signal: stopped.signal }).reviews();
    stopped.abort(new Error("the till was closed"));
    await expect(asked).rejects.toThrow("the till was closed");
  });

  it("calls the fetch that it is given as no method", async () => {
    const strict = new Stockwarden({
      url: "http://localhost:8787",
      key: ROOT_KEY,
      fetch(this: unknown, request) {
        if (this !== undefined) throw new TypeError("Illegal invocation");
        return exports.default.fetch(request);
      },
    });
    expect((await strict.reviews()).reviews).toEqual([]);
  });

  const answering = (body: string, status = 200, headers: Record<string, string> = {}): Stockwarden =>
    new Stockwarden({
      url: "https://stock.shop.example",
      key: "k",
      fetch: async () => new Response(body, { status, headers }),
    });

  it.each([
    ["a page", answering("<h1>Sign in to the guest network</h1>")],
    ["half an answer", answering('{"reviews":[{"workflow')],
    ["half a problem", answering('{"type":"about', 422, { "Content-Type": "application/problem+json" })],
  ])("throws its own error for %s", async (_, stock) => {
    const thrown = await stock.reviews().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(StockwardenError);
    expect((thrown as StockwardenError).problem.code).toBe("unknown");
  });

  it("gives the results that came of a batch that was cut off, and then throws", async () => {
    const stock = answering('{"index":0,"status":200}\n{"index":1,"sta');
    const indexes: number[] = [];
    const read = async (): Promise<void> => {
      for await (const { index } of stock.triggers([low, low, low])) indexes.push(index);
    };
    await expect(read()).rejects.toMatchObject({ problem: { detail: "It ended after 1 of 3 results." } });
    expect(indexes).toEqual([0]);
  });

  it.each([
    ["7", 7],
    ["a day ago", 0],
    ["soon", null],
  ])("reads Retry-After %j", async (after, seconds) => {
    const past = after === "a day ago" ? new Date(Date.now() - 86_400_000).toUTCString() : after;
    await expect(answering("", 503, { "Retry-After": past }).reviews()).rejects.toMatchObject({
      retryAfterSeconds: seconds,
    });
  });

  it("distinguishes an answer of something else from one of the service", async () => {
    const behindProxy = new Stockwarden({
      url: "https://stock.shop.example",
      key: "k",
      fetch: async () => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Retry-After": "7" } }),
    });
    await expect(behindProxy.reviews()).rejects.toMatchObject({
      status: 502,
      retryAfterSeconds: 7,
      problem: { code: "unknown" },
    });
  });
});
