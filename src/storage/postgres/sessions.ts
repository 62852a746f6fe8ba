/** Sessions and one-time links in PostgreSQL. */
import { toSession, type SessionRow, type SessionStore } from "../people/session-store.ts";
import type { Run } from "./client.ts";

export function postgresSessions(run: Run): SessionStore {
  return {
    async open({ sessionId, kind, subject, createdAt, expiresAt }) {
      await run((client) =>
        client.begin(async (sql) => {
          await sql`DELETE FROM sessions WHERE expires_at <= ${createdAt}`;
          await sql`INSERT INTO sessions VALUES (${sessionId}, ${kind}, ${subject}, ${createdAt}, ${expiresAt})`;
        }),
      );
    },

    async get(sessionId, now) {
      const [row] = await run(
        (sql) => sql<SessionRow[]>`SELECT * FROM sessions WHERE session_id = ${sessionId} AND expires_at > ${now}`,
      );
      return row === undefined ? null : toSession(row);
    },

    async list(limit, after, now) {
      const rows = await run(
        (sql) => sql<SessionRow[]>`
          SELECT * FROM sessions WHERE session_id > ${after ?? ""} AND expires_at > ${now}
          ORDER BY session_id LIMIT ${limit}`,
      );
      return rows.map(toSession);
    },

    async end(sessionId) {
      const rows = await run((sql) => sql`DELETE FROM sessions WHERE session_id = ${sessionId} RETURNING session_id`);
      return rows.length > 0;
    },

    async endAllOf(kind, subject) {
      await run((sql) => sql`DELETE FROM sessions WHERE kind = ${kind} AND subject = ${subject}`);
    },

    async invite({ token, personId, sender, expiresAt }, most, now) {
      const stored = await run((client) =>
        client.begin(async (sql) => {
          // Others wait, so that each counts what the one before has written.
          await sql`LOCK TABLE sign_ins IN SHARE ROW EXCLUSIVE MODE`;
          await sql`DELETE FROM sign_ins WHERE expires_at <= ${now}`;
          return sql`
            INSERT INTO sign_ins SELECT ${token}, ${personId}, ${sender}, ${expiresAt}::bigint
            WHERE (SELECT count(*) FROM sign_ins WHERE person_id = ${personId}) < ${most.person}
              AND (SELECT count(*) FROM sign_ins WHERE sender = ${sender}) < ${most.sender}
            RETURNING token`;
        }),
      );
      return stored.length === 1;
    },

    async withdraw(token) {
      await run((sql) => sql`UPDATE sign_ins SET person_id = '' WHERE token = ${token}`);
    },

    async invitee(token, now) {
      const [row] = await run(
        (sql) => sql<{ person_id: string }[]>`
          SELECT person_id FROM sign_ins
          WHERE token = ${token} AND expires_at > ${now} AND '' NOT IN (sender, person_id)`,
      );
      return row?.person_id ?? null;
    },

    async redeem(token, now) {
      // The row stays until its time is over, without a sender: a used link still counts among those of the person.
      const [row] = await run(
        (sql) => sql<{ person_id: string }[]>`
          UPDATE sign_ins SET sender = ''
          WHERE token = ${token} AND expires_at > ${now} AND '' NOT IN (sender, person_id)
          RETURNING person_id`,
      );
      return row?.person_id ?? null;
    },
  };
}
