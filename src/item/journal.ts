/**
 * The item's SQLite: its workflows, open orders, receipts, idempotency keys and identity. The only truth of an open
 * workflow (I1). Everything an event changes is written by one `commit`, all of it or nothing (I2).
 *
 * J1. A decision writes one row, and its order a second: tables have an integer or WITHOUT ROWID key and no index, and
 *     old rows are overwritten in place.
 * J2. The tables are made at the first commit; reading an unknown item creates nothing.
 * J3. Memory follows the disk, never the other way: it changes when the statements have run.
 */
import type { ItemIdentity } from "../storage/identity.ts";
import type { Recorded } from "../storage/workflow-log.ts";
import { DAY_MS, type ItemTerms } from "../workflow/facts.ts";
import { TERMINAL, type ItemOrder, type Workflow } from "../workflow/types.ts";
import { ORDER_TABLES, OrderBook, type OrderRow, type ReceiptRow } from "./order-book.ts";
import { runAll, type Statement } from "./statements.ts";
import { WORKFLOW_TABLE, WorkflowRows } from "./workflow-rows.ts";

/**
 * Workflows that a restart may send again though the database has them. Each decision's row carries the watermark of the
 * one before, so that a row of its own for it, a third of a lone decision's cost, is due only after a backlog.
 */
const RESENT_AT_MOST = 8;
/** How long an idempotency key answers for its first use. */
export const IDEMPOTENCY_MS = DAY_MS;

const SCHEMA = [
  "CREATE TABLE identity (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL) STRICT",
  WORKFLOW_TABLE,
  ...ORDER_TABLES,
  "CREATE TABLE idempotency (key TEXT PRIMARY KEY, body_hash TEXT NOT NULL, seq INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
].join(";");

export interface StoredIdentity extends ItemIdentity {
  readonly schema: 1;
  /** Version of the uploads that `terms` is from; 0 = none known. */
  readonly inputsVersion: number;
  /** Kept here so that a decision keeps its pack sizes and limits while the database is away. */
  readonly terms: ItemTerms | null;
}

export interface IdempotencyRow {
  readonly key: string;
  readonly bodyHash: string;
  readonly seq: number;
  readonly expiresAt: number;
}

/** One event's worth of writes. */
export interface Commit {
  readonly identity?: StoredIdentity;
  readonly workflows?: readonly Workflow[];
  /** The workflow whose stock count is now the newest processed one. */
  readonly counted?: Workflow;
  readonly orders?: readonly OrderRow[];
  readonly receipt?: ReceiptRow;
  readonly idempotency?: IdempotencyRow;
}

export class Journal {
  readonly #storage: DurableObjectStorage;
  readonly #rows: WorkflowRows;
  readonly #book: OrderBook;
  #exists: boolean;
  #identity: StoredIdentity | null = null;

