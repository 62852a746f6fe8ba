/** PostgreSQL as a side of the copy. */
import type { Sql, TransactionSql } from "postgres";
import { extentStatement, type Change, type CopySide, type Extent, type Stretch } from "./copy-side.ts";
import { lockProjections } from "../../../src/storage/postgres/writers.ts";
import { StartupProblem } from "../command/startup-problem.ts";
import { STORED_TABLES, type Key, type Row, type StoredTable } from "./stored-tables.ts";

export function postgresSide(sql: Sql): CopySide {
  return {
    name: "PostgreSQL",

    async read(stretches) {
      const read: (readonly Row[])[] = [];
      for (const stretch of stretches) read.push(await select(sql, stretch));
      return read;
    },

    async extent() {
      const [extent] = await sql.unsafe<Extent[]>(extentStatement());
      return extent!;
    },

    async apply(changes, note) {
      await sql.begin(async (transaction) => {
        for (const change of changes) await write(transaction, change);
        await note(transaction);
      });
    },

    /** The refusal counts as an outage to the Worker, which sends again what was not taken. */
    async freeze() {
      await sql.begin(async (transaction) => {
        // A projection takes the same tables in another order: the two would wait for each other.
        await lockProjections(transaction);
        await transaction`
          CREATE OR REPLACE FUNCTION refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'frozen: being moved to another database' USING ERRCODE = '25006'; END $$`;
        for (const { name } of STORED_TABLES) {
          await transaction.unsafe(
            `CREATE OR REPLACE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${name} FOR ` +
              "EACH STATEMENT EXECUTE FUNCTION refuse_frozen()",
          );
        }
      });
    },

    async thaw() {
      await sql.begin(async (transaction) => {
        for (const { name } of STORED_TABLES) await transaction.unsafe(`DROP TRIGGER IF EXISTS frozen ON ${name}`);
      });
    },
  };
}

async function select(sql: Sql, { table, after, upTo, limit }: Stretch): Promise<readonly Row[]> {
  const columns = Object.entries(table.columns).map(([name, kind]) =>
    kind === "json" ? `${name}::text AS ${name}` : name,
  );
  const values: (string | number)[] = [];
  const tuple = (key: Key): string => {
    const places = key.map((part, at) => `$${values.push(part)}::${table.columns[table.key[at]!]}`);
    return `(${places.join(", ")})`;
  };
  const key = `(${table.key.join(", ")})`;
  const bounds = [
    after === null ? "" : `${key} > ${tuple(after)}`,
    upTo === null ? "" : `${key} <= ${tuple(upTo)}`,
  ].filter((bound) => bound !== "");
  const statement = [
    `SELECT ${columns.join(", ")} FROM ${table.name}`,
    bounds.length === 0 ? "" : `WHERE ${bounds.join(" AND ")}`,
    `ORDER BY ${table.key.join(", ")}`,
    limit === null ? "" : `LIMIT ${limit}`,
  ].join(" ");
  return sql.unsafe<Row[]>(statement, values);
}

async function write(sql: TransactionSql, { table, remove, put }: Change): Promise<void> {
  const gone = [...remove, ...put.map((row) => table.key.map((column) => row[column]!))];
  if (gone.length > 0) {
    const kinds = table.key.map((column, at) => `(value ->> ${at})::${table.columns[column]}`);
    await sql.unsafe(
      `DELETE FROM ${table.name} WHERE (${table.key.join(", ")}) IN (SELECT ${kinds.join(", ")} ` +
        "FROM json_array_elements($1::text::json) AS gone(value))",
      [JSON.stringify(gone)],
    );
  }
  if (put.length === 0) return;
  refuseNul(table, put);
  const columns = Object.entries(table.columns);
  const values = columns.map(([, kind], at) => `(value ->> ${at})::${kind}`);
  await sql.unsafe(
    `INSERT INTO ${table.name} (${columns.map(([name]) => name).join(", ")}) SELECT ${values.join(", ")} ` +
      "FROM json_array_elements($1::text::json) AS put(value)",
    [JSON.stringify(put.map((row) => columns.map(([name]) => row[name] ?? null)))],
  );
}

/** SQLite keeps a NUL character in a text, PostgreSQL takes none; none of these tables should hold one. */
function refuseNul(table: StoredTable, rows: readonly Row[]): void {
  for (const row of rows) {
    const column = Object.keys(table.columns).find((name) => typeof row[name] === "string" && row[name].includes("\0"));
    if (column === undefined) continue;
    const key = JSON.stringify(table.key.map((name) => row[name]));
    throw new StartupProblem(
      `${table.name} ${key} holds a NUL character in ${column}, which PostgreSQL cannot store: mend that row ` +
        "in D1 and go on.",
    );
  }
}
