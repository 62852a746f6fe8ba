/** Reads the applied migrations from the local D1 file: that takes a millisecond, Wrangler two seconds. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Also true when it is unknown: applying a migration again is harmless. */
export function migrationsArePending(persistTo: string, migrationsFolder: string): boolean {
  const wanted = readdirSync(migrationsFolder).filter((name) => name.endsWith(".sql"));
  const folder = join(persistTo, "v3/d1/miniflare-D1DatabaseObject");
  if (!existsSync(folder)) return true;
  const files = readdirSync(folder).filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
  return !files.some((name) => {
    const applied = appliedMigrations(join(folder, name));
    return wanted.every((migration) => applied.has(migration));
  });
}

function appliedMigrations(file: string): ReadonlySet<unknown> {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    return new Set(
      database
        .prepare("SELECT name FROM d1_migrations")
        .all()
        .map((row) => row.name),
    );
  } catch {
    return new Set();
  } finally {
    database?.close();
  }
}