  constructor(storage: DurableObjectStorage) {
    const { sql } = storage;
    this.#storage = storage;
    this.#rows = new WorkflowRows(sql);
    this.#book = new OrderBook(sql);
    this.#exists = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'identity'").toArray().length > 0;
    if (!this.#exists) return;
    const [identity] = sql.exec<{ record: string }>("SELECT record FROM identity").toArray();
    this.#identity = identity === undefined ? null : (JSON.parse(identity.record) as StoredIdentity);
    this.#book.load();
    this.#rows.load();
  }

  get identity(): StoredIdentity | null {
    return this.#identity;
  }

  get nextSeq(): number {
    return this.#rows.lastSeq + 1;
  }

  /** Workflows that are not terminal, oldest first. */
  get open(): Workflow[] {
    return this.active.filter((workflow) => !TERMINAL.has(workflow.status)).toSorted((a, b) => a.seq - b.seq);
  }

  /** Workflows that are open or have deliveries to make. */
  get active(): Workflow[] {
    return this.#rows.active;
  }

  /** Those, and the latest that the database has not confirmed. */
  get live(): readonly Workflow[] {
    return this.#rows.live;
  }

  /** The workflow whose stock count is the newest processed. */
  get newestCounted(): Workflow | null {
    return this.#rows.newestCounted;
  }

  get openOrders(): ItemOrder[] {
    return this.#book.open;
  }

  get orders(): readonly OrderRow[] {
    return this.#book.rows;
  }

  get hasUnconfirmed(): boolean {
    return this.#rows.hasUnconfirmed;
  }

  /** Versions that the database has not confirmed, oldest first. */
  unconfirmed(limit: number): Recorded[] {
    return this.#rows.unconfirmed(limit);
  }

  read(seq: number): Workflow | null {
    return this.#rows.read(seq);
  }

  /** The latest workflows, newest first. */
  latest(count: number): Workflow[] {
    return this.#rows.latest(count);
  }

  idempotent(key: string, now: number): IdempotencyRow | null {
    if (!this.#exists) return null;
    const [row] = this.#storage.sql
      .exec<{ body_hash: string; seq: number; expires_at: number }>("SELECT body_hash, seq, expires_at FROM idempotency WHERE key = ?", key)
      .toArray();
    if (row === undefined || row.expires_at <= now) return null;
    return { key, bodyHash: row.body_hash, seq: row.seq, expiresAt: row.expires_at };
  }

  receipt(reference: string): ReceiptRow | null {
    return this.#exists ? this.#book.receipt(reference) : null;
  }

  /** Units received after a moment of item time. */
  receivedAfter(itemTime: number): number {
    return this.#exists ? this.#book.receivedAfter(itemTime) : 0;
  }

  /** Writes everything or nothing; returns the rows written, which is what the platform bills. */
  commit(commit: Commit, now: number): number {
    const rows = this.#rows.write(commit.workflows ?? [], commit.counted, now);
    const book = this.#book.write(commit.orders ?? [], commit.receipt);
    const statements = [...this.#schema(), ...identityStatement(commit.identity), ...rows.statements, ...book.statements, ...idempotencyStatement(commit.idempotency)];
    const rowsWritten = runAll(this.#storage, statements);
    this.#exists = true;
    if (commit.identity !== undefined) this.#identity = commit.identity;
    rows.apply();
    book.apply();
    return rowsWritten;
  }

  /** The database confirmed these versions. */
  confirm(workflows: readonly Pick<Workflow, "seq" | "version">[]): void {
    this.#rows.confirm(workflows);
  }

  /** Has every kept workflow projected again: the database lost its rows, or is a new one. */
  forgetConfirmations(): void {
    this.#rows.forgetConfirmations();
  }

  /** Off the hot path: stores how far the database is, and drops expired keys in a bounded batch. */
  compact(now: number, limit: number, resentAtMost = RESENT_AT_MOST): void {
    if (!this.#exists) return;
    this.#rows.storeWatermark(resentAtMost);
    this.#storage.sql.exec("DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE expires_at <= ? LIMIT ?)", now, limit);
  }

  /** Drops finished workflows from before `cutoff` (epoch ms). Receipts stay, since their references count once for ever. */
  forget(cutoff: number): void {
    if (!this.#exists) return;
    const { statements, apply } = this.#rows.forget(cutoff);
    runAll(this.#storage, statements);
    apply();
  }

  #schema(): Statement[] {
    return this.#exists ? [] : [{ query: SCHEMA, bindings: [] }];
  }
}

function identityStatement(identity: StoredIdentity | undefined): Statement[] {
  return identity === undefined ? [] : [{ query: "INSERT OR REPLACE INTO identity VALUES (1, ?)", bindings: [JSON.stringify(identity)] }];
}

function idempotencyStatement(row: IdempotencyRow | undefined): Statement[] {
  if (row === undefined) return [];
  return [{ query: "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?)", bindings: [row.key, row.bodyHash, row.seq, row.expiresAt] }];
}
