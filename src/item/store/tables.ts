/**
 * The object's SQLite as the item uses it.
 *
 * - A table is made with its first row: each costs a page and a statement to compile, and most items never see a
 *   receipt or an idempotency key. Reading one that was not made yet finds nothing and makes nothing.
 * - One `write` is all or nothing (I2).
 */
export interface Table {
  readonly name: string;
  /** Names and types with their brackets, and what follows them. */
  readonly columns: string;
}

type Value = string | number | null;

/** One change of a table, not run yet. */
export interface Statement {
  readonly into: Table;
  readonly query: string;
  readonly bindings: readonly Value[];
}

export class Tables {
  readonly #storage: DurableObjectStorage;
  readonly #made: Set<string>;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    const names = storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").toArray();
    this.#made = new Set(names.map(({ name }) => name));
  }

  has({ name }: Table): boolean {
    return this.#made.has(name);
  }

  read<Row extends Record<string, Value>>(from: Table, query: string, ...bindings: readonly Value[]): Row[] {
    return this.has(from) ? this.#storage.sql.exec<Row>(query, ...bindings).toArray() : [];
  }

  /** Runs them in one transaction; returns the rows written, which is what the platform bills. */
  write(statements: readonly Statement[]): number {
    const [only] = statements;
    if (only === undefined) return 0;
    // A statement is atomic by itself, and a lone one is the common case: a savepoint around it would cost as much
    // again.
    if (statements.length === 1) return this.#make(only.into) + this.#run(only);
    // An empty table changes no result, so new tables need not be rolled back when the rest fails.
    const made = statements.reduce((rows, { into }) => rows + this.#make(into), 0);
    return this.#storage.transactionSync(() =>
      statements.reduce((rows, statement) => rows + this.#run(statement), made),
    );
  }

  #make(table: Table): number {
    if (this.has(table)) return 0;
    const { rowsWritten } = this.#storage.sql.exec(`CREATE TABLE ${table.name} ${table.columns}`);
    this.#made.add(table.name);
    return rowsWritten;
  }

  #run({ query, bindings }: Statement): number {
    return this.#storage.sql.exec(query, ...bindings).rowsWritten;
  }
}
