/**
 * The day's spend on models, in one native Durable Object: money is reserved before a call and settled after it.
 *
 * - Spent plus reserved never passes the cap by a reservation: check and set happen in one statement.
 * - A call that died between the two keeps its reservation: the cap errs on the safe side.
 * - A day is a UTC day. A settlement that comes after midnight changes nothing of the new day.
 */
import { DurableObject } from "cloudflare:workers";
import { type Reservation, RESERVATION_SCHEMA, type ReserveRequest } from "./reservation.ts";

export class LlmBudget extends DurableObject {
  /** Null = it would pass the cap. */
  reserve(request: ReserveRequest): Reservation | null {
    const day = new Date().toISOString().slice(0, 10);
    const { sql } = this.ctx.storage;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS spend (id INTEGER PRIMARY KEY CHECK (id = 1), day TEXT NOT NULL, micro_usd " +
        "INTEGER NOT NULL) STRICT",
    );
    const granted = sql
      .exec(
        `INSERT INTO spend (id, day, micro_usd) SELECT 1, ?1, ?2 WHERE ?2 <= ?3
         ON CONFLICT (id) DO UPDATE
           SET micro_usd = CASE WHEN spend.day = ?1 THEN spend.micro_usd ELSE 0 END + ?2, day = ?1
           WHERE CASE WHEN spend.day = ?1 THEN spend.micro_usd ELSE 0 END + ?2 <= ?3
         RETURNING day`,
        day,
        request.microUsd,
        request.capMicroUsd,
      )
      .toArray();
    return granted.length > 0 ? { schema: RESERVATION_SCHEMA, day, microUsd: request.microUsd } : null;
  }

  settle(reservation: Reservation, spentMicroUsd: number): void {
    this.ctx.storage.sql.exec(
      "UPDATE spend SET micro_usd = max(0, micro_usd + ?) WHERE day = ?",
      spentMicroUsd - reservation.microUsd,
      reservation.day,
    );
  }

  /** Micro-USD spent and reserved today. An object that never spent is not read. */
  spentToday(): number {
    const { sql } = this.ctx.storage;
    if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'spend'").toArray().length === 0) return 0;
    const day = new Date().toISOString().slice(0, 10);
    return (
      sql.exec<{ micro_usd: number }>("SELECT micro_usd FROM spend WHERE day = ?", day).toArray()[0]?.micro_usd ?? 0
    );
  }
}
