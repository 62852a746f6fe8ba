/** API keys in PostgreSQL. */
import { ABOVE_ALL_KEY_IDS, parseKey, type KeyStore } from "../api-keys.ts";
import type { Run } from "./client.ts";
import type { Sql } from "postgres";

export function postgresKeys(run: Run): KeyStore {
  return {
    async get(keyId) {
      const [row] = await run((sql) => sql`SELECT ${columns(sql)} FROM api_keys WHERE key_id = ${keyId}`);
      return row === undefined ? null : parseKey(row);
    },

    async add(key) {
      await run(
        (sql) => sql`
          INSERT INTO api_keys (key_id, digest, name, scopes, rate_class, stores, created_at, created_by, expires_at)
          VALUES (${key.keyId}, ${key.digest}, ${key.name}, ${JSON.stringify(key.scopes)}::text::json, ${key.rateClass},
            ${key.stores === null ? null : JSON.stringify(key.stores)}::text::json,
            ${key.createdAt}, ${key.createdBy}, ${key.expiresAt})`,
      );
    },

    async list(limit, before) {
      const rows = await run(
        (sql) =>
          sql`SELECT ${columns(sql)} FROM api_keys WHERE key_id < ${before ?? ABOVE_ALL_KEY_IDS}
              ORDER BY key_id DESC LIMIT ${limit}`,
      );
      return rows.map((row) => parseKey(row));
    },

    async revoke(keyId, now) {
      const rows = await run(
        (sql) =>
          sql`UPDATE api_keys SET revoked_at = coalesce(revoked_at, ${now}) WHERE key_id = ${keyId} RETURNING key_id`,
      );
      return rows.length > 0;
    },

    /** Rows are taken in the order of their keys, so that two isolates never wait for each other in a ring. */
    async noteUse(uses) {
      if (uses.size === 0) return;
      await run(
        (sql) => sql`
          WITH due AS (
            SELECT stored.key_id, noted.value::bigint AS used_at
            FROM api_keys AS stored JOIN json_each_text(${JSON.stringify(Object.fromEntries(uses))}::text::json) AS
              noted ON noted.key = stored.key_id
            WHERE coalesce(stored.last_used_at, 0) < noted.value::bigint
            ORDER BY stored.key_id FOR UPDATE OF stored
          )
          UPDATE api_keys SET last_used_at = greatest(coalesce(api_keys.last_used_at, 0), due.used_at)
          FROM due WHERE api_keys.key_id = due.key_id`,
      );
    },
  };
}

function columns(sql: Sql) {
  return sql`key_id, digest, name, scopes::text AS scopes, rate_class, stores::text AS stores, created_at,
      created_by, expires_at, revoked_at, last_used_at`;
}
