/** Sessions and one-time links in D1. */
import { toSession, type SessionRow, type SessionStore } from "../people/session-store.ts";

export function d1Sessions(db: D1Database): SessionStore {
  return {
    async open({ sessionId, kind, subject, createdAt, expiresAt }) {
      await db.batch([
        db.prepare("DELETE FROM sessions WHERE expires_at <= ?").bind(createdAt),
        db.prepare("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)").bind(sessionId, kind, subject, createdAt, expiresAt),
      ]);
    },

    async get(sessionId, now) {
      const row = await db
        .prepare("SELECT * FROM sessions WHERE session_id = ? AND expires_at > ?")
        .bind(sessionId, now)
        .first<SessionRow>();
      return row === null ? null : toSession(row);
    },

    async list(limit, after, now) {
      const { results } = await db
        .prepare("SELECT * FROM sessions WHERE session_id > ? AND expires_at > ? ORDER BY session_id LIMIT ?")
        .bind(after ?? "", now, limit)
        .all<SessionRow>();
      return results.map(toSession);
    },

    async end(sessionId) {
      const row = await db.prepare("DELETE FROM sessions WHERE session_id = ? RETURNING 1").bind(sessionId).first();
      return row !== null;
    },

    async endAllOf(kind, subject) {
      await db.prepare("DELETE FROM sessions WHERE kind = ? AND subject = ?").bind(kind, subject).run();
    },

    async invite({ token, personId, sender, expiresAt }, most, now) {
      // One statement counts and writes: of many requests at one moment no more than these are stored.
      const [, stored] = await db.batch([
        db.prepare("DELETE FROM sign_ins WHERE expires_at <= ?").bind(now),
        db
          .prepare(
            `INSERT INTO sign_ins SELECT ?1, ?2, ?3, ?4
             WHERE (SELECT count(*) FROM sign_ins WHERE person_id = ?2) < ?5
               AND (SELECT count(*) FROM sign_ins WHERE sender = ?3) < ?6 RETURNING 1`,
          )
          .bind(token, personId, sender, expiresAt, most.person, most.sender),
      ]);
      return stored?.results.length === 1;
    },

    async withdraw(token) {
      await db.prepare("UPDATE sign_ins SET person_id = '' WHERE token = ?").bind(token).run();
    },

    async invitee(token, now) {
      const row = await db
        .prepare("SELECT person_id FROM sign_ins WHERE token = ? AND expires_at > ? AND '' NOT IN (sender, person_id)")
        .bind(token, now)
        .first<{ person_id: string }>();
      return row?.person_id ?? null;
    },

    async redeem(token, now) {
      // The row stays until its time is over, without a sender: a used link still counts among those of the person.
      const row = await db
        .prepare(
          `UPDATE sign_ins SET sender = '' WHERE token = ? AND expires_at > ? AND '' NOT IN (sender, person_id)
           RETURNING person_id`,
        )
        .bind(token, now)
        .first<{ person_id: string }>();
      return row?.person_id ?? null;
    },
  };
}
