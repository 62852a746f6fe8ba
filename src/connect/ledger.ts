/**
 * The sales and returns that a shop reported, by order, on the connection's disk. A day's sales of a product are a sum
 * over it, so repeats and order of arrival do not matter (I14): a sum is written to the book whole, never added to it.
 *
 * - An order's sale is its newest; a cancelled order counts as nothing, its returns included.
 * - An order is the store's or another's. A return whose order never came is judged by the place it names.
 */
import type { ShopLine } from "./shop-messages.ts";
import { DAY_MS } from "../shared/durations.ts";

export const LEDGER_TABLES = [
  `CREATE TABLE IF NOT EXISTS orders (
    order_id TEXT PRIMARY KEY, sold_at INTEGER, ours INTEGER, cancelled INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS ledger (
    order_id TEXT NOT NULL, line TEXT NOT NULL, product_id TEXT NOT NULL, day INTEGER NOT NULL, units REAL NOT NULL,
    ours INTEGER NOT NULL, PRIMARY KEY (order_id, line)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX IF NOT EXISTS ledger_days ON ledger (product_id, day)",
  "CREATE TABLE IF NOT EXISTS unwritten (product_id TEXT NOT NULL, day INTEGER NOT NULL, PRIMARY KEY " +
    "(product_id, day)) STRICT, WITHOUT ROWID",
];

/** Units sold and returned by the ledger. */
const COUNTS = "COALESCE(orders.cancelled, 0) = 0 AND COALESCE(orders.ours, ledger.ours) = 1";

/**
 * A day's sum is written whole, and a month's for a book by months: more than a month beyond what may still change is
 * kept.
 */
const LONGEST_PERIOD_DAYS = 31;

export interface UnwrittenDay {
  readonly productId: string;
  readonly day: number;
}

interface Sale {
  readonly orderId: string;
  readonly triggeredAt: number;
  /** Store day. */
  readonly day: number;
  /** False = another place's, which this store does not count. */
  readonly isOurs: boolean;
}

interface Return extends Pick<Sale, "orderId" | "day"> {
  readonly returnId: string;
}

interface LedgerRow extends Pick<Sale, "orderId" | "day" | "isOurs"> {
  readonly line: string;
  /** Null = the shop names no product: nothing is counted. */
  readonly productId: string | null;
  readonly units: number;
}

export class Ledger {
  readonly #sql: SqlStorage;
  /** Sales of days before it are too old to count. */
  #changesFrom = -Infinity;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** False = a newer sale of the order is known. */
  sold({ orderId, triggeredAt, day, isOurs }: Sale, lines: readonly ShopLine[]): boolean {
    const [known] = this.#sql
      .exec<{ sold_at: number | null }>("SELECT sold_at FROM orders WHERE order_id = ?", orderId)
      .toArray();
    if (known?.sold_at != null && known.sold_at > triggeredAt) return false;
    this.#markCounting(orderId);
    this.#sql.exec(
      `INSERT INTO orders VALUES (?1, ?2, ?3, 0) ON CONFLICT (order_id) DO UPDATE SET sold_at = ?2, ours = ?3`,
      orderId,
      triggeredAt,
      isOurs ? 1 : 0,
    );
    this.#sql.exec("DELETE FROM ledger WHERE order_id = ? AND line LIKE 'sale/%'", orderId);
    for (const { lineId, productId, units } of lines)
      this.#put({ orderId, line: `sale/${lineId}`, productId, day, units, isOurs });
    this.#markCounting(orderId);
    return true;
  }

  returned({ orderId, returnId, day }: Return, lines: readonly ShopLine[], isOurs: (line: ShopLine) => boolean): void {
    this.#markCounting(orderId);
    for (const line of lines) {
      const { lineId, productId, units } = line;
      this.#put({ orderId, line: `return/${returnId}/${lineId}`, productId, day, units: -units, isOurs: isOurs(line) });
    }
    this.#markCounting(orderId);
  }

  cancelled(orderId: string): void {
    this.#markCounting(orderId);
    this.#sql.exec(
      "INSERT INTO orders VALUES (?, NULL, NULL, 1) ON CONFLICT (order_id) DO UPDATE SET cancelled = 1",
      orderId,
    );
  }

  /**
   * Forgets what is so old that no sum over it is written again; sales of days before `day` no longer count.
   */
  forgetBefore(day: number): void {
    this.#changesFrom = day;
    this.#sql.exec("DELETE FROM ledger WHERE day < ?", day - LONGEST_PERIOD_DAYS);
    this.#sql.exec(
      "DELETE FROM orders WHERE sold_at < ? AND order_id NOT IN (SELECT order_id FROM ledger)",
      (day - LONGEST_PERIOD_DAYS) * DAY_MS,
    );
  }

  /** Units of a product on these days, both included. */
  units(productId: string, from: number, to: number): number {
    const { sum } = this.#sql
      .exec<{ sum: number | null }>(
        `SELECT SUM(units) AS sum FROM ledger LEFT JOIN orders USING (order_id)
         WHERE product_id = ? AND day BETWEEN ? AND ?
           AND ${COUNTS}`,
        productId,
        from,
        to,
      )
      .one();
    return sum ?? 0;
  }

  unwritten(limit: number): UnwrittenDay[] {
    return [
      ...this.#sql.exec<{ productId: string; day: number }>(
        "SELECT product_id AS productId, day FROM unwritten ORDER BY product_id, day LIMIT ?",
        limit,
      ),
    ];
  }

  written(days: readonly UnwrittenDay[]): void {
    for (const { productId, day } of days)
      this.#sql.exec("DELETE FROM unwritten WHERE product_id = ? AND day = ?", productId, day);
  }

  #put({ orderId, line, productId, day, units, isOurs }: LedgerRow): void {
    if (productId === null || day < this.#changesFrom) return;
    this.#sql.exec(
      "INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?, ?)",
      orderId,
      line,
      productId,
      day,
      units,
      isOurs ? 1 : 0,
    );
  }

  /** Called before and after each change: the days that an order counts on are written again. */
  #markCounting(orderId: string): void {
    this.#sql.exec(
      `INSERT OR IGNORE INTO unwritten SELECT product_id, day FROM ledger LEFT JOIN orders USING (order_id)
       WHERE order_id = ? AND ${COUNTS}`,
      orderId,
    );
  }
}
