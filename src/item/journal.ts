/**
 * The item's SQLite: its workflows, open orders, receipts, idempotency keys and identity. The only truth of an open
 * workflow (I1). Everything an event changes is written by one `commit`, in one transaction (I2).
 *
 * J1. A decision writes one row, and its order a second: tables have an integer or WITHOUT ROWID key and no index, and a
 *     finished row that the database has confirmed and that is older than a day is overwritten in place.
 * J2. The tables are made at the first commit; reading an unknown item creates nothing.
 * J3. `delivered_through` travels in each workflow row: every workflow up to that ordinal has reached the database. What
 *     lies above it is sent again after a restart, which costs a repetition that the versions make harmless.
 */
import { DAY_MS, type ItemTerms } from "../workflow/facts.ts";
import { TERMINAL, type ItemOrder, type Workflow } from "../workflow/types.ts";
import { parseWorkflow } from "../storage/workflow-log.ts";
import type { ItemIdentity } from "../storage/identity.ts";
import { ORDER_TABLES, OrderBook, type OrderRow, type ReceiptRow } from "./order-book.ts";

/** Finished workflows are readable from the item for this long, whatever else is down. */
const KEEP_FINISHED_MS = DAY_MS;
/**
 * Workflows that a restart may send again though the database has them. Each decision's row carries the watermark of the
 * one before, so that a row of its own for it, a third of a lone decision's cost, is due only after a backlog.
 */
const RESENT_AT_MOST = 8;
/** How long an idempotency key answers for its first use. */
export const IDEMPOTENCY_MS = DAY_MS;

const SCHEMA = [
  "CREATE TABLE identity (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL) STRICT",
  `CREATE TABLE workflow (slot INTEGER PRIMARY KEY, seq INTEGER NOT NULL, finished_at INTEGER, next_due INTEGER,
     counted_at INTEGER, delivered_through INTEGER NOT NULL, record TEXT NOT NULL) STRICT`,
  ...ORDER_TABLES,
  "CREATE TABLE idempotency (key TEXT PRIMARY KEY, body_hash TEXT NOT NULL, seq INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
];

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

/** One transaction's worth of writes. */
export interface Commit {
  readonly identity?: StoredIdentity;
  readonly workflows?: readonly Workflow[];
  /** The workflow whose stock count is now the newest processed one. */
  readonly counted?: Workflow;
  readonly orders?: readonly OrderRow[];
  readonly receipt?: ReceiptRow;
  readonly idempotency?: IdempotencyRow;
}

interface WorkflowRow {
  readonly slot: number;
  readonly finishedAt: number | null;
}

export class Journal {
  readonly #storage: DurableObjectStorage;
  #exists: boolean;
  #identity: StoredIdentity | null = null;
  /** Ordinal -> where it is stored. */
  readonly #rows = new Map<number, WorkflowRow>();
  /** Finished ordinals, oldest first: the next to be overwritten. */
  readonly #finished: number[] = [];
  #slots = 0;
  /** Records that are needed again soon: open ones, and finished ones with deliveries or projections to make. */
  readonly #live = new Map<number, Workflow>();
  /** Of those, the ones with a due time of their own; few, however long the database has been away. */
  readonly #active = new Set<number>();
  #newestCounted: Workflow | null = null;
  readonly #book: OrderBook;
  #storedThrough = 0;
  #lastSeq = 0;
  readonly #unconfirmed = new Map<number, number>();
  /** Null = to be looked for again. */
  #lowestUnconfirmed: number | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#book = new OrderBook(storage.sql);
    this.#exists = storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'identity'").toArray().length > 0;
    if (this.#exists) this.#load();
  }

  get identity(): StoredIdentity | null {
    return this.#identity;
  }

  get nextSeq(): number {
    return this.#lastSeq + 1;
  }

