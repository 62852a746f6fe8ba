/** Where the exported decision log is read: D1, or PostgreSQL once the service keeps it there. */
import { d1At, type D1Place } from "../databases/d1-database.ts";
import type { Query } from "./export-pages.ts";
import { bindsHyperdrive } from "../server/hyperdrive-binding.ts";
import { connectPostgres } from "../databases/postgres-connection.ts";
import { StartupProblem } from "../command/startup-problem.ts";

export interface ExportedLog {
  readonly query: Query;
  close(): Promise<void>;
}

export function d1Log(place: D1Place): ExportedLog {
  if (bindsHyperdrive()) {
    throw new StartupProblem(
      "wrangler.toml binds HYPERDRIVE, so the decision log is in PostgreSQL: export it with --postgres " +
        "postgres://user:password@host:5432/database.",
    );
  }
  const d1 = d1At(place);
  return { query: async (sql) => (await d1.query([sql]))[0] ?? [], close: async () => undefined };
}

export async function postgresLog(url: string): Promise<ExportedLog> {
  const sql = await connectPostgres(url);
  return { query: (statement) => sql.unsafe(statement), close: () => sql.end() };
}
