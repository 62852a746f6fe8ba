/**
 * Decides whether an error means that the database cannot be asked now: an outage, or a move to another database. A
 * database that refuses a statement is not away: that is a fault of ours, which no retry mends and which is reported.
 *
 * The message is all there is to read: a class does not survive a call between objects.
 */

/** What a database says that is being moved (docs/postgresql.md): for some minutes, and on purpose. */
const FROZEN = "frozen: being moved to another database";
/** Codes of SQLite that pass: another writer holds the file, or the disk is full. */
const REFUSED_BY_SQLITE = /SQLITE_(?!BUSY|FULL)/;

export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { message } = error;
  if (message.startsWith("PostgreSQL is away") || message.includes(FROZEN)) return true;
  return message.startsWith("D1_ERROR") && !REFUSED_BY_SQLITE.test(message);
}

/** In the message of a call that failed because the database would not take what it was given. */
const REFUSED = "the database refused";

/** What a caller in another object can recognise: a class and a cause do not survive the call. */
export function databaseFailure(what: string, cause: unknown): Error {
  const verb = isDatabaseAway(cause) ? "the database could not take" : REFUSED;
  return new Error(`${verb} ${what}`, { cause });
}

export function isRefusedByDatabase(error: unknown): boolean {
  return error instanceof Error && error.message.includes(REFUSED);
}
