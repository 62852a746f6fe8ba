import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { BatchAnswer, BatchResultAnswer } from "../../../src/api/responses.ts";
import { withKey } from "../support/keys.ts";
import { ask, aTrigger, openOrders, ROOT_KEY, T0, useWorld, type Answer } from "../support/world.ts";

useWorld();

/** More triggers than these are repeated counts: each item is an object that has to be made, and removed again. */
const ITEMS = 50;

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => aTrigger({ product_id: `SKU-${index % ITEMS}`, current_stock: 90 }));

function batch(triggers: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return ask("POST", "/inventory-triggers", { triggers }, headers);
}

async function lines(
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<{ response: Response; results: any[] }> {
  const response = await exports.default.fetch("http://localhost:8787/inventory-triggers", {
    method: "POST",
    headers: { ...withKey(ROOT_KEY), "Content-Type": "application/x-ndjson", ...headers },
    body,
  });
  const text = await response.text();
  return {
    response,
    results: text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
}

describe("a batch", () => {
  it("answers each trigger as the single call would, in the order of the request", async () => {
    const { status, body } = await batch([
      aTrigger({ product_id: "OK", current_stock: 90 }),
      aTrigger({ product_id: "ASKS" }),
      { product_id: "BAD" },
      7,
      aTrigger({ product_id: ".." }),
    ]);
    expect(status).toBe(200);
    expect(BatchAnswer.safeParse(body).error).toBeUndefined();
    expect(body.results.map((result: any) => [result.index, result.status])).toEqual([
      [0, 200],
      [1, 202],
      [2, 422],
      [3, 422],
      [4, 422],
    ]);
    expect(body.results[0].workflow).toMatchObject({ product_id: "OK", status: "completed" });
    expect(body.results[1].workflow).toMatchObject({ product_id: "ASKS", status: "awaiting_human_review" });
    expect(body.results[2].problem).toMatchObject({
      code: "validation_failed",
      status: 422,
      errors: expect.arrayContaining([{ pointer: "/current_stock", message: expect.any(String) }]),
    });
  });

  it("takes 500 triggers and not one more", async () => {
    const { status, body } = await batch(many(500));
    expect(status).toBe(200);
    expect(new Set(body.results.map((result: any) => result.status))).toEqual(new Set([200]));
    expect(body.results.map((result: any) => result.workflow.product_id)).toEqual(
      many(500).map(({ product_id }) => product_id),
    );
    expect((await batch(many(501))).status).toBe(422);
    expect((await batch([])).status).toBe(422);
    expect(
      (
        await lines(
          many(501)
            .map((one) => JSON.stringify(one))
            .join("\n"),
        )
      ).response.status,
    ).toBe(422);
  });

  it("runs the triggers of one item in the order they came in", async () => {
    const counts = [40, 30, 20, 10].map((current_stock, index) =>
      aTrigger({ current_stock, safety_stock_level: 5, occurred_at: new Date(T0 + index * 1_000).toISOString() }),
    );
    const { body } = await batch(counts);
    expect(body.results.map((result: any) => result.workflow.status)).toEqual([
      "completed",
      "completed",
      "completed",
      "completed",
    ]);
    const ordinals = body.results.map((result: any) => Number(result.workflow.workflow_id.split("-")[1]));
    expect(ordinals).toEqual([1, 2, 3, 4]);
  });

  it("sent again with its Idempotency-Key is answered from the first time", async () => {
    const triggers = [
      aTrigger({ product_id: "A", current_stock: 90 }),
      aTrigger({ product_id: "A", current_stock: 91 }),
      aTrigger({ product_id: "B", current_stock: 90 }),
    ];
    const first = await batch(triggers, { "Idempotency-Key": '"monday"' });
    const again = await batch(triggers, { "Idempotency-Key": '"monday"' });
    expect(again.body.results.map((result: any) => result.workflow.workflow_id)).toEqual(
      first.body.results.map((result: any) => result.workflow.workflow_id),
    );
    expect(again.body.results.map((result: any) => result.idempotency_replayed)).toEqual([true, true, true]);
    const changed = await batch([aTrigger({ product_id: "A", current_stock: 1 })], { "Idempotency-Key": '"monday"' });
    expect(changed.body.results[0]).toMatchObject({ status: 422, problem: { code: "idempotency_mismatch" } });
    const single = await ask("POST", "/inventory-trigger", triggers[0], { "Idempotency-Key": '"monday"' });
    expect(single.headers.get("Idempotency-Replayed")).toBeNull();
  });

  it("that is malformed as a whole does nothing", async () => {
    expect((await ask("POST", "/inventory-triggers", { triggers: many(1), more: 1 })).status).toBe(422);
    const twice = await exports.default.fetch("http://localhost:8787/inventory-triggers", {
      method: "POST",
      headers: { ...withKey(ROOT_KEY), "Content-Type": "application/json" },
      body: `{"triggers":[${JSON.stringify(aTrigger())}],"triggers":[]}`,
    });
    expect(twice.status).toBe(400);
    expect(await openOrders()).toEqual([]);
  });

  it("is refused above 1 MiB, told or chunked", async () => {
    const large = `${" ".repeat(1_048_577)}`;
    expect((await lines(large)).response.status).toBe(413);
    const chunked = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(" ".repeat(65_536)));
      },
    });
    expect((await lines(chunked)).response.status).toBe(413);
  });
});

describe("a batch of lines", () => {
  it("is answered by lines in its order, each with its index, a bad line by a problem", async () => {
    const { response, results } = await lines(
      [
        JSON.stringify(aTrigger({ current_stock: 90 })),
        "",
        "{not json",
        JSON.stringify(aTrigger({ product_id: "B" })),
        '{"a":1,"a":2}',
      ].join("\r\n"),
    );
    expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "application/x-ndjson"]);
    for (const result of results) expect(BatchResultAnswer.safeParse(result).error).toBeUndefined();
    expect(results.map(({ index, status }) => [index, status])).toEqual([
      [0, 200],
      [1, 400],
      [2, 202],
      [3, 400],
    ]);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });

  it("answers a line before the last trigger has run", async () => {
    const response = await exports.default.fetch("http://localhost:8787/inventory-triggers", {
      method: "POST",
      headers: { ...withKey(ROOT_KEY), "Content-Type": "application/x-ndjson" },
      body: many(100)
        .map((one) => JSON.stringify(one))
        .join("\n"),
    });
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    const early = new TextDecoder().decode(value).split("\n").filter(Boolean).length;
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(100);
    let rest = "";
    const decoder = new TextDecoder();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      rest += decoder.decode(next.value, { stream: true });
    expect(early + rest.split("\n").filter(Boolean).length).toBe(100);
  });
});
