/** The files of a stopped server: to look for what must not be in them, and to break them as a disk or a bug would. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

export function stateFiles(persistTo: string): string[] {
  return readdirSync(join(persistTo, "v3"), { recursive: true, encoding: "utf8" })
    .map((name) => join(persistTo, "v3", name))
    .filter((path) => statSync(path).isFile());
}

/** Names of the state's files that hold any of these texts, in whatever table, page or journal. */
export function filesHolding(persistTo: string, texts: readonly string[]): string[] {
  return stateFiles(persistTo).filter((path) => {
    const bytes = readFileSync(path);
    return texts.some((text) => bytes.includes(text));
  });
}

export function changeDatabase(persistTo: string, sql: string): void {
  const path = stateFiles(persistTo).find((name) => /miniflare-D1DatabaseObject\/[0-9a-f]{64}\.sqlite$/.test(name));
  withDatabase(path, (database) => database.exec(sql));
}

/** @param workflowId its first part names the object. */
export function changeItem(persistTo: string, workflowId: string, sql: string): void {
  const path = stateFiles(persistTo).find((name) => name.endsWith(`${workflowId.split("-")[0]}.sqlite`));
  withDatabase(path, (database) => database.exec(sql));
}

function withDatabase(path: string | undefined, work: (database: DatabaseSync) => void): void {
  if (path === undefined) throw new Error("there is no such database");
  const database = new DatabaseSync(path);
  try {
    work(database);
  } finally {
    database.close();
  }
}
