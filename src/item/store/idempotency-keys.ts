/** Idempotency keys: which trigger a key was first used for, and until when it answers for it. */
import type { Statement, Table, Tables } from "./tables.ts";
import { DAY_MS } from "../../shared/durations.ts";

/** How long an idempotency key answers for its first use. */
const IDEMPOTENCY_MS = DAY_MS;

const IDEMPOTENCY: Table = {
  name: "idempotency",
  columns:
    "(key TEXT PRIMARY KEY, body_hash TEXT NOT NULL, seq INTEGER NOT NULL, expires_at INTEGER NOT NULL) " +
    "STRICT, WITHOUT ROWID",
};

export interface IdempotencyRow {
  readonly key: string;
  readonly bodyHash: string;
  readonly seq: number;
  readonly expiresAt: number;
}

/** The row of a key's first use, by the trigger of this ordinal; undefined when none is kept. */
export function firstUse(
  idempotency: { readonly key: string; readonly bodyHash: string; readonly isKept?: boolean } | null,
  seq: number,
  now: number,
): IdempotencyRow | undefined {
  if (idempotency === null || idempotency.isKept === false) return undefined;
  const { key, bodyHash } = idempotency;
  return { key, bodyHash, seq, expiresAt: now + IDEMPOTENCY_MS };
}

export class IdempotencyKeys {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Null for a key that was not used or has expired. */
  find(key: string, now: number): IdempotencyRow | null {
    const [row] = this.#tables.read<{ body_hash: string; seq: number; expires_at: number }>(
      IDEMPOTENCY,
      "SELECT body_hash, seq, expires_at FROM idempotency WHERE key = ?",
      key,
    );
    if (row === undefined || row.expires_at <= now) return null;
    return { key, bodyHash: row.body_hash, seq: row.seq, expiresAt: row.expires_at };
  }

  write(row: IdempotencyRow | undefined): Statement[] {
    if (row === undefined) return [];
    const bindings = [row.key, row.bodyHash, row.seq, row.expiresAt];
    return [{ into: IDEMPOTENCY, query: "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?)", bindings }];
  }

  dropExpired(now: number, limit: number): void {
    if (!this.#tables.has(IDEMPOTENCY)) return;
    const query = "DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE expires_at <= ? LIMIT ?)";
    this.#tables.write([{ into: IDEMPOTENCY, query, bindings: [now, limit] }]);
  }
}
