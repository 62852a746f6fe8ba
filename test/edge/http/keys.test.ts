import { crc32 } from "node:zlib";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { makeKey as newKeyText } from "../../../src/http/auth/key-text.ts";
import { takeDatabaseAway } from "../support/away-database.ts";
import { makeKey, send, withKey } from "../support/keys.ts";
import { ask, HOUR_MS, passTime, ROOT_KEY, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

const READ = "/reviews";

async function keyRow(id: string): Promise<Record<string, unknown> | null> {
  return env.DB.prepare("SELECT * FROM api_keys WHERE key_id = ?").bind(id).first();
}

describe("a key", () => {
  it("is shown once, works under both headers, and is stored as a digest only", async () => {
    const { id, key } = await makeKey();
    expect(key).toMatch(/^sw_[0-9a-f]{20}_[\w-]{43}[0-9a-f]{8}$/);
    expect((await send("GET", READ, withKey(key))).status).toBe(200);
    expect((await send("GET", READ, { "X-API-Key": key })).status).toBe(200);
    expect(JSON.stringify(await keyRow(id))).not.toContain(key.slice(-51));
    const listed = await ask("GET", "/keys");
    expect(listed.body.keys).toMatchObject([
      {
        id,
        name: "tokyo pos",
        scopes: ["trigger", "read"],
        rate_class: "standard",
        created_by: "root",
        revoked_at: null,
      },
    ]);
    expect(JSON.stringify(listed.body)).not.toContain(key.slice(-51));
    expect(listed.body.keys[0]).not.toHaveProperty("digest");
  });

  it("does what its scopes say and nothing else", async () => {
    const { key } = await makeKey({ scopes: ["read"] });
    const refused = await send("GET", "/keys", withKey(key));
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: "forbidden", detail: expect.stringContaining('"admin"') });
  });

  it("ends at its time, to the millisecond", async () => {
    const { key } = await makeKey({ expires_at: new Date(T0 + HOUR_MS).toISOString() });
    passTime(HOUR_MS - 1);
    expect((await send("GET", READ, withKey(key))).status).toBe(200);
    passTime(1);
    expect((await send("GET", READ, withKey(key))).status).toBe(401);
  });

  it("cannot be made already expired, without a scope, or with one that does not exist", async () => {
    const made = (fields: object) => ask("POST", "/keys", { name: "x", scopes: ["read"], ...fields });
    expect((await made({ expires_at: new Date(T0).toISOString() })).status).toBe(422);
    expect((await made({ scopes: [] })).status).toBe(422);
    expect((await made({ scopes: ["root"] })).status).toBe(422);
    expect((await made({ scopes: ["read", "read"] })).status).toBe(422);
    expect((await ask("GET", "/keys")).body.keys).toEqual([]);
  });

  it("stops at once where it was revoked, and stays in the list", async () => {
    const { id, key } = await makeKey();
    expect((await send("GET", READ, withKey(key))).status).toBe(200);
    expect((await ask("DELETE", `/keys/${id}`)).status).toBe(204);
    expect((await send("GET", READ, withKey(key))).status).toBe(401);
    expect((await ask("DELETE", `/keys/${id}`)).status).toBe(204);
    expect((await ask("GET", "/keys")).body.keys).toMatchObject([{ id, revoked_at: new Date(T0).toISOString() }]);
    expect((await ask("DELETE", "/keys/root")).status).toBe(404);
  });

  it("stops within 60 s in an isolate that did not hear of the revocation", async () => {
    const { id, key } = await makeKey();
    expect((await send("GET", READ, withKey(key))).status).toBe(200);
    await env.DB.prepare("UPDATE api_keys SET revoked_at = ? WHERE key_id = ?").bind(T0, id).run();
    passTime(59_999);
    expect((await send("GET", READ, withKey(key))).status).toBe(200);
    passTime(1);
    expect((await send("GET", READ, withKey(key))).status).toBe(401);
  });

  it("is hashed at its first use, and only compared for the minute that follows", async () => {
    const { key } = await makeKey();
    const sign = vi.spyOn(crypto.subtle, "sign");
    for (let use = 1; use <= 3; use++) expect((await send("GET", READ, withKey(key))).status).toBe(200);
    expect(sign).toHaveBeenCalledTimes(1);
    passTime(60_000);
    expect((await send("GET", READ, withKey(key))).status).toBe(200);
    expect(sign).toHaveBeenCalledTimes(2);
    sign.mockRestore();
  });

  it("is rotated without a gap by having two", async () => {
    const old = await makeKey();
    const next = await makeKey();
    expect((await send("GET", READ, withKey(old.key))).status).toBe(200);
    await ask("DELETE", `/keys/${old.id}`);
    expect((await send("GET", READ, withKey(next.key))).status).toBe(200);
    expect((await send("GET", READ, withKey(old.key))).status).toBe(401);
  });

  it("is listed in pages, newest first", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      ids.unshift((await makeKey()).id);
      passTime(1);
    }
    const first = await ask("GET", "/keys?limit=3");
    const second = await ask("GET", `/keys?limit=3&cursor=${first.body.next_cursor}`);
    expect([...first.body.keys, ...second.body.keys].map(({ id }) => id)).toEqual(ids);
    expect(second.body.next_cursor).toBeNull();
  });

  it("notes its last use by the hour, and never because of a GET alone", async () => {
    const { id, key } = await makeKey({ scopes: ["read", "trigger"] });
    passTime(HOUR_MS + 1_000);
    await send("GET", READ, withKey(key));
    expect((await keyRow(id))?.last_used_at).toBeNull();
    await send(
      "POST",
      "/inventory-trigger",
      { ...withKey(key), "Content-Type": "application/json" },
      JSON.stringify({ product_id: "A", current_stock: 9, safety_stock_level: 1 }),
    );
    await vi.waitFor(async () => expect((await keyRow(id))?.last_used_at).toBe(T0 + HOUR_MS), { timeout: 60_000 });
  });
});

