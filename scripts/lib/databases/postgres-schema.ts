/** The PostgreSQL migrations: files of `migrations/postgres` in the order of their names, each once, forward only. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { connectPostgres } from "./postgres-connection.ts";
import { ROOT } from "../server/wrangler-process.ts";

const FOLDER = join(ROOT, "migrations/postgres");

/** The names of those that were missing, all applied now. Two runs at once wait for each other. */
export async function migratePostgres(url: string): Promise<string[]> {
  const client = await connectPostgres(url);
  try {
    return await client.begin(async (sql) => {
      await sql`SELECT pg_advisory_xact_lock(hashtext('stockwarden migrations'))`;
      await sql`CREATE TABLE IF NOT EXISTS applied_migrations (name text COLLATE "C" PRIMARY KEY, applied_at
          timestamptz NOT NULL DEFAULT now())`;
      const applied = new Set(
        (await sql<{ name: string }[]>`SELECT name FROM applied_migrations`).map(({ name }) => name),
      );
      const missing = readdirSync(FOLDER)
        .filter((name) => name.endsWith(".sql") && !applied.has(name))
        .toSorted();
      for (const name of missing) {
        await sql.unsafe(readFileSync(join(FOLDER, name), "utf8"));
        await sql`INSERT INTO applied_migrations (name) VALUES (${name})`;
      }
      return missing;
    });
  } finally {
    await client.end();
  }
}
