/** API keys: what is kept of a key is its digest, never its text. */
import * as z from "zod";
import { madeOnce } from "../shared/made-once.ts";
import { RATE_CLASSES, SCOPES, type RateClass, type Scope } from "../api/scopes.ts";

export interface StoredKey {
  readonly keyId: string;
  /** HMAC-SHA-256 of the key's text, in hex. */
  readonly digest: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly rateClass: RateClass;
  /** The stores that the key is bound to; null = all. */
  readonly stores: readonly string[] | null;
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

/** Made on first use: the root key is in no row. */
const keyRow = madeOnce(() =>
  z
    .object({
      key_id: z.string(),
      digest: z.string(),
      name: z.string(),
      scopes: scopes(),
      rate_class: z.enum(RATE_CLASSES),
      stores: stores(),
      created_at: z.number(),
      created_by: z.string(),
      expires_at: z.number().nullable(),
      revoked_at: z.number().nullable(),
      last_used_at: z.number().nullable(),
    })
    .transform((row): StoredKey => ({
      keyId: row.key_id,
      digest: row.digest,
      name: row.name,
      scopes: row.scopes,
      rateClass: row.rate_class,
      stores: row.stores,
      createdAt: row.created_at,
      createdBy: row.created_by,
      expiresAt: row.expires_at,
      revokedAt: row.revoked_at,
      lastUsedAt: row.last_used_at,
    })),
);

/**
 * A scope that a later release added is dropped, not an error: a key never does more than this release knows of (I12).
 */
function scopes() {
  return z
    .string()
    .transform((json) => z.array(z.string()).parse(JSON.parse(json)))
    .transform((names) => SCOPES.filter((scope) => names.includes(scope)));
}

function stores() {
  return z
    .string()
    .nullable()
    .transform((json) => (json === null ? null : z.array(z.string()).parse(JSON.parse(json))));
}

export function parseKey(row: unknown): StoredKey {
  return keyRow().parse(row);
}

/** Ids are lower-case hex, so this lies above them all. */
export const ABOVE_ALL_KEY_IDS = "g";
