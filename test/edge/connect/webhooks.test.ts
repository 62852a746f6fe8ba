import { evictDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { ask, HOUR_MS, itemStub, passTime, trigger, useWorld } from "../support/world.ts";

useWorld();

it("an endpoint hears that a question expired from an item that slept and knew nothing of its store", async () => {
  const endpoint = { url: "http://localhost:9/hook", events: ["review.decided"], secret: "a-secret-of-this-endpoint" };
  expect((await ask("PUT", "/webhooks/erp", endpoint)).status).toBe(201);
  const { body } = await trigger();
  passTime(5 * HOUR_MS);
  await evictDurableObject(itemStub());
  await itemStub().poke();
  const workflow = await itemStub().read(body.workflow_id);
  expect(workflow).toMatchObject({
    status: "expired",
    deliveries: [{ channel: "webhook", purpose: "decided", recipient: "erp" }],
  });
});
