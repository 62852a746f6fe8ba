/**
 * D1 with a limit to each wait. The platform ends a statement after 30 s, so nothing comes later than that: a call that
 * is still open then has lost its database, and ends as an outage does.
 */
import { inTime } from "../../shared/waiting/in-time.ts";

const LIMIT_MS = 30_000;
/** Begins as D1's own errors do, by which `isDatabaseAway` knows them. */
const LATE = "D1_ERROR: no answer in time";

interface Timed extends Pick<D1PreparedStatement, "bind" | "first" | "all" | "run"> {
  readonly native: D1PreparedStatement;
}

export function timedDatabase(db: D1Database, limitMs = LIMIT_MS): D1Database {
  const within = async <T>(work: Promise<T>): Promise<T> => inTime(work, limitMs, LATE);
  const timed = (native: D1PreparedStatement): Timed => ({
    native,
    bind: (...values) => timed(native.bind(...values)) as Timed & D1PreparedStatement,
    first: async (...column: readonly string[]) => within(native.first(...(column as [string]))),
    all: async () => within(native.all()),
    run: async () => within(native.run()),
  });
  return {
    prepare: (sql: string) => timed(db.prepare(sql)),
    batch: async (statements: readonly unknown[]) =>
      within(db.batch((statements as readonly Timed[]).map(({ native }) => native))),
  } as unknown as D1Database;
}
