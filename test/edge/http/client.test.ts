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
