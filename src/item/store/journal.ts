/**
 * The item's SQLite: its workflows, open orders, receipts, idempotency keys and identity. The only truth of an open
 * workflow (I1). Everything an event changes is written by one `commit`, all of it or nothing (I2).
 *
 * J1. A decision writes one row, and its order a second: tables have an integer or WITHOUT ROWID key and no index, and
 *     old rows are overwritten in place.
 * J2. A table is made with its first row (`tables.ts`); reading an unknown item creates nothing.
 * J3. Memory follows the disk, never the other way: it changes when the statements have run.
 */
import type { ItemIdentity } from "../../storage/identity.ts";
import type { Recorded } from "../../storage/workflow-log.ts";
import { DAY_MS, type ItemTerms } from "../../workflow/facts.ts";
import type { ItemOrder } from "../../workflow/item-order.ts";
import { TERMINAL, type Workflow } from "../../workflow/types.ts";
import { OrderBook, type OrderRow, type ReceiptRow } from "./order-book.ts";
import { Tables, type Statement, type Table } from "./tables.ts";
import { WorkflowRows, type Counted } from "./workflow-rows.ts";

/**
 * Workflows that a restart may send again though the database has them. Each decision's row carries the watermark of the
 * one before, so that a row of its own for it, a third of a lone decision's cost, is due only after a backlog.
 */
const RESENT_AT_MOST = 8;
/** How long an idempotency key answers for its first use. */
export const IDEMPOTENCY_MS = DAY_MS;

const IDENTITY: Table = {
  name: "identity",
  columns: "(id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL) STRICT",
};
const IDEMPOTENCY: Table = {
  name: "idempotency",
  columns:
    "(key TEXT PRIMARY KEY, body_hash TEXT NOT NULL, seq INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
};

/** A row of its own only once something was uploaded: who the item is stands in each of its workflows. */
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
  readonly #tables: Tables;
  readonly #rows: WorkflowRows;
  readonly #book: OrderBook;
  #identity: StoredIdentity | null;

  constructor(storage: DurableObjectStorage) {
    this.#tables = new Tables(storage);
    this.#rows = new WorkflowRows(this.#tables);
    this.#book = new OrderBook(this.#tables);
    const [row] = this.#tables.read<{ record: string }>(IDENTITY, "SELECT record FROM identity");
    this.#identity =
      row === undefined
        ? identityFrom(this.#rows.read(this.#rows.lastSeq))
        : (JSON.parse(row.record) as StoredIdentity);
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

  /** Of the workflow whose stock count is the newest processed. */
  get newestCounted(): Counted | null {
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

  /** Questions whose place this one took, and whose place those had taken, oldest first. */
  questionsReplacedBy(workflowId: string): Workflow[] {
    return this.#rows.questionsReplacedBy(workflowId);
  }

  /** The latest workflows, newest first. */
  latest(count: number): Workflow[] {
    return this.#rows.latest(count);
  }

  idempotent(key: string, now: number): IdempotencyRow | null {
    const [row] = this.#tables.read<{ body_hash: string; seq: number; expires_at: number }>(
      IDEMPOTENCY,
      "SELECT body_hash, seq, expires_at FROM idempotency WHERE key = ?",
      key,
    );
    if (row === undefined || row.expires_at <= now) return null;
    return { key, bodyHash: row.body_hash, seq: row.seq, expiresAt: row.expires_at };
  }

  receipt(reference: string): ReceiptRow | null {
    return this.#book.receipt(reference);
  }

  /** Units received after a moment of item time. */
  receivedAfter(itemTime: number): number {
    return this.#book.receivedAfter(itemTime);
  }

  /** Writes everything or nothing; returns the rows written, which is what the platform bills. */
  commit(commit: Commit, now: number): number {
    const rows = this.#rows.write(commit.workflows ?? [], commit.counted, now);
    const book = this.#book.write(commit.orders ?? [], commit.receipt);
    const rowsWritten = this.#tables.write([
      ...identityStatement(commit.identity),
      ...rows.statements,
      ...book.statements,
      ...idempotencyStatement(commit.idempotency),
    ]);
    this.#identity = commit.identity ?? this.#identity ?? identityFrom(commit.workflows?.[0] ?? null);
    rows.apply();
    book.apply();
    return rowsWritten;
  }

  /** To be called when the projections of a commit could leave: finished workflows need not stay in memory. */
  release(): void {
    this.#rows.release();
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
    this.#rows.storeWatermark(resentAtMost);
    if (!this.#tables.has(IDEMPOTENCY)) return;
    const query = "DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE expires_at <= ? LIMIT ?)";
    this.#tables.write([{ into: IDEMPOTENCY, query, bindings: [now, limit] }]);
  }

  /** Drops finished workflows from before `cutoff` (epoch ms). Receipts stay, since their references count once for ever. */
  forget(cutoff: number): void {
    const { statements, apply } = this.#rows.forget(cutoff);
    this.#tables.write(statements);
    apply();
  }
}

function identityFrom(workflow: Workflow | null): StoredIdentity | null {
  if (workflow === null) return null;
  const { storeId, productId } = workflow;
  return { schema: 1, storeId, productId, inputsVersion: 0, terms: null };
}

function identityStatement(identity: StoredIdentity | undefined): Statement[] {
  return identity === undefined
    ? []
    : [
        {
          into: IDENTITY,
          query: "INSERT OR REPLACE INTO identity VALUES (1, ?)",
          bindings: [JSON.stringify(identity)],
        },
      ];
}

function idempotencyStatement(row: IdempotencyRow | undefined): Statement[] {
  if (row === undefined) return [];
  const bindings = [row.key, row.bodyHash, row.seq, row.expiresAt];
  return [{ into: IDEMPOTENCY, query: "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?)", bindings }];
}
