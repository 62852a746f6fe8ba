/**
 * The item's SQLite: its workflows, open orders, receipts, idempotency keys and identity. It is the source of truth for
 * open workflows (I1). Everything an event changes is written by one `commit`, all of it or nothing (I2).
 *
 * - A decision writes one row, and its order a second: tables have an integer or WITHOUT ROWID key and no index, and
 *   old rows are overwritten in place.
 * - A table is made with its first row (`tables.ts`); reading an unknown item creates nothing.
 * - Memory follows the disk, never the other way: it changes when the statements have run.
 */
import type { OrderRow } from "../../workflow/orders/order-row.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { IdempotencyKeys, type IdempotencyRow } from "./idempotency-keys.ts";
import { identityIn, identityStatements, readIdentity, type StoredIdentity } from "./identity-row.ts";
import { OrderBook, type ReceiptRow } from "./order-book.ts";
import { Tables } from "./tables.ts";
import { WorkflowRows } from "./workflow-rows.ts";

/**
 * Workflows that a restart may send again although the database has them. Each decision's row carries the previous
 * watermark, so a separate row for it, a third of a lone decision's cost, is needed only after a backlog.
 */
const RESENT_AT_MOST = 8;

/** All that one event writes. */
export interface Change {
  readonly identity?: StoredIdentity | undefined;
  readonly workflows?: readonly Workflow[] | undefined;
  /** Ordinal of the workflow, one of `workflows`, whose stock count is now the newest processed one. */
  readonly countedSeq?: number | undefined;
  readonly orders?: readonly OrderRow[] | undefined;
  readonly receipt?: ReceiptRow | undefined;
  readonly droppedReceipt?: ReceiptRow | undefined;
  /** Receipts that now close other units than before. */
  readonly recountedReceipts?: readonly ReceiptRow[] | undefined;
  readonly idempotency?: IdempotencyRow | undefined;
}

export class Journal {
  readonly workflows: WorkflowRows;
  readonly orders: OrderBook;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly #tables: Tables;
  #identity: StoredIdentity | null;
  #hasIdentityRow: boolean;

  constructor(storage: DurableObjectStorage, objectId: string) {
    this.#tables = new Tables(storage);
    this.workflows = new WorkflowRows(this.#tables, objectId);
    this.orders = new OrderBook(this.#tables);
    this.idempotencyKeys = new IdempotencyKeys(this.#tables);
    const newest = this.workflows.read(this.workflows.lastSeq);
    const stored = readIdentity(this.#tables);
    this.#hasIdentityRow = stored !== null;
    this.#identity = stored ?? (newest === null ? null : identityIn(newest));
  }

  /** Null = nothing was ever written for this item. */
  get identity(): StoredIdentity | null {
    return this.#identity;
  }

  /** False = the item has no settings so far, and the identity is its newest workflow's. */
  get hasIdentityRow(): boolean {
    return this.#hasIdentityRow;
  }

  /** Writes everything or nothing; returns the rows written, which is what the platform bills. */
  commit(change: Change, now: number): number {
    const workflows = this.workflows.write(change.workflows ?? [], change.countedSeq ?? null, now);
    const { receipt, droppedReceipt, recountedReceipts } = change;
    const orders = this.orders.write(change.orders ?? [], receipt, droppedReceipt, recountedReceipts);
    const rowsWritten = this.#tables.write([
      ...identityStatements(change.identity),
      ...workflows.statements,
      ...orders.statements,
      ...this.idempotencyKeys.write(change.idempotency),
    ]);
    this.#learnIdentity(change);
    workflows.apply();
    orders.apply();
    return rowsWritten;
  }

  #learnIdentity({ identity, workflows = [] }: Change): void {
    const [subject] = workflows;
    if (identity !== undefined) {
      this.#identity = identity;
      this.#hasIdentityRow = true;
    } else if (!this.#hasIdentityRow && subject !== undefined) {
      const said = identityIn(subject);
      if (said.inputsVersion >= (this.#identity?.inputsVersion ?? 0)) this.#identity = said;
    }
  }

  /** Off the hot path: stores how far the database is, and drops expired keys in a bounded batch. */
  compact(now: number, limit: number, resentAtMost = RESENT_AT_MOST): void {
    this.workflows.storeWatermark(resentAtMost);
    this.idempotencyKeys.dropExpired(now, limit);
  }
}
