import { describe, expect, it, vi } from "vitest";
import toml from "../../../wrangler.toml?raw";
import { LIMITS } from "../../../src/http/auth/limits.ts";
import { makeKey, send, withKey } from "../support/keys.ts";
import { aTrigger, useWorld } from "../support/world.ts";

useWorld();

const WINDOW_MS = 60_000;

/** The platform's window by the real clock, which its counters follow: early enough in one that a burst fits into it. */
async function earlyInAWindow(roomMs: number): Promise<void> {
  vi.useRealTimers();
  const left = WINDOW_MS - (Date.now() % WINDOW_MS);
  if (left < roomMs) await nextWindow();
}

async function nextWindow(): Promise<void> {
  await scheduler.wait(WINDOW_MS - (Date.now() % WINDOW_MS) + 50);
}

async function statuses(count: number, ask: () => Promise<{ status: number }>): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  for (let at = 0; at < count; at++) {
    const { status } = await ask();
    seen[status] = (seen[status] ?? 0) + 1;
  }
  return seen;
}

describe("the limit of a key", () => {
  it("is 100 a minute: the 101st gets 429 until the window ends, and another key is not touched", async () => {
    await earlyInAWindow(20_000);
    const { key } = await makeKey();
    const other = await makeKey();
    const read = () => send("GET", "/reviews", withKey(key));
    expect(await statuses(100, read)).toEqual({ 200: 100 });
    const refused = await read();
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ code: "rate_limited", status: 429 });
    expect(refused.headers.get("Retry-After")).toBe("60");
    expect(refused.headers.get("RateLimit-Policy")).toBe('"standard";q=100;w=60');
    expect([...refused.headers.keys()].filter((name) => /remaining|reset/i.test(name))).toEqual([]);
    expect((await send("GET", "/reviews", withKey(other.key))).status).toBe(200);

    await nextWindow();
    const again = await read();
    expect(again.status).toBe(200);
    expect(again.headers.get("RateLimit-Policy")).toBe('"standard";q=100;w=60');
  });

  it("counts a batch once, and refusals of scope too", async () => {
    await earlyInAWindow(20_000);
    const { key } = await makeKey({ scopes: ["trigger"] });
    const batch = JSON.stringify({
      triggers: Array.from({ length: 20 }, (_, index) => aTrigger({ product_id: `B${index}`, current_stock: 90 })),
    });
    const sendBatch = () =>
      send("POST", "/inventory-triggers", { ...withKey(key), "Content-Type": "application/json" }, batch);
    expect(await statuses(6, sendBatch)).toEqual({ 200: 6 });
    expect(await statuses(94, () => send("GET", "/reviews", withKey(key)))).toEqual({ 403: 94 });
    expect((await sendBatch()).status).toBe(429);
  });

  it("is larger for a key of class bulk", async () => {
    await earlyInAWindow(20_000);
    const { key } = await makeKey({ rate_class: "bulk" });
    expect(await statuses(150, () => send("GET", "/reviews", withKey(key)))).toEqual({ 200: 150 });
    expect((await send("GET", "/reviews", withKey(key))).headers.get("RateLimit-Policy")).toBe('"bulk";q=10000;w=60');
  });
});

describe("failed credentials", () => {
  it("are counted by address: 300 a minute, then 429, while good keys from there go on", async () => {
    await earlyInAWindow(30_000);
    const { key } = await makeKey();
    const from = (address: string, headers: Record<string, string>) =>
      send("GET", "/reviews", { "CF-Connecting-IP": address, ...headers });
    expect(await statuses(300, () => from("203.0.113.7", withKey("wrong")))).toEqual({ 401: 300 });
    const refused = await from("203.0.113.7", withKey("wrong"));
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "60"]);
    expect((await from("203.0.113.7", withKey(key))).status).toBe(200);
    expect((await from("203.0.113.8", withKey("wrong"))).status).toBe(401);
    expect((await from("203.0.113.7", { "X-Forwarded-For": "198.51.100.1", ...withKey("wrong") })).status).toBe(429);
  });

  it("of one IPv6 subscriber are counted together", async () => {
    await earlyInAWindow(30_000);
    let host = 0;
    const tries = () =>
      send("GET", "/reviews", { "CF-Connecting-IP": `2001:db8:0:7::${(host++).toString(16)}`, ...withKey("wrong") });
    expect(await statuses(300, tries)).toEqual({ 401: 300 });
    expect((await tries()).status).toBe(429);
    expect((await send("GET", "/reviews", { "CF-Connecting-IP": "2001:db8:0:8::1", ...withKey("wrong") })).status).toBe(
      401,
    );
  });
});

it("the numbers are those of wrangler.toml", () => {
  for (const { binding, perWindow } of Object.values(LIMITS)) {
    expect(toml).toMatch(
      new RegExp(`name = "${binding}"\\nnamespace_id = "\\d+"\\nsimple = \\{ limit = ${perWindow}, period = 60 \\}`),
    );
  }
});
