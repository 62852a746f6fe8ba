/**
 * Decides whether an error means that the database is unavailable now: an outage, or a move to another database. A
 * refused statement is something else: our own fault, which no retry mends and which is reported.
 *
 * Only the message can be checked: an error's class does not survive a call between objects.
 */

/** Message of a database that is being moved (docs/postgresql.md): a deliberate pause of some minutes. */
const FROZEN = "frozen: being moved to another database";
/**
 * Matches SQLite codes other than those of the file and its disk: held by another writer, full, open for reading only,
 * failing or not to be opened. No statement is at fault in these.
 */
const REFUSED_BY_SQLITE = /SQLITE_(?!BUSY|LOCKED|FULL|READONLY|IOERR|CANTOPEN)/;

export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { message } = error;
  if (message.startsWith("PostgreSQL is away") || message.includes(FROZEN)) return true;
  return message.startsWith("D1_ERROR") && !REFUSED_BY_SQLITE.test(message);
}

/** Part of the message of a call whose data the database refused. */
const REFUSED = "the database refused";

/** An error that a caller in another object can recognise and log: class and cause do not survive the call. */
export function databaseFailure(what: string, cause: unknown): Error {
  const message = isDatabaseAway(cause)
    ? `the database could not take ${what}`
    : `${REFUSED} ${what}: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new Error(message, { cause });
}

export function isRefusedByDatabase(error: unknown): boolean {
  return error instanceof Error && error.message.includes(REFUSED);
}
