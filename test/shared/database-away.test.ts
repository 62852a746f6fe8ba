import { expect, test } from "vitest";
import { isDatabaseAway } from "../../src/shared/database-away.ts";

test.each([
  "D1_ERROR: Network connection lost.",
  "D1_ERROR: D1 DB is overloaded. Too many requests queued.",
  "D1_ERROR: Exceeded maximum DB size",
  "D1_ERROR: database or disk is full: SQLITE_FULL",
  "D1_ERROR: database is locked: SQLITE_BUSY",
  "D1_ERROR: database table is locked: SQLITE_LOCKED",
  "D1_ERROR: attempt to write a readonly database: SQLITE_READONLY",
  "D1_ERROR: disk I/O error: SQLITE_IOERR",
  "D1_ERROR: unable to open database file: SQLITE_CANTOPEN",
])("is away, and what failed is tried again: %s", (message) => {
  expect(isDatabaseAway(new Error(message))).toBe(true);
});

test.each([
  "D1_ERROR: no such column: due: SQLITE_ERROR",
  "D1_ERROR: UNIQUE constraint failed: world.kind: SQLITE_CONSTRAINT",
  "D1_ERROR: string or blob too big: SQLITE_TOOBIG",
  "D1_ERROR: database disk image is malformed: SQLITE_CORRUPT",
  "the disk refuses",
])("refused a statement, which no repetition mends: %s", (message) => {
  expect(isDatabaseAway(new Error(message))).toBe(false);
});
