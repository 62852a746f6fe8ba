/** A disk on which a commit fails: every write of an object is counted, and one of them is told to crash. */
export type Crashable = <T>(write: () => T) => T;

/** A transaction, or a lone statement that is not `harmless`, is a commit of its own and goes through `crashable`. */
export function interceptCommits(storage: DurableObjectStorage, crashable: Crashable, harmless: RegExp): void {
  const { sql } = storage;
  const transaction = storage.transactionSync.bind(storage);
  const exec = sql.exec.bind(sql);
  let isWithin = false;
  storage.transactionSync = (work) =>
    crashable(() => {
      isWithin = true;
      try {
        return transaction(work);
      } finally {
        isWithin = false;
      }
    });
  sql.exec = ((query: string, ...bindings: SqlStorageValue[]) =>
    isWithin || harmless.test(query)
      ? exec(query, ...bindings)
      : crashable(() => exec(query, ...bindings))) as typeof sql.exec;
}
