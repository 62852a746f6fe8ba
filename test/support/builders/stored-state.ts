/**
 * The files of a server: to look for what must not be in them, and to break them as a disk, a bug or an intruder would.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { unpackRecord } from "../../../src/storage/record/record-text.ts";

function stateFiles(persistTo: string): string[] {
  return readdirSync(join(persistTo, "v3"), { recursive: true, encoding: "utf8" })
    .map((name) => join(persistTo, "v3", name))
    .filter((path) => statSync(path).isFile());
}

/**
 * Names of the state's files that hold any of these texts: in whatever table, page or journal, and inside packed
 * records.
 */
export function filesHolding(persistTo: string, texts: readonly string[]): string[] {
  const paths = stateFiles(persistTo);
  const found = new Set(paths.filter((path) => includesAny(readFileSync(path), texts)));
  // After the bytes: to open a database moves its journal into it.
  for (const path of paths.filter((name) => name.endsWith(".sqlite")))
    if (packedRecords(path).some((record) => includesAny(record, texts))) found.add(path);
  return [...found];
}

function includesAny(place: Buffer | string, texts: readonly string[]): boolean {
  return texts.some((text) => place.includes(text));
}

/** Every record of a database that is stored packed, as its JSON; throws for one that cannot be read. */
function packedRecords(path: string): string[] {
  const object = basename(path, ".sqlite");
  return withDatabase(path, (database) => {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return tables.flatMap(({ name }) => {
      const rows = database.prepare(`SELECT * FROM "${String(name)}"`);
      rows.setReadBigInts(true);
      return rows.all().flatMap((row) => {
        const id = row["workflow_id"] ?? `${object}-${row["seq"]}`;
        const packed = Object.values(row).filter((value) => typeof value === "string" && /^("A|\["B")/.test(value));
        return packed.map((value) => JSON.stringify(unpackRecord(String(value), String(id))));
      });
    });
  });
}

export function withD1<T>(persistTo: string, work: (d1: DatabaseSync) => T): T {
  const folder = join(persistTo, "v3/d1/miniflare-D1DatabaseObject");
  const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  return withDatabase(file === undefined ? undefined : join(folder, file), work);
}

export function changeDatabase(persistTo: string, sql: string): void {
  withD1(persistTo, (d1) => d1.exec(sql));
}

/** @param workflowId its first part names the object. */
export function changeItem(persistTo: string, workflowId: string, sql: string): void {
  const path = stateFiles(persistTo).find((name) => name.endsWith(`${workflowId.split("-")[0]}.sqlite`));
  withDatabase(path, (database) => database.exec(sql));
}

/** Rewrites a workflow's record in the database, as somebody with a key to it could. */
export function changeRecord(persistTo: string, workflowId: string, change: (record: string) => string): void {
  withD1(persistTo, (d1) => {
    const row = d1.prepare("SELECT record FROM workflows WHERE workflow_id = ?").get(workflowId);
    const record = change(JSON.stringify(unpackRecord(String(row?.["record"]), workflowId)));
    d1.prepare("UPDATE workflows SET record = ? WHERE workflow_id = ?").run(record, workflowId);
  });
}

/** The same in the item. */
export function changeItemRecord(persistTo: string, workflowId: string, change: (record: string) => string): void {
  const [object, seq] = workflowId.split("-");
  const path = stateFiles(persistTo).find((name) => name.endsWith(`${object}.sqlite`));
  withDatabase(path, (database) => {
    const row = database.prepare("SELECT record FROM workflow WHERE seq = ?").get(Number(seq));
    const record = change(JSON.stringify(unpackRecord(String(row?.["record"]), workflowId)));
    database.prepare("UPDATE workflow SET record = ? WHERE seq = ?").run(record, Number(seq));
  });
}

function withDatabase<T>(path: string | undefined, work: (database: DatabaseSync) => T): T {
  if (path === undefined) throw new Error("there is no such database");
  // A server that runs on them holds them for a moment at a time.
  const database = new DatabaseSync(path, { timeout: 5_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
