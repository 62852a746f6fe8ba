/** The snapshot on the object's disk: one text in pieces, since a row holds at most 2 MB. Made at the first write. */
import { parseStored } from "../storage/stored-json.ts";
import { piecesOf } from "../storage/text-pieces.ts";
import { WORLD_SCHEMA, type StoreWorld } from "../world/types.ts";

const TABLE =
  "CREATE TABLE IF NOT EXISTS world (piece INTEGER PRIMARY KEY, text TEXT NOT NULL, stale INTEGER NOT NULL, " +
  "uploads INTEGER NOT NULL) STRICT";

export interface KeptSnapshot {
  readonly world: StoreWorld;
  /** A known change is not loaded yet. */
  readonly stale: boolean;
  /** Count of bulk uploads. */
  readonly uploads: number;
}

export class SnapshotRows {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  read(): KeptSnapshot | null {
    const { sql } = this.#storage;
    if (sql.exec("SELECT 1 FROM sqlite_schema WHERE name = 'world'").toArray().length === 0) return null;
    const rows = sql
      .exec<{ text: string; stale: number; uploads: number }>("SELECT text, stale, uploads FROM world ORDER BY piece")
      .toArray();
    if (rows.length === 0) return null;
    const { stale, uploads } = rows[0]!;
    const world = parseStored<StoreWorld>(rows.map(({ text }) => text).join(""), WORLD_SCHEMA);
    return { world, stale: stale === 1, uploads };
  }

  write({ world, stale, uploads }: KeptSnapshot): void {
    const text = JSON.stringify(world);
    this.#storage.transactionSync(() => {
      const { sql } = this.#storage;
      sql.exec(TABLE);
      sql.exec("DELETE FROM world");
      for (const [at, piece] of piecesOf(text).entries())
        sql.exec("INSERT INTO world VALUES (?, ?, ?, ?)", at, piece, stale ? 1 : 0, uploads);
    });
  }
}
