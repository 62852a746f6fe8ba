import { env } from "cloudflare:workers";
import { describe, expect, inject, it, vi } from "vitest";
import toml from "../../../wrangler.toml?raw";
import { noteFailing } from "../../../src/http/auth/failing-addresses.ts";
import { makeKey as newKeyText } from "../../../src/http/auth/key-text.ts";
import { LIMITS } from "../../../src/http/auth/limits.ts";
import { makeKey, send, withKey } from "../support/keys.ts";
import { signIn } from "../support/sign-in.ts";
import { aTrigger, useWorld } from "../support/world.ts";

useWorld();

const WINDOW_MS = 60_000;

/**
 * Runs a burst that must fall into one window of the platform, which follows the real clock: when the minute turned
 * meanwhile, it runs again with a new key or address. So nothing waits for a window to begin.
 */
async function withinOneWindow(burst: () => Promise<() => void>): Promise<void> {
  vi.useRealTimers();
  for (;;) {
    const window = Math.floor(Date.now() / WINDOW_MS);
    const check = await burst();
    if (Math.floor(Date.now() / WINDOW_MS) === window) return check();
  }
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
  it("is 100 a minute: the 101st gets 429, and another key is not touched", async () => {
    const other = await makeKey();
    await withinOneWindow(async () => {
      const { key } = await makeKey();
      const read = () => send("GET", "/reviews", withKey(key));
      const answered = await statuses(100, read);
      const refused = await read();
      const others = await send("GET", "/reviews", withKey(other.key));
      return () => {
        expect(answered).toEqual({ 200: 100 });
        expect(refused.status).toBe(429);
        expect(refused.body).toMatchObject({ code: "rate_limited", status: 429 });
        expect(refused.headers.get("Retry-After")).toBe("60");
        expect(refused.headers.get("RateLimit-Policy")).toBe('"standard";q=100;w=60');
        expect([...refused.headers.keys()].filter((name) => /remaining|reset/i.test(name))).toEqual([]);
        expect(others.status).toBe(200);
        expect(others.headers.get("RateLimit-Policy")).toBe('"standard";q=100;w=60');
      };
    });
  });

  // Waits for the real minute to end, so the short run leaves it out.
  if (inject("thorough")) {
    it("ends with the window", async () => {
      vi.useRealTimers();
      const { key } = await makeKey();
      const read = () => send("GET", "/reviews", withKey(key));
      let refused = 0;
      while (refused === 0) refused += (await statuses(100, read))["429"] ?? 0;
      await scheduler.wait(WINDOW_MS - (Date.now() % WINDOW_MS) + 50);
      expect((await read()).status).toBe(200);
    });
  }

  it("counts a batch once, and refusals of scope too", async () => {
    const batch = JSON.stringify({
      triggers: Array.from({ length: 20 }, (_, index) => aTrigger({ product_id: `B${index}`, current_stock: 90 })),
    });
    await withinOneWindow(async () => {
      const { key } = await makeKey({ scopes: ["trigger"] });
      const sendBatch = () =>
        send("POST", "/inventory-triggers", { ...withKey(key), "Content-Type": "application/json" }, batch);
      const batches = await statuses(6, sendBatch);
      const refusals = await statuses(94, () => send("GET", "/reviews", withKey(key)));
      const last = await sendBatch();
      return () => expect([batches, refusals, last.status]).toEqual([{ 200: 6 }, { 403: 94 }, 429]);
    });
  });

  it("is larger for a key of class bulk", async () => {
    vi.useRealTimers();
    const { key } = await makeKey({ rate_class: "bulk" });
    expect(await statuses(150, () => send("GET", "/reviews", withKey(key)))).toEqual({ 200: 150 });
    expect((await send("GET", "/reviews", withKey(key))).headers.get("RateLimit-Policy")).toBe('"bulk";q=10000;w=60');
  });
});

describe("a session of the pages", () => {
  it("counts as its holder's requests do, and so does signing in by a key", async () => {
    const { key, id } = await makeKey({ scopes: ["review", "read"] });
    const [standard, bulk] = [vi.spyOn(env.LIMITER, "limit"), vi.spyOn(env.LIMITER_BULK, "limit")];
    const Cookie = await signIn(key);
    expect(standard.mock.calls).toEqual([[{ key: id }]]);
    expect((await send("GET", "/items", { Cookie })).status).toBe(200);
    expect(bulk.mock.calls).toEqual([[{ key: id }]]);
    bulk.mockResolvedValueOnce({ success: false });
    const refused = await send("GET", "/items", { Cookie });
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "60"]);
    standard.mockRestore();
    bulk.mockRestore();
  });
});

