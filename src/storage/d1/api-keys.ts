/** API keys in D1. */
import { ABOVE_ALL_KEY_IDS, parseKey, type KeyStore } from "../api-keys.ts";

export function d1Keys(db: D1Database): KeyStore {
  return {
    async get(keyId) {
      const row = await db.prepare("SELECT * FROM api_keys WHERE key_id = ?").bind(keyId).first();
      return row === null ? null : parseKey(row);
    },

    async add(key) {
      await db
        .prepare(
          `INSERT INTO api_keys (key_id, digest, name, scopes, rate_class, stores, created_at, created_by, expires_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .bind(
          key.keyId,
          key.digest,
          key.name,
          JSON.stringify(key.scopes),
          key.rateClass,
          key.stores === null ? null : JSON.stringify(key.stores),
          key.createdAt,
          key.createdBy,
          key.expiresAt,
        )
        .run();
    },

    async list(limit, before) {
      const { results } = await db
        .prepare("SELECT * FROM api_keys WHERE key_id < ? ORDER BY key_id DESC LIMIT ?")
        .bind(before ?? ABOVE_ALL_KEY_IDS, limit)
        .all();
      return results.map((row) => parseKey(row));
    },

    async revoke(keyId, now) {
      const row = await db
        .prepare("UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?) WHERE key_id = ? RETURNING key_id")
        .bind(now, keyId)
        .first();
      return row !== null;
    },

    async noteUse(uses) {
      if (uses.size === 0) return;
      const note = db.prepare(
        "UPDATE api_keys SET last_used_at = ?1 WHERE key_id = ?2 AND coalesce(last_used_at, 0) < ?1",
      );
      await db.batch([...uses].map(([keyId, usedAt]) => note.bind(usedAt, keyId)));
    },
  };
}
