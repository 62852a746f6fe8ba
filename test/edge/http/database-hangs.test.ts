/** What becomes of a request while something that it waits for does not answer. */
import { env } from "cloudflare:workers";
import { expect, it, onTestFinished, vi } from "vitest";
import { holdDatabase } from "../support/held-database.ts";
import { makeKey, send, withKey } from "../support/keys.ts";
import { ask, passTime, useWorld } from "../support/world.ts";

useWorld();

const A_SECOND_MS = 1_000;

/** Limits of seconds are over at once. */
function hurryLimits(): void {
  const usual = globalThis.setTimeout.bind(globalThis);
  const spy = vi.spyOn(globalThis, "setTimeout");
  spy.mockImplementation(((done: () => void, ms = 0) =>
    usual(done, ms < A_SECOND_MS ? ms : 0)) as typeof globalThis.setTimeout);
  onTestFinished(() => spy.mockRestore());
}

it("what cannot be answered without the database is a 503 that says when to come back", async () => {
  const { key } = await makeKey({ scopes: ["read"] });
  holdDatabase();
  hurryLimits();
  for (const path of ["/reviews", "/keys"]) {
    const { status, headers, body } = await ask("GET", path);
    expect([path, status, body.code, headers.get("Retry-After")]).toEqual([path, 503, "unavailable", "5"]);
  }
  const { status } = await send("GET", "/reviews", withKey(key));
  expect(status).toBe(503);
});

it.each(["d1", "kv"])("whoever asks what is not ready hears that %s does not answer, while it hangs", async (part) => {
  // Answers are kept for some seconds, and tests share a moment.
  passTime(part === "kv" ? 120_000 : 240_000);
  if (part === "d1") holdDatabase();
  const cache = vi.spyOn(env.CACHE, "get").mockImplementation((() => {
    return part === "kv" ? new Promise(() => {}) : Promise.resolve(null);
  }) as unknown as typeof env.CACHE.get);
  onTestFinished(() => cache.mockRestore());
  hurryLimits();
  const { status, body } = await ask("GET", "/readyz");
  const hanging = body.parts.filter(({ ok }: { ok: boolean }) => !ok);
  expect([status, hanging]).toEqual([503, [{ part, ok: false, error: "no answer within 5000 ms" }]]);
});

it("whoever asks next hears what is not ready, though the first one left while a part hangs", async () => {
  passTime(360_000);
  const { promise, resolve } = Promise.withResolvers<null>();
  const cache = vi.spyOn(env.CACHE, "get").mockImplementation((() => promise) as unknown as typeof env.CACHE.get);
  onTestFinished(() => cache.mockRestore());
  // A request that is gone hears of its limits no more.
  const timers = vi.spyOn(globalThis, "setTimeout").mockImplementation((() => 0) as unknown as typeof setTimeout);
  const left = ask("GET", "/readyz");
  await vi.waitUntil(() => cache.mock.calls.length > 0);
  timers.mockRestore();
  hurryLimits();
  const { status, body } = await ask("GET", "/readyz");
  const hanging = body.parts?.filter(({ ok }: { ok: boolean }) => !ok);
  expect([status, hanging]).toEqual([503, [{ part: "kv", ok: false, error: "no answer within 5000 ms" }]]);
  resolve(null);
  await left;
});
