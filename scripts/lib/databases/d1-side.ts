/** D1 as a side of the copy. */
import type { Sql } from "postgres";
import { extentStatement, type Change, type CopySide, type Extent, type Stretch } from "./copy-side.ts";
import type { D1 } from "./d1-database.ts";
import { literal, pieced } from "./sql-literals.ts";
import { STORED_TABLES, type Key, type Row } from "./stored-tables.ts";

/** Long values on their way in; there only while a batch is being written. */
const PIECES = "copied_pieces";
const WRITES = ["INSERT", "UPDATE", "DELETE"] as const;

/** @param notes where the copy notes how far it has come. */
export function d1Side(d1: D1, notes: Sql): CopySide {
  return {
    name: "D1",

    async read(stretches) {
      return stretches.length === 0 ? [] : ((await d1.query(stretches.map(select))) as readonly (readonly Row[])[]);
    },

    async extent() {
      const [extent] = (await d1.query([extentStatement()])).flat() as Extent[];
      return extent!;
    },

    async apply(changes, note) {
      const statements = changes.flatMap(statementsOf);
      if (statements.length > 0) {
        await d1.execute([
          `CREATE TABLE IF NOT EXISTS ${PIECES} (name TEXT NOT NULL, at INTEGER NOT NULL, piece TEXT NOT NULL)`,
          ...statements,
          `DROP TABLE ${PIECES}`,
        ]);
      }
      // Two databases share no transaction: if this write is lost, the batch is compared again and found to be
      // complete.
      await note(notes);
    },

    async freeze() {
      await d1.execute(
        STORED_TABLES.flatMap(({ name }) =>
          WRITES.map(
            (write) =>
              `CREATE TRIGGER IF NOT EXISTS frozen_${write}_${name} BEFORE ${write} ON ${name} BEGIN ` +
              "SELECT RAISE(ABORT, 'frozen: being moved to another database'); END",
          ),
        ),
      );
    },

    async thaw() {
      await d1.execute(
        STORED_TABLES.flatMap(({ name }) => WRITES.map((write) => `DROP TRIGGER IF EXISTS frozen_${write}_${name}`)),
      );
    },
  };
}

function select({ table, after, upTo, limit }: Stretch): string {
  const key = `(${table.key.join(", ")})`;
  const bounds = [
    after === null ? "" : `${key} > ${tuple(after)}`,
    upTo === null ? "" : `${key} <= ${tuple(upTo)}`,
  ].filter((bound) => bound !== "");
  return [
    `SELECT ${Object.keys(table.columns).join(", ")} FROM ${table.name}`,
    bounds.length === 0 ? "" : `WHERE ${bounds.join(" AND ")}`,
    `ORDER BY ${table.key.join(", ")}`,
    limit === null ? "" : `LIMIT ${limit}`,
  ].join(" ");
}

function statementsOf({ table, remove, put }: Change): string[] {
  const columns = Object.keys(table.columns);
  const gone = [...remove, ...put.map((row) => table.key.map((column) => row[column]!))];
  return [
    ...gone.map((key) => `DELETE FROM ${table.name} WHERE (${table.key.join(", ")}) = ${tuple(key)}`),
    ...put.flatMap((row, at) => {
      const values = columns.map((column) => pieced(row[column] ?? null, PIECES, `${table.name}.${at}.${column}`));
      return [
        ...values.flatMap(({ before }) => before),
        `INSERT INTO ${table.name} (${columns.join(", ")}) VALUES (${values.map(({ value }) => value).join(", ")})`,
      ];
    }),
  ];
}

function tuple(key: Key): string {
  return `(${key.map(literal).join(", ")})`;
}
