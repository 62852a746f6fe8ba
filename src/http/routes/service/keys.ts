/**
 * `/keys`: made with a key of scope `admin`, shown once, listed without secrets, revoked by id. Two at once make a
 * rotation.
 */
import * as z from "zod";
import { Problem } from "../../../api/problems.ts";
import { KeyBody, KeysQuery } from "../../../api/requests.ts";
import { KeysAnswer, NewKeyAnswer, type KeyAnswer } from "../../../api/service-responses.ts";
import { iso } from "../../../api/to-wire.ts";
import type { StoredKey } from "../../../storage/api-keys.ts";
import { makeKey, type MadeKey } from "../../auth/key-text.ts";
import { keyringOf } from "../../auth/keyring.ts";
import { once, ONCE } from "../../kit/once.ts";
import { readJson } from "../../kit/request/body.ts";
import { unknownStores } from "../../kit/warnings/known-names.ts";
import { withWarnings } from "../../kit/warnings/with-warnings.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";

export const postKey = guarded({
  method: "POST",
  path: "/keys",
  scope: "admin",
  headers: ONCE,
  docs: {
    summary: "Make a key, shown once",
    group: "keys",
    body: json(KeyBody),
    answers: { 201: { says: "Made", content: json(NewKeyAnswer) } },
  },
  async handle(c, { principal, headers: { "Idempotency-Key": repeatKey } }) {
    const body = await readJson(c, KeyBody);
    const now = Date.now();
    const expiresAt = body.expires_at ?? null;
    if (expiresAt !== null && expiresAt <= now) {
      throw new Problem("validation_failed", "A key cannot expire before it is made.", {
        errors: [{ pointer: "/expires_at", message: "must be in the future" }],
      });
    }
    const keyring = keyringOf(c.env);
    const made = async (at: number): Promise<MadeKey> =>
      makeKey(at, repeatKey === null ? undefined : await keyring.bytesFor([principal.keyId, repeatKey, at]));
    // In one order, whichever fields the body has.
    const said = [body.name, body.scopes, body.rate_class, body.stores ?? null, expiresAt];
    let text: string | null = null;
    const answer = await once(c, principal, repeatKey, JSON.stringify(said), async () => {
      const { keyId, text: shown } = await made(now);
      text = shown;
      const key: StoredKey = {
        keyId,
        digest: await keyring.digest(shown),
        name: body.name,
        scopes: body.scopes,
        rateClass: body.rate_class,
        stores: body.stores ?? null,
        createdAt: now,
        createdBy: principal.keyId,
        expiresAt,
        revokedAt: null,
        lastUsedAt: null,
      };
      await keyring.store.add(key);
      return { status: 201, body: keyToWire(key) };
    });
    // The answer kept for repeats holds no key: a repeat derives it again.
    const shown = (await answer.json()) as KeyAnswer;
    text ??= (await made(Date.parse(shown.created_at))).text;
    c.header("Location", `/keys/${shown.id}`);
    const warnings = await unknownStores(c, body.stores ?? null, " yet");
    return c.json(withWarnings({ ...shown, key: text }, warnings), 201);
  },
});

export const getKeys = guarded({
  method: "GET",
  path: "/keys",
  scope: "admin",
  query: KeysQuery,
  docs: {
    summary: "All keys, newest first, without secrets",
    group: "keys",
    answers: { 200: { says: "A page of keys", content: json(KeysAnswer) } },
  },
  async handle(c, { query: { limit, cursor } }) {
    const found = await keyringOf(c.env).store.list(limit + 1, cursor ?? null);
    const page = found.slice(0, limit);
    return c.json({ keys: page.map(keyToWire), next_cursor: found.length > limit ? page.at(-1)!.keyId : null });
  },
});

export const deleteKey = guarded({
  method: "DELETE",
  path: "/keys/:key_id",
  scope: "admin",
  params: z.object({ key_id: z.string() }),
  docs: {
    summary: "Revoke a key, everywhere within a minute",
    group: "keys",
    answers: { 204: NO_CONTENT },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    const keyring = keyringOf(c.env);
    if (!(await keyring.store.revoke(params.key_id, Date.now())))
      throw new Problem("not_found", "There is no key with this id.");
    keyring.forget(params.key_id);
    return c.body(null, 204);
  },
});

function keyToWire(key: StoredKey): KeyAnswer {
  return {
    id: key.keyId,
    name: key.name,
    scopes: [...key.scopes],
    rate_class: key.rateClass,
    stores: key.stores === null ? null : [...key.stores],
    created_at: iso(key.createdAt),
    created_by: key.createdBy,
    expires_at: key.expiresAt === null ? null : iso(key.expiresAt),
    revoked_at: key.revokedAt === null ? null : iso(key.revokedAt),
    last_used_at: key.lastUsedAt === null ? null : iso(key.lastUsedAt),
  };
}
