/**
 * A PostgreSQL behind Hyperdrive.
 *
 * - A connection belongs to the request or alarm that opened it: each piece of work opens its own and closes it. That
 *   is cheap, since it ends at Hyperdrive, which keeps the pool.
 * - Hyperdrive lends a backend for one transaction: writes that belong together are one transaction, and nothing relies
 *   on session state: no named statements, no session locks, no SET.
 * - The driver is loaded with the first piece of work, so that a Worker on D1 never runs it.
 * - Every error says that it is PostgreSQL's, in its message: a class does not survive a call between objects.
 */
import type { Socket } from "node:net";
import type { Options, Sql } from "postgres";
import { inTime } from "../../shared/waiting/in-time.ts";

/** One piece of work on a connection of its own. */
export type Run = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

/**
 * A database that is up answers within milliseconds; past this it counts as unavailable, while the caller still waits.
 */
const CONNECT_TIMEOUT_MS = 5_000;
/** No piece of work takes half a minute: past this the connection is dead, whether or not the network ever says so. */
const WORK_TIMEOUT_MS = 30_000;

/** Needed by every reader of these tables, the Worker and the scripts. */
export const READ_AS_STORED = {
  // No array types are used, and asking for them would cost a query a connection.
  fetch_types: false,
  prepare: false,
  // Epoch milliseconds and counts fit a number; the driver would give texts.
  types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  onnotice: () => undefined,
};

/** Uses its parts: a password with a per cent sign makes its `connectionString` unreadable. */
export type Door = Pick<Hyperdrive, "host" | "port" | "user" | "password" | "database">;

export function runOn({ host, port, user, password, database }: Door, workTimeoutMs = WORK_TIMEOUT_MS): Run {
  return async (work) => {
    const { default: postgres } = await import("postgres");
    const sql = postgres({
      ...READ_AS_STORED,
      host,
      port,
      user,
      password,
      database,
      max: 1,
      connect_timeout: CONNECT_TIMEOUT_MS / 1_000,
      // Documented by the driver, but missing from its types.
      socket: () => connected(host, port),
    } as Options<typeof READ_AS_STORED.types>);
    try {
      return await inTime(work(sql as Sql), workTimeoutMs, "no answer in time");
    } catch (error) {
      throw named(error);
    } finally {
      // Not waited for: the answer is there, and a connection that cannot be closed politely ends with the request.
      void sql.end({ timeout: 1 }).catch(() => undefined);
    }
  };
}

/** Node's socket: the driver's own for Workers ends with an unhandled rejection. */
async function connected(host: string, port: number): Promise<Socket> {
  const { connect } = await import("node:net");
  const socket = connect(port, host);
  return new Promise((resolve, reject) => {
    const tooLate = setTimeout(() => socket.destroy(new Error("no connection in time")), CONNECT_TIMEOUT_MS);
    socket.once("connect", () => (clearTimeout(tooLate), resolve(socket)));
    socket.once("error", (error) => (clearTimeout(tooLate), reject(error)));
  });
}

/**
 * SQLSTATE classes and driver codes of a database that cannot be asked now; any other code is a statement it refused.
 */
const AWAY = /^(?:08|53|57P|25006|CONNECT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/;

function named(error: unknown): Error {
  const { code = "", message } = error as Error & { readonly code?: string };
  const isRefusal = /^[0-9A-Z]{5}$/.test(code) && !AWAY.test(code);
  return new Error(
    isRefusal ? `PostgreSQL refused a statement (${code}): ${message}` : `PostgreSQL is away: ${message}`,
    { cause: error },
  );
}
