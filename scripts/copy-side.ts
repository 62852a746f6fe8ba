/** One of the two databases, as what copies and compares sees it. */
import type { Sql, TransactionSql } from "postgres";
import type { Key, Row, StoredTable } from "./stored-tables.ts";

export interface Stretch {
  readonly table: StoredTable;
  /** Rows above this key; null = from the first. */
  readonly after: Key | null;
  /** Rows up to and with this key; null = to the last. */
  readonly upTo: Key | null;
  readonly limit: number | null;
}

export interface Change {
  readonly table: StoredTable;
  readonly remove: readonly Key[];
  /** In the place of rows under the same key. */
  readonly put: readonly Row[];
}

export interface CopySide {
  readonly name: "D1" | "PostgreSQL";
  /** Rows of each stretch in the order of their keys. */
  read(stretches: readonly Stretch[]): Promise<readonly (readonly Row[])[]>;
  counts(): Promise<ReadonlyMap<string, number>>;
  /** Epoch ms; 0 = there is none. */
  newestWorkflow(): Promise<number>;
  /** All changes or none; `note` writes to PostgreSQL how far the copy has come, in the same transaction where it can. */
  apply(changes: readonly Change[], note: (sql: Sql | TransactionSql) => Promise<void>): Promise<void>;
  /** Every write is refused from now on; reads go on. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}