describe("failed credentials", () => {
  /** A new address at each try of a burst. */
  let network = 0;

  it("are counted by address: 300 a minute, then 429, while good keys from there go on", async () => {
    const { key } = await makeKey();
    const from = (address: string, headers: Record<string, string>) =>
      send("GET", "/reviews", { "CF-Connecting-IP": address, ...headers });
    await withinOneWindow(async () => {
      const here = `203.0.${++network}.7`;
      const failures = await statuses(300, () => from(here, withKey("wrong")));
      const refused = await from(here, withKey("wrong"));
      const good = await from(here, withKey(key));
      const elsewhere = await from(`203.0.${network}.8`, withKey("wrong"));
      const forwarded = await from(here, { "X-Forwarded-For": "198.51.100.1", ...withKey("wrong") });
      return () => {
        expect(failures).toEqual({ 401: 300 });
        expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "60"]);
        expect([good.status, elsewhere.status, forwarded.status]).toEqual([200, 401, 429]);
      };
    });
  });

  it("of one IPv6 subscriber are counted together", async () => {
    await withinOneWindow(async () => {
      network++;
      let host = 0;
      const from = (address: string) => send("GET", "/reviews", { "CF-Connecting-IP": address, ...withKey("wrong") });
      const tries = () => from(`2001:db8:${network}:7::${(host++).toString(16)}`);
      const failures = await statuses(300, tries);
      const last = await tries();
      const neighbour = await from(`2001:db8:${network}:8::1`);
      return () => expect([failures, last.status, neighbour.status]).toEqual([{ 401: 300 }, 429, 401]);
    });
  });
});

it("the numbers are those of wrangler.toml", () => {
  for (const { binding, perWindow } of Object.values(LIMITS)) {
    expect(toml).toMatch(
      new RegExp(`name = "${binding}"\\nnamespace_id = "\\d+"\\nsimple = \\{ limit = ${perWindow}, period = 60 \\}`),
    );
  }
});

/** What asks the database whether a credential is known, other than keys. */
const CREDENTIALS: [string, (n: number, address: string) => Promise<{ status: number }>, number][] = [
  [
    "a shop's signature",
    (n, address) =>
      send("POST", `/connect/shopify/unknown-${n}`, {
        "X-Shopify-Hmac-Sha256": "AAAA",
        "CF-Connecting-IP": address,
      }),
    401,
  ],
  ["a mailed link", (n, address) => send("GET", `/sign-in/unknown-${n}`, { "CF-Connecting-IP": address }), 404],
];

describe.each(CREDENTIALS)("%s that is wrong", (kind, guess, status) => {
  it("counts as a failed credential", async () => {
    const counter = vi.spyOn(env.AUTH_LIMITER, "limit");
    expect((await guess(0, "192.0.2.80")).status).toBe(status);
    expect(counter.mock.calls).toEqual([[{ key: "192.0.2.80" }]]);
    counter.mockResolvedValueOnce({ success: false });
    expect((await guess(1, "192.0.2.80")).status).toBe(429);
    counter.mockRestore();
  });

  it("reaches the database a few times a window only, from an address over its limit", async () => {
    const address = kind === CREDENTIALS[0]![0] ? "192.0.2.81" : "192.0.2.82";
    noteFailing(address, Date.now());
    const lookups = vi.spyOn(env.DB, "prepare");
    for (let at = 0; at < 60; at++) await guess(at, address);
    const asked = lookups.mock.calls.length;
    lookups.mockRestore();
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(20);
  });
});

describe("an address over its limit", () => {
  it("reaches the database a few times a window only, and a good key from there still works", async () => {
    const address = "192.0.2.77";
    const { key } = await makeKey();
    const now = Date.now();
    noteFailing(address, now);
    const lookups = vi.spyOn(env.DB, "prepare");
    const guess = () => send("GET", "/reviews", { ...withKey(newKeyText(now).text), "CF-Connecting-IP": address });
    const first = await send("GET", "/reviews", { ...withKey(key), "CF-Connecting-IP": address });
    const before = lookups.mock.calls.length;
    for (let at = 0; at < 60; at++) await guess();
    const after = lookups.mock.calls.length;
    lookups.mockRestore();
    expect(first.status).toBe(200);
    expect(after - before).toBeLessThanOrEqual(20);
    expect((await send("GET", "/reviews", { ...withKey(key), "CF-Connecting-IP": address })).status).toBe(200);
  });
});
