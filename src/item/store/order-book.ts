/**
 * What was ordered for the item, what is outstanding, and what has been received. Memory mirrors the disk; the journal
 * writes it together with everything else that an event changes (I2).
 *
 * - An order's row is found by its key. The next order overwrites a closed row beyond the newest few, unless its
 *   purchase order does not know of it yet.
 * - A receipt's reference counts once, for ever.
 */
import * as z from "zod";
import type { ItemOrder } from "../../workflow/orders/item-order.ts";
import { ORDER_ENDINGS, orderKey, type OrderRow } from "../../workflow/orders/order-row.ts";
import { untold } from "../../workflow/orders/line-version.ts";
import type { Statement, Table, Tables } from "./tables.ts";
import { isOpenRow } from "../../workflow/orders/purchased-row.ts";

/** Closed orders kept for the lead times they show and the usual quantity. */
const KEEP_CLOSED_ORDERS = 32;

const ORDERS: Table = { name: "open_order", columns: "(slot INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT" };
const RECEIPTS: Table = {
  name: "receipt",
  columns:
    "(reference TEXT PRIMARY KEY, quantity REAL NOT NULL, received_at INTEGER NOT NULL, answer TEXT NOT NULL) " +
    "STRICT, WITHOUT ROWID",
};

const StoredOrder = z.looseObject({
  schema: z.literal(1),
  ordered: z.number(),
  order: z.looseObject({ workflowId: z.string(), quantity: z.number(), placedAt: z.number(), expectedAt: z.number() }),
  closedAt: z.number().nullable(),
  closedBy: z.enum(ORDER_ENDINGS).nullable(),
});

export interface ReceiptRow {
  readonly reference: string;
  readonly quantity: number;
  readonly receivedAt: number;
  /** The answer to the first use, returned for a repetition. */
  readonly answer: string;
}

export class OrderBook {
  readonly #tables: Tables;
  readonly #rows = new Map<number, OrderRow>();
  /** What every decision asks of the rows, kept until one changes. */
  #rowsByAge: readonly OrderRow[] = [];
  #untold: ReturnType<typeof untold> = [];
  /** Receipts after `#receiptsSince` in item time, which the newest count does not include. */
  #receipts: Pick<ReceiptRow, "quantity" | "receivedAt">[] = [];
  #receiptsSince = Infinity;

  constructor(tables: Tables) {
    this.#tables = tables;
    for (const row of tables.read<{ slot: number; record: string }>(ORDERS, "SELECT slot, record FROM open_order")) {
      this.#rows.set(row.slot, StoredOrder.parse(JSON.parse(row.record)) as unknown as OrderRow);
    }
    this.#rowsChanged();
  }

  #rowsChanged(): void {
    this.#rowsByAge = [...this.#rows.values()].toSorted((a, b) => a.order.placedAt - b.order.placedAt);
    this.#untold = untold(this.#rowsByAge);
  }

  get open(): ItemOrder[] {
    return [...this.#rows.values()].filter(isOpenRow).map((row) => row.order);
  }

  /** Oldest first; another list as soon as a row changes. */
  get rows(): readonly OrderRow[] {
    return this.#rowsByAge;
  }

  /** Purchase orders that do not hold the item's newest line yet. */
  get untold(): ReturnType<typeof untold> {
    return this.#untold;
  }

  receipt(reference: string): ReceiptRow | null {
    const [row] = this.#tables.read<{ quantity: number; received_at: number; answer: string }>(
      RECEIPTS,
      "SELECT quantity, received_at, answer FROM receipt WHERE reference = ?",
      reference,
    );
    return row === undefined
      ? null
      : { reference, quantity: row.quantity, receivedAt: row.received_at, answer: row.answer };
  }

  /** Every receipt, the earliest first. */
  receipts(): ReceiptRow[] {
    return this.#tables
      .read<Omit<ReceiptRow, "receivedAt"> & { received_at: number }>(
        RECEIPTS,
        "SELECT reference, quantity, received_at, answer FROM receipt ORDER BY received_at, reference",
      )
      .map(({ received_at, ...receipt }) => ({ ...receipt, receivedAt: received_at }));
  }

  /**
   * Units received after a moment of item time. Memory covers everything since the newest count, so a trigger does not
   * read older receipts.
   */
  receivedAfter(itemTime: number): number {
    if (itemTime < this.#receiptsSince) {
      this.#receipts = this.#tables
        .read<{ quantity: number; received_at: number }>(
          RECEIPTS,
          "SELECT quantity, received_at FROM receipt WHERE received_at > ?",
          itemTime,
        )
        .map((row) => ({ quantity: row.quantity, receivedAt: row.received_at }));
    } else {
      this.#receipts = this.#receipts.filter((receipt) => receipt.receivedAt > itemTime);
    }
    this.#receiptsSince = itemTime;
    return this.#receipts.reduce((total, receipt) => total + receipt.quantity, 0);
  }

  /** What is to be written, and how memory follows once it is. */
  write(
    orders: readonly OrderRow[],
    receipt: ReceiptRow | undefined,
    dropped?: ReceiptRow,
    recounted: readonly ReceiptRow[] = [],
  ): { statements: Statement[]; apply: () => void } {
    const statements: Statement[] = [];
    const placed = new Map<number, OrderRow>();
    for (const row of orders) {
      const slot = this.#slotFor(row, placed);
      placed.set(slot, row);
      statements.push({
        into: ORDERS,
        query: "INSERT OR REPLACE INTO open_order VALUES (?, ?)",
        bindings: [slot, JSON.stringify(row)],
      });
    }
    if (receipt !== undefined) {
      const { reference, quantity, receivedAt, answer } = receipt;
      statements.push({
        into: RECEIPTS,
        query: "INSERT INTO receipt VALUES (?, ?, ?, ?)",
        bindings: [reference, quantity, receivedAt, answer],
      });
    }
    if (dropped !== undefined) {
      statements.push({
        into: RECEIPTS,
        query: "DELETE FROM receipt WHERE reference = ?",
        bindings: [dropped.reference],
      });
    }
    for (const { reference, answer } of recounted)
      statements.push({
        into: RECEIPTS,
        query: "UPDATE receipt SET answer = ? WHERE reference = ?",
        bindings: [answer, reference],
      });
    return {
      statements,
      apply: () => {
        // Receipts are read again at the next call of `receivedAfter`.
        if (dropped !== undefined) this.#receiptsSince = Infinity;
        for (const [slot, row] of placed) this.#rows.set(slot, row);
        if (placed.size > 0) this.#rowsChanged();
        if (receipt !== undefined && receipt.receivedAt > this.#receiptsSince) this.#receipts.push(receipt);
      },
    };
  }

  #slotFor(row: OrderRow, taken: ReadonlyMap<number, OrderRow>): number {
    let highest = 0;
    const waiting = new Set(this.untold.map(({ poId }) => poId));
    const closed: { slot: number; closedAt: number }[] = [];
    for (const [slot, known] of this.#rows) {
      if (orderKey(known.order) === orderKey(row.order)) return slot;
      highest = Math.max(highest, slot);
      const isWaiting = known.order.purchase !== undefined && waiting.has(known.order.purchase.poId);
      if (known.closedAt !== null && !taken.has(slot) && !isWaiting) closed.push({ slot, closedAt: known.closedAt });
    }
    if (closed.length > KEEP_CLOSED_ORDERS) return closed.reduce((a, b) => (b.closedAt < a.closedAt ? b : a)).slot;
    return Math.max(highest, ...taken.keys()) + 1;
  }
}