  /** Workflows that are not terminal, oldest first. */
  get open(): Workflow[] {
    return this.active.filter((workflow) => !TERMINAL.has(workflow.status)).toSorted((a, b) => a.seq - b.seq);
  }

  /** Workflows that are open or have deliveries to make. */
  get active(): Workflow[] {
    return [...this.#active].flatMap((seq) => this.#live.get(seq) ?? []);
  }

  /** Those, and finished ones that the database has not confirmed. */
  get live(): readonly Workflow[] {
    return [...this.#live.values()];
  }

  /** The workflow whose stock count is the newest processed. */
  get newestCounted(): Workflow | null {
    return this.#newestCounted;
  }

  get openOrders(): ItemOrder[] {
    return this.#book.open;
  }

  get orders(): readonly OrderRow[] {
    return this.#book.rows;
  }

  /** Highest ordinal up to which the database has confirmed everything. */
  get deliveredThrough(): number {
    if (this.#unconfirmed.size === 0) return this.#lastSeq;
    if (this.#lowestUnconfirmed === null) {
      let lowest = Infinity;
      for (const seq of this.#unconfirmed.keys()) lowest = Math.min(lowest, seq);
      this.#lowestUnconfirmed = lowest;
    }
    return this.#lowestUnconfirmed - 1;
  }

  /** Versions that the database has not confirmed, oldest first. */
  unconfirmed(limit: number): Workflow[] {
    return [...this.#unconfirmed.keys()]
      .toSorted((a, b) => a - b)
      .slice(0, limit)
      .flatMap((seq) => this.read(seq) ?? []);
  }

  get hasUnconfirmed(): boolean {
    return this.#unconfirmed.size > 0;
  }

  read(seq: number): Workflow | null {
    const live = this.#live.get(seq);
    if (live !== undefined) return live;
    const row = this.#rows.get(seq);
    if (row === undefined) return null;
    const { record } = this.#storage.sql.exec<{ record: string }>("SELECT record FROM workflow WHERE slot = ?", row.slot).one();
    return parseWorkflow(record);
  }

  /** The latest workflows, newest first. */
  latest(count: number): Workflow[] {
    const seqs = [...this.#rows.keys()].toSorted((a, b) => b - a).slice(0, count);
    return seqs.flatMap((seq) => this.read(seq) ?? []);
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
    const { rowsWritten, apply } = this.#storage.transactionSync(() => this.#write(commit, now));
    // Memory follows the disk, never the other way: nothing below runs when the transaction threw.
    for (const step of apply) step();
    return rowsWritten;
  }

  /** The database confirmed these versions; held in memory until a next row carries it. */
  confirm(workflows: readonly Pick<Workflow, "seq" | "version">[]): void {
    for (const { seq, version } of workflows) {
      if ((this.#unconfirmed.get(seq) ?? Infinity) > version) continue;
      this.#unconfirmed.delete(seq);
      if (seq === this.#lowestUnconfirmed) this.#lowestUnconfirmed = null;
      this.#dropIfIdle(seq);
    }
  }

  /** Has every kept workflow projected again: the database lost its rows, or is a new one. */
  forgetConfirmations(): void {
    for (const seq of this.#rows.keys()) {
      const workflow = this.read(seq);
      if (workflow !== null) this.#awaitConfirmation(workflow);
    }
  }

  /** Off the hot path: stores the watermark, drops expired keys and surplus finished rows in a bounded batch. */
  compact(now: number, limit: number, resentAtMost = RESENT_AT_MOST): void {
    if (!this.#exists) return;
    const through = this.deliveredThrough;
    const last = this.#rows.get(this.#lastSeq);
    const isFarBehind = last !== undefined && through - this.#storedThrough > resentAtMost;
    this.#storage.transactionSync(() => {
      const { sql } = this.#storage;
      if (isFarBehind) sql.exec("UPDATE workflow SET delivered_through = ? WHERE slot = ?", through, last.slot);
      sql.exec("DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE expires_at <= ? LIMIT ?)", now, limit);
    });
    if (isFarBehind) this.#storedThrough = through;
  }

  /**
   * Drops finished workflows from before `cutoff`. The newest one stays, since ordinals count on from it, and so does the
   * newest count, which older triggers are measured by (I10); receipts stay, since their references count once for ever.
   */
  forget(cutoff: number): void {
    if (!this.#exists) return;
    const through = this.deliveredThrough;
    const aged = this.#finished.filter((seq) => {
      const finishedAt = this.#rows.get(seq)?.finishedAt ?? Infinity;
      const isNeeded = seq === this.#lastSeq || seq === this.#newestCounted?.seq || this.#live.has(seq);
      return finishedAt < cutoff && seq <= through && !isNeeded;
    });
    this.#storage.transactionSync(() => {
      for (const seq of aged) this.#storage.sql.exec("DELETE FROM workflow WHERE slot = ?", this.#rows.get(seq)!.slot);
    });
    for (const seq of aged) {
      this.#rows.delete(seq);
      this.#finished.splice(this.#finished.indexOf(seq), 1);
    }
  }

  #load(): void {
    const { sql } = this.#storage;
    const [identity] = sql.exec<{ record: string }>("SELECT record FROM identity").toArray();
    this.#identity = identity === undefined ? null : (JSON.parse(identity.record) as StoredIdentity);
    this.#book.load();
    let newestCount = -1;
    let newestCountedSeq = 0;
    const due: number[] = [];
    const rows = sql
      .exec<{ slot: number; seq: number; finished_at: number | null; next_due: number | null; counted_at: number | null; delivered_through: number }>(
        "SELECT slot, seq, finished_at, next_due, counted_at, delivered_through FROM workflow ORDER BY seq",
      )
      .toArray();
    for (const row of rows) {
      this.#rows.set(row.seq, { slot: row.slot, finishedAt: row.finished_at });
      this.#slots = Math.max(this.#slots, row.slot);
      this.#lastSeq = Math.max(this.#lastSeq, row.seq);
      this.#storedThrough = Math.max(this.#storedThrough, row.delivered_through);
      if (row.counted_at !== null && row.counted_at >= newestCount) {
        newestCount = row.counted_at;
        newestCountedSeq = row.seq;
      }
      if (row.finished_at === null || row.next_due !== null) due.push(row.seq);
    }
    this.#finished.push(
      ...rows.filter((row) => row.finished_at !== null).toSorted((a, b) => a.finished_at! - b.finished_at!).map((row) => row.seq),
    );
    for (const seq of due) {
      const workflow = this.read(seq);
      if (workflow !== null) this.#keepLive(workflow);
    }
    for (const seq of this.#rows.keys()) {
      if (seq <= this.#storedThrough) continue;
      const workflow = this.read(seq);
      if (workflow !== null) this.#awaitConfirmation(workflow);
    }
    this.#newestCounted = newestCountedSeq === 0 ? null : this.read(newestCountedSeq);
  }

  #write(commit: Commit, now: number): { rowsWritten: number; apply: (() => void)[] } {
    const { sql } = this.#storage;
    const apply: (() => void)[] = [];
    let rowsWritten = 0;
    const exec = (query: string, ...bindings: (string | number | null)[]): void => {
      rowsWritten += sql.exec(query, ...bindings).rowsWritten;
    };
    if (!this.#exists) {
      for (const statement of SCHEMA) exec(statement);
      apply.push(() => (this.#exists = true));
    }
    if (commit.identity !== undefined) {
      const { identity } = commit;
      exec("INSERT OR REPLACE INTO identity VALUES (1, ?)", JSON.stringify(identity));
      apply.push(() => (this.#identity = identity));
    }
    const taken = new Set<number>();
    let slots = this.#slots;
    for (const workflow of commit.workflows ?? []) {
      const known = this.#rows.get(workflow.seq);
      const freed = known === undefined ? this.#overwritable(now, taken) : null;
      if (freed !== null) taken.add(freed);
      const slot = known?.slot ?? (freed === null ? ++slots : this.#rows.get(freed)!.slot);
      const finishedAt = TERMINAL.has(workflow.status) ? workflow.updatedAt : null;
      const countedAt = workflow === commit.counted || this.#newestCounted?.seq === workflow.seq ? workflow.snapshot.occurredAt : null;
      const deliveredThrough = Math.min(this.deliveredThrough, workflow.seq - 1);
      exec(
        "INSERT OR REPLACE INTO workflow VALUES (?, ?, ?, ?, ?, ?, ?)",
        slot,
        workflow.seq,
        finishedAt,
        nextDelivery(workflow),
        countedAt,
        deliveredThrough,
        JSON.stringify(workflow),
      );
      apply.push(() => {
        this.#remember(workflow, slot, finishedAt, freed);
        this.#storedThrough = Math.max(this.#storedThrough, deliveredThrough);
      });
    }
    if (commit.counted !== undefined) {
      const { counted } = commit;
      apply.push(() => (this.#newestCounted = counted));
    }
    apply.push(...this.#book.write(exec, commit.orders ?? [], commit.receipt));
    if (commit.idempotency !== undefined) {
      const { key, bodyHash, seq, expiresAt } = commit.idempotency;
      exec("INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?)", key, bodyHash, seq, expiresAt);
    }
    return { rowsWritten, apply };
  }

  #remember(workflow: Workflow, slot: number, finishedAt: number | null, freed: number | null): void {
    if (freed !== null) {
      this.#rows.delete(freed);
      this.#finished.splice(this.#finished.indexOf(freed), 1);
    }
    this.#slots = Math.max(this.#slots, slot);
    const wasFinished = this.#rows.get(workflow.seq)?.finishedAt != null;
    this.#rows.set(workflow.seq, { slot, finishedAt });
    if (finishedAt !== null && !wasFinished) this.#finished.push(workflow.seq);
    this.#lastSeq = Math.max(this.#lastSeq, workflow.seq);
    this.#awaitConfirmation(workflow);
    this.#keepLive(workflow);
    if (this.#newestCounted?.seq === workflow.seq) this.#newestCounted = workflow;
  }

  #awaitConfirmation({ seq, version }: Workflow): void {
    this.#unconfirmed.set(seq, version);
    if (this.#lowestUnconfirmed !== null) this.#lowestUnconfirmed = Math.min(this.#lowestUnconfirmed, seq);
  }

  #keepLive(workflow: Workflow): void {
    this.#live.set(workflow.seq, workflow);
    if (!TERMINAL.has(workflow.status) || nextDelivery(workflow) !== null) this.#active.add(workflow.seq);
    else this.#active.delete(workflow.seq);
  }

  /** A finished workflow leaves memory once nothing is left to do for it. */
  #dropIfIdle(seq: number): void {
    if (!this.#active.has(seq)) this.#live.delete(seq);
  }

  /** The oldest finished ordinal whose row may be overwritten; null = take a new slot. */
  #overwritable(now: number, taken: ReadonlySet<number>): number | null {
    const oldest = this.#finished[taken.size];
    if (oldest === undefined || oldest > this.deliveredThrough || oldest === this.#newestCounted?.seq) return null;
    const row = this.#rows.get(oldest);
    if (row?.finishedAt == null || row.finishedAt > now - KEEP_FINISHED_MS || this.#live.has(oldest)) return null;
    return oldest;
  }
}

/** When a delivery of this workflow is next due; null = none is. */
export function nextDelivery(workflow: Workflow): number | null {
  const pending = workflow.deliveries.filter((delivery) => delivery.status === "pending");
  return pending.length === 0 ? null : Math.min(...pending.map((delivery) => delivery.dueAt));
}
