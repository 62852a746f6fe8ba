/** Answered requests in PostgreSQL. */
import {
  ANSWER_KEPT_MS,
  DEAD_AFTER_MS,
  toAnsweredRequest,
  type AnsweredRequests,
  type RequestRow,
} from "../answered-requests.ts";
import type { Run } from "./client.ts";

export function postgresAnsweredRequests(run: Run): AnsweredRequests {
  return {
    async start(key, bodyHash, now) {
      return run((client) =>
        client.begin(async (sql) => {
          await sql`
            DELETE FROM answered_requests
            WHERE started_at < ${now - ANSWER_KEPT_MS}
              OR (request_key = ${key} AND answer IS NULL AND started_at < ${now - DEAD_AFTER_MS})`;
          const taken = await sql`
            INSERT INTO answered_requests (request_key, body_hash, started_at) VALUES (${key}, ${bodyHash}, ${now})
            ON CONFLICT (request_key) DO NOTHING RETURNING request_key`;
          if (taken.length > 0) return null;
          const [known] = await sql<RequestRow[]>`
            SELECT body_hash, started_at, status, answer FROM answered_requests WHERE request_key = ${key}`;
          return toAnsweredRequest(known!);
        }),
      );
    },

    async answer(key, status, body) {
      await run(
        (sql) => sql`UPDATE answered_requests SET status = ${status}, answer = ${body} WHERE request_key = ${key}`,
      );
    },

    async forget(key) {
      await run((sql) => sql`DELETE FROM answered_requests WHERE request_key = ${key}`);
    },
  };
}
