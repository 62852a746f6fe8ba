/**
 * The state of a local server, read and disturbed from outside as a platform might: files of objects while the server
 * is dead, the database's file also while it runs.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseWorkflow } from "../../src/storage/record/workflow-record.ts";
import type { Delivery } from "../../src/workflow/types/delivery.ts";

const ITEMS = "v3/do/stockwarden-ItemObject";
const DATABASES = "v3/d1/miniflare-D1DatabaseObject";
/** A running server locks its database for the moment of each write. */
const BUSY_MS = 5_000;

/** The platform forgets the alarms of these objects; only while the server is dead. */
export function loseAlarms(persistTo: string, objectIds: readonly string[]): void {
  const alarms = new DatabaseSync(join(persistTo, ITEMS, "metadata.sqlite"), { timeout: BUSY_MS });
  for (const objectId of objectIds) {
    alarms.prepare("DELETE FROM _cf_ALARM WHERE actor_id = ?").run(objectId);
    const object = openObject(persistTo, objectId);
    // There is no such table where no alarm was ever set.
    const hasOne = object?.prepare("SELECT 1 FROM sqlite_master WHERE name = '_cf_METADATA'").get() !== undefined;
    if (hasOne) object?.exec("DELETE FROM _cf_METADATA");
    object?.close();
  }
  alarms.close();
}

/** From now on the disk refuses the object's orders, and nothing else; only while the server is dead. */
export function refuseOrders(persistTo: string, objectId: string): void {
  const object = openObject(persistTo, objectId);
  // As the item makes it with its first order.
  object?.exec("CREATE TABLE IF NOT EXISTS open_order (slot INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT");
  object?.exec("CREATE TRIGGER refused BEFORE INSERT ON open_order BEGIN SELECT RAISE(ABORT, 'the disk refuses'); END");
  object?.close();
}

/** The disk takes them again; only while the server is dead. */
export function takeOrders(persistTo: string, objectId: string): void {
  const object = openObject(persistTo, objectId);
  object?.exec("DROP TRIGGER IF EXISTS refused");
  object?.close();
}

/** Others cannot reach the database until the returned function is called. */
export function takeDatabaseAway(persistTo: string): () => void {
  const database = openDatabase(persistTo, false);
  database.exec("PRAGMA busy_timeout = 10000");
  database.exec("BEGIN IMMEDIATE");
  return () => {
    database.exec("ROLLBACK");
    database.close();
  };
}

/** Changes the database behind the service's back. */
export function changeDatabase(persistTo: string, statement: string): void {
  const database = openDatabase(persistTo, false);
  database.exec("PRAGMA busy_timeout = 10000");
  database.exec(statement);
  database.close();
}

/**
 * Workflow id -> status, as the database shows them to everybody; `stands` = answered by an earlier No, of which
 * nobody hears.
 */
export function projectedStatuses(persistTo: string): ReadonlyMap<string, string> {
  const database = openDatabase(persistTo, true);
  try {
    const rows = database.prepare("SELECT workflow_id, status, record FROM workflows").all();
    return new Map(
      rows.map((row) => {
        const id = String(row["workflow_id"]);
        // Records are packed: what they hold is asked of the code that reads them.
        return [id, parseWorkflow(String(row["record"]), id).stands === undefined ? String(row["status"]) : "stands"];
      }),
    );
  } finally {
    database.close();
  }
}

/** A delivery as its item's disk has it. */
export interface StoredDelivery extends Delivery {
  readonly workflowId: string;
}

/** Deliveries of these items; with "waiting" only those that are still to be made. Also while the server runs. */
export function storedDeliveries(
  persistTo: string,
  objectIds: Iterable<string>,
  which: "all" | "waiting",
): StoredDelivery[] {
  return [...objectIds].flatMap((objectId) => {
    const object = openObject(persistTo, objectId, true);
    if (object === null) return [];
    try {
      const isMade = object.prepare("SELECT 1 FROM sqlite_master WHERE name = 'workflow'").get() !== undefined;
      const condition = which === "waiting" ? " WHERE next_due >= 0" : "";
      const rows = isMade ? object.prepare(`SELECT seq, record FROM workflow${condition}`).all() : [];
      return rows.flatMap((row) => {
        const { id, deliveries } = parseWorkflow(String(row["record"]), `${objectId}-${String(row["seq"])}`);
        return deliveries
          .filter(({ status }) => which === "all" || status === "pending")
          .map((delivery) => ({ ...delivery, workflowId: id }));
      });
    } finally {
      object.close();
    }
  });
}

function openObject(persistTo: string, objectId: string, readOnly = false): DatabaseSync | null {
  const path = join(persistTo, ITEMS, `${objectId}.sqlite`);
  return existsSync(path) ? new DatabaseSync(path, { readOnly, timeout: BUSY_MS }) : null;
}

function openDatabase(persistTo: string, readOnly: boolean): DatabaseSync {
  const folder = join(persistTo, DATABASES);
  const file = readdirSync(folder).find((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
  if (file === undefined) throw new Error(`no database in ${folder}`);
  return new DatabaseSync(join(folder, file), { readOnly, timeout: BUSY_MS });
}
