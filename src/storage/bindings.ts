/** The bindings that the storage uses; `Env` extends them. */
export interface StorageBindings {
  readonly DB: D1Database;
  /** A PostgreSQL in the place of D1, where it is bound (docs/postgresql.md). */
  readonly HYPERDRIVE?: Hyperdrive;
}