describe("every kind of bad key", () => {
  it("gets the same 401", async () => {
    const revoked = await makeKey();
    await ask("DELETE", `/keys/${revoked.id}`);
    const expired = await makeKey({ expires_at: new Date(T0 + 1).toISOString() });
    passTime(2);
    const good = await makeKey();
    const unknown = newKeyText(T0).text;
    const mistyped = `${good.key.slice(0, -1)}${good.key.endsWith("0") ? "1" : "0"}`;
    const bodies = await Promise.all(
      [revoked.key, expired.key, unknown, mistyped, "nonsense", `${ROOT_KEY}x`].map(async (key) => {
        const { status, headers, body } = await send("GET", READ, withKey(key));
        expect([status, headers.get("WWW-Authenticate")]).toEqual([401, 'Bearer realm="stockwarden"']);
        return { ...body, request_id: null };
      }),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  it("is refused without asking the database when it is malformed", async () => {
    const prepare = vi.spyOn(env.DB, "prepare");
    const { text } = newKeyText(T0);
    await send("GET", READ, withKey(`${text.slice(0, -1)}x`));
    expect(prepare).not.toHaveBeenCalled();
    prepare.mockRestore();
  });

  it("is not made good by another key's secret, before and after the right one was used", async () => {
    const one = await makeKey();
    const body = newKeyText(T0)
      .text.slice(0, -8)
      .replace(/^sw_[0-9a-f]{20}/, `sw_${one.id}`);
    const forged = body + crc32(body).toString(16).padStart(8, "0");
    expect((await send("GET", READ, withKey(forged))).status).toBe(401);
    expect((await send("GET", READ, withKey(one.key))).status).toBe(200);
    expect((await send("GET", READ, withKey(forged))).status).toBe(401);
  });
});

describe("while the database is away", () => {
  it("the root key and keys seen within a minute work, others get 503 and never 401", async () => {
    const seen = await makeKey();
    const unseen = await makeKey();
    const workflow = await ask("POST", "/inventory-trigger", {
      product_id: "A",
      current_stock: 9,
      safety_stock_level: 1,
    });
    const path = `/workflows/${workflow.body.workflow_id}`;
    expect((await send("GET", path, withKey(seen.key))).status).toBe(200);
    const giveBack = takeDatabaseAway();
    expect((await send("GET", path, withKey(seen.key))).status).toBe(200);
    expect((await send("GET", path, withKey(ROOT_KEY))).status).toBe(200);
    const refused = await send("GET", path, withKey(unseen.key));
    expect([refused.status, refused.headers.get("Retry-After"), refused.body.code]).toEqual([503, "5", "unavailable"]);
    giveBack();
    expect((await send("GET", path, withKey(unseen.key))).status).toBe(200);
  });
});

it("a replay that asks a model needs admin; one that asks nobody does not", async () => {
  const { body } = await trigger();
  const { key } = await makeKey({ scopes: ["read"] });
  const replay = (asked: object) =>
    send(
      "POST",
      `/workflows/${body.workflow_id}/replay`,
      { ...withKey(key), "Content-Type": "application/json" },
      JSON.stringify(asked),
    );
  expect(await replay({ model: "gpt-4o" })).toMatchObject({ status: 403, body: { code: "forbidden" } });
  expect(await replay({})).toMatchObject({ status: 200 });
});
