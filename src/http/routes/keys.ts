/** `/keys`: made with a key of scope `admin`, shown once, listed without secrets, revoked by id. Two at once make a rotation. */
import type { StoredKey } from "../../storage/api-keys.ts";
import type { KeyAnswer } from "../../api/responses.ts";
import type { Principal } from "../auth/authenticate.ts";
import { readJson, readQuery } from "../kit/body.ts";
import type { AppContext } from "../kit/context.ts";
import { makeKey } from "../auth/key-text.ts";
import { keyringOf } from "../auth/keyring.ts";
import { Problem } from "../../api/problems.ts";
import { KeyBody, KeysQuery } from "../../api/requests.ts";
import { iso } from "../../api/to-wire.ts";

export async function postKey(c: AppContext, principal: Principal): Promise<Response> {
  const body = await readJson(c, KeyBody);
  const now = Date.now();
  const expiresAt = body.expires_at ?? null;
  if (expiresAt !== null && expiresAt <= now) {
    throw new Problem("validation_failed", "A key cannot expire before it is made.", {
      errors: [{ pointer: "/expires_at", message: "must be in the future" }],
    });
  }
  const keyring = keyringOf(c.env);
  const { keyId, text } = makeKey(now);
  const key: StoredKey = {
    keyId,
    digest: await keyring.digest(text),
    name: body.name,
    scopes: body.scopes,
    rateClass: body.rate_class,
    createdAt: now,
    createdBy: principal.keyId,
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
  };
  await keyring.store.add(key);
  c.header("Location", `/keys/${keyId}`);
  return c.json({ ...keyToWire(key), key: text }, 201);
}

export async function getKeys(c: AppContext): Promise<Response> {
  const { limit, cursor } = readQuery(c, KeysQuery);
  const found = await keyringOf(c.env).store.list(limit + 1, cursor ?? null);
  const page = found.slice(0, limit);
  return c.json({ keys: page.map(keyToWire), next_cursor: found.length > limit ? page.at(-1)!.keyId : null });
}

export async function deleteKey(c: AppContext): Promise<Response> {
  const keyId = c.req.param("key_id") ?? "";
  const keyring = keyringOf(c.env);
  if (!(await keyring.store.revoke(keyId, Date.now()))) throw new Problem("not_found", "There is no such key.");
  keyring.forget(keyId);
  return c.body(null, 204);
}

function keyToWire(key: StoredKey): KeyAnswer {
  return {
    id: key.keyId,
    name: key.name,
    scopes: [...key.scopes],
    rate_class: key.rateClass,
    created_at: iso(key.createdAt),
    created_by: key.createdBy,
    expires_at: key.expiresAt === null ? null : iso(key.expiresAt),
    revoked_at: key.revokedAt === null ? null : iso(key.revokedAt),
    last_used_at: key.lastUsedAt === null ? null : iso(key.lastUsedAt),
  };
}
