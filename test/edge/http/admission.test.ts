/** A flood: what is let in is decided, the rest is told at once to come again, and nothing of it is lost or begun. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { admitted, LOST_AFTER_MS, MOST_UNDER_WAY } from "../../../src/http/kit/admission.ts";
import { ask, passTime, trigger, useWorld } from "../support/world.ts";

useWorld();

/** Takes all the room there is, until it is given back. */
function fill(): { giveBack: () => Promise<void> } {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const waiting = Array.from({ length: MOST_UNDER_WAY }, () => admitted(() => held));
  return {
    async giveBack() {
      release();
      await Promise.all(waiting);
    },
  };
}

describe("more triggers than an isolate has room for", () => {
  it("are refused with 503 and Retry-After, write nothing, and are taken once there is room", async () => {
    const { giveBack } = fill();
    const refused = await trigger({}, { "Idempotency-Key": "flood-1" });
    expect([refused.status, refused.body.code, refused.headers.get("retry-after")]).toEqual([503, "unavailable", "5"]);
    expect(await ask("GET", "/products/SKU-1")).toMatchObject({ status: 404 });
    await giveBack();
    expect(await trigger({}, { "Idempotency-Key": "flood-1" })).toMatchObject({ status: 202 });
    const { results } = await env.DB.prepare("SELECT count(*) AS n FROM workflows").all();
    expect(results[0]!["n"]).toBeLessThanOrEqual(1);
  });

  it("leave the other routes alone", async () => {
    const { giveBack } = fill();
    expect((await ask("GET", "/reviews?status=pending")).status).toBe(200);
    expect((await ask("GET", "/healthz")).status).toBe(200);
    await giveBack();
  });

  it("make room when they have been waiting for longer than anybody does: their requests were cancelled", async () => {
    for (let i = 0; i < MOST_UNDER_WAY; i++) void admitted(() => new Promise(() => undefined));
    passTime(LOST_AFTER_MS - 1);
    await expect(admitted(async () => "room")).rejects.toThrow("in progress");
    passTime(1);
    expect(await admitted(async () => "room")).toBe("room");
  });

  it("free their room when they fail", async () => {
    for (let i = 0; i < MOST_UNDER_WAY + 1; i++)
      await expect(admitted(() => Promise.reject(new Error("x")))).rejects.toThrow("x");
    expect(await admitted(async () => "room")).toBe("room");
  });
});
