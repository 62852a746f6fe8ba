/**
 * The database of an environment: D1, or PostgreSQL where the `HYPERDRIVE` binding is there (docs/postgresql.md).
 * Nothing outside this folder knows which.
 */
import { oncePerEnv } from "../shared/once-per-env.ts";
import type { StorageBindings } from "./bindings.ts";
import { lazyD1Storage } from "./d1/lazy-storage.ts";
import { timedDatabase } from "./d1/timed-database.ts";
import { lazyPostgresStorage } from "./postgres/lazy-storage.ts";
import type { Storage } from "./storage-interface.ts";

/** It holds no connection, so requests may share it. */
export const storageOf: (env: StorageBindings) => Storage = oncePerEnv(({ DB, HYPERDRIVE }: StorageBindings) =>
  HYPERDRIVE === undefined ? lazyD1Storage(timedDatabase(DB)) : lazyPostgresStorage(HYPERDRIVE),
);
