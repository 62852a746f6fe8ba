/**
 * All that is stored, as SQL: the database and one item. Made once for a release and kept as a fixture (test/fixtures),
 * so that later releases prove to read it (I12).
 */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

export interface StoredState {
  readonly database: readonly string[];
  readonly item: readonly string[];
}

type Value = string | number | null;
interface Query {
  <T extends Record<string, Value>>(sql: string): Promise<readonly T[]>;
}

const TABLES = `SELECT name, sql FROM sqlite_master
  WHERE sql IS NOT NULL AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'
    AND name NOT LIKE 'd1\\_%' ESCAPE '\\'
  ORDER BY type = 'index', name`;

export async function storedState(item: DurableObjectStub): Promise<StoredState> {
  const database = await statements(async (sql) => (await env.DB.prepare(sql).all<never>()).results);
  return {
    database,
    item: await runInDurableObject(item, async (_instance, { storage }) =>
      statements(async (sql) => storage.sql.exec<never>(sql).toArray()),
    ),
  };
}

/** Into an empty database and an item that has stored nothing. */
export async function restore(item: DurableObjectStub, state: StoredState): Promise<void> {
  for (const statement of state.database) await env.DB.prepare(statement).run();
  await runInDurableObject(item, async (_instance, { storage }) => {
    // What an earlier test left under way may have opened the item.
    await storage.deleteAll();
    for (const statement of state.item) storage.sql.exec(statement);
  });
}

async function statements(query: Query): Promise<string[]> {
  const made: string[] = [];
  for (const { name, sql } of await query<{ name: string; sql: string }>(TABLES)) {
    made.push(sql);
    if (!/^CREATE TABLE/i.test(sql)) continue;
    for (const row of await query(`SELECT * FROM "${name}"`)) {
      const columns = Object.keys(row).map((column) => `"${column}"`);
      made.push(`INSERT INTO "${name}" (${columns.join(", ")}) VALUES (${Object.values(row).map(literal).join(", ")})`);
    }
  }
  return made;
}

function literal(value: Value): string {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
