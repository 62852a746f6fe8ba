/** API keys in D1: what is kept of a key is its digest, never its text. */
import { z } from "zod";
import { RATE_CLASSES, SCOPES, type RateClass, type Scope } from "./key-kinds.ts";

export interface StoredKey {
  readonly keyId: string;
  /** HMAC-SHA-256 of the key's text, in hex. */
  readonly digest: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly rateClass: RateClass;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** A full hour; null = not used yet. */
  readonly lastUsedAt: number | null;
}

export interface KeyStore {
  get(keyId: string): Promise<StoredKey | null>;
  add(key: StoredKey): Promise<void>;
  /** Newest first, from below `before`. */
  list(limit: number, before: string | null): Promise<readonly StoredKey[]>;
  /** False when there is no such key; revoking twice keeps the first time. */
  revoke(keyId: string, now: number): Promise<boolean>;
  noteUse(uses: ReadonlyMap<string, number>): Promise<void>;
}

/** A scope that a later release added is dropped, not an error: a key never does more than this release knows of (I12). */
const Scopes = z
  .string()
  .transform((json) => z.array(z.string()).parse(JSON.parse(json)))
  .transform((names) => SCOPES.filter((scope) => names.includes(scope)));

const Row = z
  .object({
    key_id: z.string(),
    digest: z.string(),
    name: z.string(),
    scopes: Scopes,
    rate_class: z.enum(RATE_CLASSES),
    created_at: z.number(),
    created_by: z.string(),
    expires_at: z.number().nullable(),
    revoked_at: z.number().nullable(),
    last_used_at: z.number().nullable(),
  })
  .transform(
    (row): StoredKey => ({
      keyId: row.key_id,
      digest: row.digest,
      name: row.name,
      scopes: row.scopes,
      rateClass: row.rate_class,
      createdAt: row.created_at,
      createdBy: row.created_by,
      expiresAt: row.expires_at,
      revokedAt: row.revoked_at,
      lastUsedAt: row.last_used_at,
    }),
  );

export function d1KeyStore(db: D1Database): KeyStore {
  return {
    async get(keyId) {
      const row = await db.prepare("SELECT * FROM api_keys WHERE key_id = ?").bind(keyId).first();
      return row === null ? null : Row.parse(row);
    },

    async add(key) {
      await db
        .prepare(
          `INSERT INTO api_keys (key_id, digest, name, scopes, rate_class, created_at, created_by, expires_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .bind(key.keyId, key.digest, key.name, JSON.stringify(key.scopes), key.rateClass, key.createdAt, key.createdBy, key.expiresAt)
        .run();
    },

    async list(limit, before) {
      const { results } = await db
        .prepare("SELECT * FROM api_keys WHERE key_id < ? ORDER BY key_id DESC LIMIT ?")
        // Ids are lower-case hex, so "g" lies above them all.
        .bind(before ?? "g", limit)
        .all();
      return results.map((row) => Row.parse(row));
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
      const note = db.prepare("UPDATE api_keys SET last_used_at = ?1 WHERE key_id = ?2 AND coalesce(last_used_at, 0) < ?1");
      await db.batch([...uses].map(([keyId, usedAt]) => note.bind(usedAt, keyId)));
    },
  };
}
