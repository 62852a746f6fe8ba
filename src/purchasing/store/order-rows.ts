/**
 * The SQLite of one supplier's purchase orders: one row for an order without its lines, and one for each line, so a
 * changed line of a long order costs two rows. One `save` is one transaction.
 *
 * `order_by` in seconds is an order's key within its object. `active` is 0 once nothing is left to do; the object then
 * reads the order only on request.
 */
import * as z from "zod";
import { parseStored } from "../../storage/stored-json.ts";
import { countIn } from "../order/number.ts";
import { byProduct } from "../order/totals.ts";
import { PURCHASE_SCHEMA, type PurchaseLine, type PurchaseOrder } from "../order/types.ts";

const TABLES = `
  CREATE TABLE IF NOT EXISTS purchase_order (
    key INTEGER PRIMARY KEY, record TEXT NOT NULL, active INTEGER NOT NULL, projected INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS purchase_line (
    key INTEGER NOT NULL, product_id TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (key, product_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;`;

const StoredOrder = z.looseObject({ schema: z.literal(PURCHASE_SCHEMA), id: z.string(), status: z.string() });

interface StoredLine extends PurchaseLine {
  readonly schema: typeof PURCHASE_SCHEMA;
}

export interface KeptOrder {
  readonly order: PurchaseOrder;
  /** The version that the database holds. */
  readonly projected: number;
}

export class OrderRows {
  readonly #storage: DurableObjectStorage;
  #made: boolean;
  #numbers: number;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#made = storage.sql.exec("SELECT 1 FROM sqlite_schema WHERE name = 'counter'").toArray().length > 0;
    this.#numbers = this.#read<{ value: number }>("SELECT value FROM counter WHERE name = 'number'")[0]?.value ?? 0;
  }

  /** Orders with something left to do, the earliest cut-off first. */
  active(): KeptOrder[] {
    return this.#orders("WHERE active = 1 ORDER BY key");
  }

  all(): KeptOrder[] {
    return this.#orders("ORDER BY key");
  }

  find(key: number): KeptOrder | null {
    return this.#orders("WHERE key = ?", key)[0] ?? null;
  }

  /** How many numbers were given. */
  get numbers(): number {
    return this.#numbers;
  }

  /** Writes the order, and those of its lines that differ from `before`. */
  save(order: PurchaseOrder, before: PurchaseOrder | null, active: boolean): void {
    const { lines, ...head } = order;
    const known = new Set(before?.lines ?? []);
    // The number of a rebuilt order must not be given again.
    const numbers = order.number === null ? 0 : countIn(order.number);
    const numbered = numbers > this.#numbers;
    this.#make();
    this.#storage.transactionSync(() => {
      const { sql } = this.#storage;
      sql.exec(
        `INSERT INTO purchase_order VALUES (?, ?, ?, 0)
         ON CONFLICT DO UPDATE SET record = excluded.record, active = excluded.active`,
        keyOf(order),
        JSON.stringify(head),
        active ? 1 : 0,
      );
      for (const line of lines.filter((each) => !known.has(each))) {
        sql.exec(
          "INSERT OR REPLACE INTO purchase_line VALUES (?, ?, ?)",
          keyOf(order),
          line.productId,
          JSON.stringify({ schema: PURCHASE_SCHEMA, ...line }),
        );
      }
      if (numbered) sql.exec("INSERT OR REPLACE INTO counter VALUES ('number', ?)", numbers);
    });
    if (numbered) this.#numbers = numbers;
  }

  projected({ orderBy, version }: PurchaseOrder, active: boolean): void {
    this.#storage.sql.exec(
      "UPDATE purchase_order SET projected = ?, active = ? WHERE key = ?",
      version,
      active ? 1 : 0,
      keyOf({ orderBy }),
    );
  }

  /** Retention: drops what is over and was last changed before. Returns how many. */
  forget(cutoff: number): number {
    if (!this.#made) return 0;
    const old = this.#read<{ key: number }>(
      "SELECT key FROM purchase_order WHERE active = 0 AND record ->> 'updatedAt' < ?",
      cutoff,
    );
    this.#storage.transactionSync(() => {
      for (const { key } of old) {
        this.#storage.sql.exec("DELETE FROM purchase_line WHERE key = ?", key);
        this.#storage.sql.exec("DELETE FROM purchase_order WHERE key = ?", key);
      }
    });
    return old.length;
  }

  #orders(where: string, ...bindings: number[]): KeptOrder[] {
    return this.#read<{ key: number; record: string; projected: number }>(
      `SELECT key, record, projected FROM purchase_order ${where}`,
      ...bindings,
    ).map(({ key, record, projected }) => {
      const head = StoredOrder.parse(JSON.parse(record)) as unknown as Omit<PurchaseOrder, "lines">;
      return { order: { ...head, lines: this.#lines(key) }, projected };
    });
  }

  #lines(key: number): PurchaseLine[] {
    return this.#read<{ record: string }>("SELECT record FROM purchase_line WHERE key = ?", key)
      .map(({ record }) => {
        const { schema: _, ...line } = parseStored<StoredLine>(record, PURCHASE_SCHEMA);
        return line;
      })
      .toSorted(byProduct);
  }

  #read<Row extends Record<string, SqlStorageValue>>(query: string, ...bindings: (string | number)[]): Row[] {
    return this.#made ? this.#storage.sql.exec<Row>(query, ...bindings).toArray() : [];
  }

  #make(): void {
    if (this.#made) return;
    this.#storage.sql.exec(TABLES);
    this.#made = true;
  }
}

function keyOf({ orderBy }: Pick<PurchaseOrder, "orderBy">): number {
  return Math.floor(orderBy / 1_000);
}
