/** What becomes of a request while something that it waits for does not answer. */
import { expect, it, onTestFinished, vi } from "vitest";
import { holdDatabase } from "../support/held-database.ts";
import { makeKey, send, withKey } from "../support/keys.ts";
import { ask, useWorld } from "../support/world.ts";

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
