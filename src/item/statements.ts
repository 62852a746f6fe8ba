/** Writes to the item's SQLite: all of them or none. */

/** One statement, not run yet. */
export interface Statement {
  readonly query: string;
  readonly bindings: readonly (string | number | null)[];
}

/** Runs them in one transaction (I2); returns the rows written, which is what the platform bills. */
export function runAll(storage: DurableObjectStorage, statements: readonly Statement[]): number {
  const [only] = statements;
  if (only === undefined) return 0;
  // A statement is atomic by itself, and a lone one is the common case: a savepoint around it would cost as much again.
  if (statements.length === 1) return run(storage.sql, only);
  return storage.transactionSync(() => statements.reduce((rows, statement) => rows + run(storage.sql, statement), 0));
}

function run(sql: SqlStorage, { query, bindings }: Statement): number {
  return sql.exec(query, ...bindings).rowsWritten;
}
