/**
 * Deliveries of one connection, as received, on its object's disk. Each acknowledged delivery is here once, by its id.
 * A body is kept in pieces, since a row holds 2 MB at most.
 */
import { DAY_MS } from "../shared/durations.ts";
import { piecesOf } from "../storage/text-pieces.ts";

export type DeliveryStatus = "pending" | "waiting" | "done" | "ignored" | "failed";

export interface NewDelivery {
  readonly id: string;
  readonly topic: string;
  /** Epoch ms, as stated by the platform. */
  readonly triggeredAt: number;
  readonly body: string;
}

export interface KeptDelivery extends Omit<NewDelivery, "body"> {
  readonly seq: number;
  readonly receivedAt: number;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** Raised by every replay. */
  readonly replays: number;
  /** When it is next worked on; for a waiting one, when it is given up. */
  readonly dueAt: number | null;
  /** The product that a waiting one waits for, by the platform's id. */
  readonly waitsFor: string | null;
  readonly note: string | null;
}

type Row = Record<keyof KeptDelivery, SqlStorageValue>;

const COLUMNS = `seq, id, topic, triggered_at AS triggeredAt, received_at AS receivedAt, status, attempts, replays,
  due_at AS dueAt, waits_for AS waitsFor, note`;
/** Longer than any platform repeats a delivery. */
const DONE_KEPT_MS = 7 * DAY_MS;
const FAILED_KEPT_MS = 30 * DAY_MS;

export const INBOX_TABLES = [
  `CREATE TABLE IF NOT EXISTS inbox (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, topic TEXT NOT NULL, triggered_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL, replays INTEGER NOT NULL,
    due_at INTEGER, waits_for TEXT, note TEXT) STRICT`,
  "CREATE INDEX IF NOT EXISTS inbox_due ON inbox (due_at) WHERE due_at IS NOT NULL",
  `CREATE TABLE IF NOT EXISTS bodies (
    seq INTEGER NOT NULL, piece INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (seq, piece)) STRICT, WITHOUT ROWID`,
];

export class Inbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** False = it is here already. */
  add({ id, topic, triggeredAt, body }: NewDelivery, now: number): boolean {
    const added = this.#sql
      .exec<{ seq: number }>(
        `INSERT INTO inbox (id, topic, triggered_at, received_at, status, attempts, replays, due_at)
         VALUES (?, ?, ?, ?, 'pending', 0, 0, ?) ON CONFLICT (id) DO NOTHING RETURNING seq`,
        id,
        topic,
        triggeredAt,
        now,
        now,
      )
      .toArray()[0];
    if (added === undefined) return false;
    for (const [at, piece] of piecesOf(body).entries())
      this.#sql.exec("INSERT INTO bodies VALUES (?, ?, ?)", added.seq, at, piece);
    return true;
  }

  body(seq: number): string {
    const pieces = this.#sql.exec<{ text: string }>("SELECT text FROM bodies WHERE seq = ? ORDER BY piece", seq);
    return [...pieces].map(({ text }) => text).join("");
  }

  /** The earliest due event: events are played in the order they happened, not in the order they arrived. */
  next(now: number): KeptDelivery | null {
    return this.#one(
      `SELECT ${COLUMNS} FROM inbox WHERE due_at <= ? ORDER BY status = 'waiting', triggered_at, seq LIMIT 1`,
      now,
    );
  }

  nextDue(): number | null {
    return this.#sql.exec<{ at: number | null }>("SELECT MIN(due_at) AS at FROM inbox").one().at;
  }

  find(id: string): KeptDelivery | null {
    return this.#one(`SELECT ${COLUMNS} FROM inbox WHERE id = ?`, id);
  }

  finish(seq: number, status: "done" | "ignored" | "failed", note: string | null): void {
    this.#sql.exec(
      "UPDATE inbox SET status = ?, note = ?, attempts = attempts + 1, due_at = NULL, waits_for = NULL WHERE seq = ?",
      status,
      note,
      seq,
    );
  }

  retry(seq: number, dueAt: number, note: string): void {
    this.#sql.exec("UPDATE inbox SET note = ?, attempts = attempts + 1, due_at = ? WHERE seq = ?", note, dueAt, seq);
  }

  wait(seq: number, waitsFor: string, until: number): void {
    this.#sql.exec(
      "UPDATE inbox SET status = 'waiting', waits_for = ?, due_at = ? WHERE seq = ?",
      waitsFor,
      until,
      seq,
    );
  }

  /** The product that they waited for has arrived. */
  release(waitedFor: string, now: number): void {
    this.#sql.exec(
      "UPDATE inbox SET status = 'pending', waits_for = NULL, due_at = ? WHERE status = 'waiting' AND waits_for = ?",
      now,
      waitedFor,
    );
  }

  replay(id: string, now: number): boolean {
    const { rowsWritten } = this.#sql.exec(
      `UPDATE inbox SET status = 'pending', note = NULL, attempts = 0, replays = replays + 1, waits_for = NULL,
         due_at = ?
       WHERE id = ?`,
      now,
      id,
    );
    return rowsWritten > 0;
  }

  /** Newest first. */
  list(status: DeliveryStatus | null, limit: number, before: number | null): KeptDelivery[] {
    const rows = this.#sql.exec<Row>(
      `SELECT ${COLUMNS} FROM inbox WHERE (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR received_at < ?2)
       ORDER BY received_at DESC, seq DESC LIMIT ?3`,
      status,
      before,
      limit,
    );
    return [...rows] as unknown as KeptDelivery[];
  }

  prune(now: number): void {
    for (const [condition, cutoff] of [
      ["status IN ('done', 'ignored')", now - DONE_KEPT_MS],
      ["status = 'failed'", now - FAILED_KEPT_MS],
    ] as const) {
      const old = `SELECT seq FROM inbox WHERE ${condition} AND received_at < ?`;
      this.#sql.exec(`DELETE FROM bodies WHERE seq IN (${old})`, cutoff);
      this.#sql.exec(`DELETE FROM inbox WHERE seq IN (${old})`, cutoff);
    }
  }

  #one(query: string, ...bound: SqlStorageValue[]): KeptDelivery | null {
    const [row] = this.#sql.exec<Row>(query, ...bound).toArray();
    return row === undefined ? null : (row as unknown as KeptDelivery);
  }
}
