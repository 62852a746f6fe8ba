/** A store's runs and the plan of its mornings on the object's disk. The tables are made at the first write. */
import { parseStored } from "../../storage/stored-json.ts";
import type { Morning } from "./morning.ts";
import type { RunRecord } from "./run.ts";

/** Runs that can still be asked about. */
const KEPT_RUNS = 60;
const TABLES = [
  "CREATE TABLE IF NOT EXISTS run (ordinal INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
  "CREATE TABLE IF NOT EXISTS morning (id INTEGER PRIMARY KEY CHECK (id = 1), record TEXT NOT NULL) STRICT",
];

export class RunRows {
  readonly #storage: DurableObjectStorage;
  #isMade: boolean;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#isMade = storage.sql.exec("SELECT 1 FROM sqlite_schema WHERE name = 'run'").toArray().length > 0;
  }

  get lastOrdinal(): number {
    const [row] = this.#read<{ last: number | null }>("SELECT max(ordinal) AS last FROM run");
    return row?.last ?? 0;
  }

  run(ordinal: number): RunRecord | null {
    const [row] = this.#read<{ record: string }>("SELECT record FROM run WHERE ordinal = ?", ordinal);
    return row === undefined ? null : parseStored<RunRecord>(row.record, 1);
  }

  morning(): Morning | null {
    const [row] = this.#read<{ record: string }>("SELECT record FROM morning");
    return row === undefined ? null : parseStored<Morning>(row.record, 1);
  }

  /** One transaction, since a morning's run and the note that it began must be stored together. */
  write({ run, morning }: { readonly run?: readonly [number, RunRecord]; readonly morning?: Morning }): void {
    this.#storage.transactionSync(() => {
      const { sql } = this.#storage;
      if (!this.#isMade) for (const table of TABLES) sql.exec(table);
      if (morning !== undefined) sql.exec("INSERT OR REPLACE INTO morning VALUES (1, ?)", JSON.stringify(morning));
      if (run === undefined) return;
      const [ordinal, record] = run;
      sql.exec("INSERT OR REPLACE INTO run VALUES (?, ?)", ordinal, JSON.stringify(record));
      sql.exec("DELETE FROM run WHERE ordinal <= ?", ordinal - KEPT_RUNS);
    });
    this.#isMade = true;
  }

  #read<T extends Record<string, SqlStorageValue>>(query: string, ...bindings: unknown[]): T[] {
    return this.#isMade ? this.#storage.sql.exec<T>(query, ...bindings).toArray() : [];
  }
}
