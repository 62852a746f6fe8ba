/** Everything that is stored, as text: D1 and the SQLite of every item, table by table, row by row. */
import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";

export type Dump = Readonly<Record<string, readonly string[]>>;

/** Longer than what is written behind an answer waits: a tally two seconds, a projection a moment. */
const REST_MS = 3_000;

/** Everything, once nothing of it has changed for so long. */
export async function dumpAtRest(): Promise<Dump> {
  for (let before = await dumpEverything(); ;) {
    await scheduler.wait(REST_MS);
    const now = await dumpEverything();
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}

async function dumpEverything(): Promise<Dump> {
  return { ...(await dumpDatabase()), ...(await dumpItems()) };
}

async function dumpDatabase(): Promise<Dump> {
  const names = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY name",
  ).all<{ name: string }>();
  const dump: Record<string, string[]> = {};
  for (const { name } of names.results) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all();
    dump[`d1.${name}`] = results.map((row) => JSON.stringify(row)).toSorted();
  }
  return dump;
}

/** With the alarm and the size of the file beside the rows. */
async function dumpItems(): Promise<Dump> {
  const dump: Record<string, string[]> = {};
  for (const id of await listDurableObjectIds(env.ITEM)) {
    await runInDurableObject(env.ITEM.get(id), async (_item, { storage }) => {
      const tables = storage.sql
        .exec<{ name: string }>(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
        )
        .toArray();
      if (tables.length === 0) return;
      dump[`${id}`] = [`alarm ${await storage.getAlarm()}, ${storage.sql.databaseSize} bytes`];
      for (const { name } of tables) {
        dump[`${id}.${name}`] = storage.sql
          .exec(`SELECT * FROM "${name}"`)
          .toArray()
          .map((row) => JSON.stringify(row))
          .toSorted();
      }
    });
  }
  return dump;
}
