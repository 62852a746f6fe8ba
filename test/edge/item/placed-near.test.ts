/** Where an item's object is made: near the caller that touches it first. */
import { env, exports } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { aTrigger, ROOT_KEY, useWorld } from "../support/world.ts";

useWorld();

it("the first trigger makes the item near its caller", async () => {
  const opened = vi.spyOn(env.ITEM, "getByName");
  const answer = await exports.default.fetch("http://localhost:8787/inventory-trigger", {
    method: "POST",
    headers: { Authorization: `Bearer ${ROOT_KEY}`, "Content-Type": "application/json" },
    body: JSON.stringify(aTrigger({ product_id: "FAR" })),
    cf: { continent: "AS", longitude: "139.69" },
  } as RequestInit);
  expect(answer.status).toBe(202);
  expect(opened).toHaveBeenCalledWith(expect.stringContaining("FAR"), { locationHint: "apac" });
  opened.mockRestore();
});
