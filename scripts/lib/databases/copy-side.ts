/** One of the two databases, as the copy and the comparison use it. */
import type { Sql, TransactionSql } from "postgres";
import { STORED_TABLES, type Key, type Row, type StoredTable } from "./stored-tables.ts";

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
  /** Replaces rows with the same key. */
  readonly put: readonly Row[];
}

export interface Extent {
  readonly rows: number;
  /** Epoch ms; 0 = there is none. */
  readonly newestWorkflow: number;
}

export interface CopySide {
  readonly name: "D1" | "PostgreSQL";
  /** Rows of each stretch in the order of their keys. */
  read(stretches: readonly Stretch[]): Promise<readonly (readonly Row[])[]>;
  extent(): Promise<Extent>;
  /**
   * All changes or none; `note` writes to PostgreSQL how far the copy has come, in the same transaction where it can.
   */
  apply(changes: readonly Change[], note: (sql: Sql | TransactionSql) => Promise<void>): Promise<void>;
  /** Every write is refused from now on; reads go on. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

/** One statement that both take. */
export function extentStatement(): string {
  const counts = STORED_TABLES.map(({ name }) => `(SELECT count(*) FROM ${name})`);
  return (
    `SELECT ${counts.join(" + ")} AS rows, (SELECT coalesce(max(created_at), 0) ` +
    `FROM workflows) AS "newestWorkflow"`
  );
}
