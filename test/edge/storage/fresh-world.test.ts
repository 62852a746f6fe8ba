/** The tests' own ground: none finds what an earlier one stored, however slowly they run. */
import { evictAllDurableObjects } from "cloudflare:test";
import { expect, it, onTestFinished, vi } from "vitest";
import { ask, openOrders, trigger, useWorld } from "../support/world.ts";

useWorld();

const A_SLOW_TEST_MS = 11_000;

/** As the platform does with objects that nobody calls while a test goes on. */
async function beClosedMeanwhile(): Promise<void> {
  await evictAllDurableObjects();
  const now = performance.now() + A_SLOW_TEST_MS;
  const spy = vi.spyOn(performance, "now").mockReturnValue(now);
  onTestFinished(() => spy.mockRestore());
}

it("a slow test leaves objects that the platform has closed", async () => {
  await ask("PUT", "/stores/main", { name: "Main" });
  const { body } = await trigger();
  await ask("POST", `/approve/${body.workflow_id}`, { decision: "approve" });
  expect(await openOrders()).toHaveLength(1);
  await beClosedMeanwhile();
});

it("the next one finds nothing of them", async () => {
  expect(await openOrders()).toEqual([]);
});
