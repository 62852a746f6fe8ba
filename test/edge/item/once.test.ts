/**
 * Every POST that writes takes an Idempotency-Key: a repetition is answered as the first was, and does nothing again.
 */
import { env } from "cloudflare:workers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { useSettings } from "../support/settings.ts";
import { ask, HOUR_MS, trigger, useWorld } from "../support/world.ts";

useWorld();
const set = useSettings();

const ONCE = { "Idempotency-Key": "again" };

/** A question that waits for a person. */
async function asked(): Promise<string> {
  return (await trigger()).body.workflow_id;
}

describe("done once under an Idempotency-Key", () => {
  it.each<[string, () => Promise<string>, Record<string, unknown>, Record<string, unknown>]>([
    ["a run", async () => (await ask("PUT", "/stores/main", {}), "/runs"), { store_id: "main" }, { supplier_id: "x" }],
    ["a key", async () => "/keys", { name: "till", scopes: ["read"] }, { name: "other" }],
    ["an extension", async () => `/reviews/${await asked()}/extend`, { seconds: 60 }, { seconds: 61 }],
    ["a verdict", async () => `/approve/${await asked()}`, { decision: "approve" }, { decision: "reject" }],
  ])("is %s", async (_, path, body, changes) => {
    await set({ review: { extensionMs: HOUR_MS } });
    const to = await path();
    const first = await ask("POST", to, body, ONCE);
    const again = await ask("POST", to, body, ONCE);
    expect(first.status).toBeLessThan(300);
    expect(again.status).toBe(first.status);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("Location")).toBe(first.headers.get("Location"));
    expect([first.headers.get("Idempotency-Replayed"), again.headers.get("Idempotency-Replayed")]).toEqual([
      null,
      "true",
    ]);
    expect((await ask("POST", to, { ...body, ...changes }, ONCE)).body.code).toBe("idempotency_mismatch");
  });

  it.each([
    ["/keys", { name: "till", scopes: ["read"] }, { expires_at: null, stores: null }],
    ["/runs", { store_id: "main" }, { supplier_id: null }],
    ["/products/SKU-1/receipts", { quantity: 1 }, { reference: null, received_at: null }],
    ["/products/SKU-1/orders", { reference: "PO", quantity: 1, expected_at: "2040-03-09" }, { placed_at: null }],
  ])("at %s, null and an absent field are the same body", async (path, body, nulls) => {
    await ask("PUT", "/stores/main", {});
    await trigger();
    const answers = [await ask("POST", path, body, ONCE), await ask("POST", path, { ...nulls, ...body }, ONCE)];
    expect(answers[0]!.status).toBeLessThan(300);
    expect(answers[1]!.status).toBe(answers[0]!.status);
    expect(answers[1]!.headers.get("Idempotency-Replayed")).toBe("true");
  });

  it("is what was done though its answer could not be kept", async () => {
    const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1")) as D1PreparedStatement;
    const original = statement.run;
    const spy = vi.spyOn(statement, "run").mockImplementation(async function (this: { statement: string }) {
      if (this.statement.startsWith("UPDATE answered_requests")) throw new Error("D1_ERROR: no answer in time");
      return original.apply(this as unknown as D1PreparedStatement);
    } as typeof original);
    onTestFinished(() => spy.mockRestore());
    const body = { name: "till", scopes: ["read"] };
    const answers = [await ask("POST", "/keys", body, ONCE), await ask("POST", "/keys", body, ONCE)];
    expect(answers.map(({ status, body: said }) => [status, said.code])).toEqual([
      [201, undefined],
      [409, "idempotency_in_progress"],
    ]);
    expect((await ask("GET", "/keys")).body.keys).toHaveLength(1);
  });

  it("is a redelivery", async () => {
    const path = `/workflows/${await asked()}/redeliver`;
    for (const to of [path, "/deliveries/redeliver"]) {
      const answers = [await ask("POST", to, undefined, ONCE), await ask("POST", to, undefined, ONCE)];
      expect(answers.map(({ status, headers }) => [status, headers.get("Idempotency-Replayed")])).toEqual([
        [202, null],
        [202, "true"],
      ]);
    }
  });

  it("is a receipt, with a reference or without one", async () => {
    await trigger();
    for (const reference of [null, "D-1"]) {
      const key = { "Idempotency-Key": `receipt ${reference}` };
      const receive = (quantity: number, as = reference) =>
        ask("POST", "/products/SKU-1/receipts", { quantity, reference: as }, key);
      const [first, again] = [await receive(4), await receive(4)];
      expect([first.status, again.status]).toEqual([200, 200]);
      expect(again.body).toEqual({ ...first.body, replayed: true });
      expect(again.headers.get("Idempotency-Replayed")).toBe("true");
      for (const other of [await receive(5), await receive(4, "D-2")])
        expect([other.status, other.body.code]).toEqual([422, "idempotency_mismatch"]);
    }
  });

  it("a key works, and is made anew under another Idempotency-Key", async () => {
    const make = async (key: string) =>
      (await ask("POST", "/keys", { name: "till", scopes: ["read"] }, { "Idempotency-Key": key })).body;
    const [one, same, other] = [await make("1"), await make("1"), await make("2")];
    expect(same.key).toBe(one.key);
    expect(other.key).not.toBe(one.key);
    expect((await ask("GET", "/reviews", undefined, { Authorization: `Bearer ${one.key}` })).status).toBe(200);
    expect((await ask("GET", "/keys")).body.keys).toHaveLength(2);
  });
});
