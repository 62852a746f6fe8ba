/** How far a copy has come, kept in PostgreSQL in either direction. */
import type { Sql, TransactionSql } from "postgres";
import type { Key } from "./stored-tables.ts";

export type Direction = "forward" | "reverse";

/** Table -> the last key that was copied; null = the whole table was. A table that is missing has not been begun. */
export type Positions = ReadonlyMap<string, Key | null>;

export async function loadProgress(sql: Sql, direction: Direction): Promise<Positions> {
  const rows = await sql<{ table_name: string; position: string | null }[]>`
    SELECT table_name, position::text AS position FROM copy_progress WHERE direction = ${direction}`;
  return new Map(
    rows.map(({ table_name, position }) => [table_name, position === null ? null : (JSON.parse(position) as Key)]),
  );
}

export async function saveProgress(
  sql: Sql | TransactionSql,
  direction: Direction,
  positions: Positions,
): Promise<void> {
  for (const [table, key] of positions) {
    const position = key === null ? null : JSON.stringify(key);
    await sql`
      INSERT INTO copy_progress (direction, table_name, position)
      VALUES (${direction}, ${table}, ${position}::text::json)
      ON CONFLICT (direction, table_name) DO UPDATE SET position = excluded.position`;
  }
}

/** The next copy begins from the first row again. */
export async function clearProgress(sql: Sql, direction: Direction): Promise<void> {
  await sql`DELETE FROM copy_progress WHERE direction = ${direction}`;
}
