/**
 * Runs projections one at a time, as on D1: counters read the rows that are about to be replaced, and labels are
 * numbered from the last one. Held until the transaction ends, so it works through a transaction pool.
 */
import type { TransactionSql } from "postgres";

/** Any number that nothing else in this database locks. */
const PROJECTIONS = 5_730_001;

export async function lockProjections(sql: TransactionSql): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${PROJECTIONS}::bigint)`;
}
