/**
 * A PostgreSQL behind Hyperdrive.
 *
 * P1. A connection belongs to the request or alarm that opened it: each piece of work opens its own and closes it. That is
 *     cheap, since it ends at Hyperdrive, which keeps the pool.
 * P2. Hyperdrive lends a backend for one transaction: what must hold together stands in one, and nothing relies on what
 *     a session remembers - no named statements, no session locks, no SET.
 * P3. The driver is loaded with the first piece of work, so that a Worker on D1 never runs it.
 * P4. Every error says that it is PostgreSQL's, in its message: a class does not survive a call between objects.
 */
import type { Sql } from "postgres";

/** One piece of work on a connection of its own. */
export type Run = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

/** A database that is up answers within milliseconds; past this it counts as away, while the caller is still there. */
const CONNECT_TIMEOUT_S = 5;

/** What every reader of these tables needs, the Worker and the scripts. */
export const READ_AS_STORED = {
  // No array types are used, and asking for them would cost a query a connection.
  fetch_types: false,
  prepare: false,
  // Epoch milliseconds and counts fit a number; the driver would give texts.
  types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  onnotice: () => undefined,
};

export function runOn({ connectionString }: Pick<Hyperdrive, "connectionString">): Run {
  return async (work) => {
    const { default: postgres } = await import("postgres");
    const sql = postgres(connectionString, { ...READ_AS_STORED, max: 1, connect_timeout: CONNECT_TIMEOUT_S });
    try {
      return await work(sql as Sql);
    } catch (error) {
      throw named(error);
    } finally {
      // Not waited for: the answer is there, and a connection that cannot be closed politely ends with the request.
      void sql.end({ timeout: 1 }).catch(() => undefined);
    }
  };
}

/** SQLSTATE classes and driver codes of a database that cannot be asked now; any other code is a statement it refused. */
const AWAY = /^(?:08|53|57P|25006|CONNECT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/;

function named(error: unknown): Error {
  const { code = "", message } = error as Error & { readonly code?: string };
  const isRefusal = /^[0-9A-Z]{5}$/.test(code) && !AWAY.test(code);
  return new Error(isRefusal ? `PostgreSQL refused a statement (${code}): ${message}` : `PostgreSQL is away: ${message}`, { cause: error });
}
