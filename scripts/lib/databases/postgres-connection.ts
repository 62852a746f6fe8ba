/** One connection to the PostgreSQL that a person named, values as the service stores them. */
import postgres, { type Sql } from "postgres";
import { READ_AS_STORED } from "../../../src/storage/postgres/client.ts";
import { StartupProblem } from "../command/startup-problem.ts";

/** Throws a StartupProblem when it cannot connect. */
export async function connectPostgres(url: string): Promise<Sql> {
  if (!/^postgres(ql)?:\/\//.test(url))
    throw new StartupProblem("Say which PostgreSQL: postgres://user:password@host:5432/database.");
  const sql = postgres(url, { ...READ_AS_STORED, max: 1 }) as Sql;
  try {
    await sql`SELECT 1`;
    return sql;
  } catch (error) {
    await sql.end();
    throw new StartupProblem(`PostgreSQL cannot be reached: ${(error as Error).message}.`);
  }
}
