/** Answered requests in D1. */
import {
  ANSWER_KEPT_MS,
  DEAD_AFTER_MS,
  toAnsweredRequest,
  type AnsweredRequests,
  type RequestRow,
} from "../answered-requests.ts";

export function d1AnsweredRequests(db: D1Database): AnsweredRequests {
  return {
    async start(key, bodyHash, now) {
      const [, taken, known] = await db.batch<RequestRow>([
        db
          .prepare(
            `DELETE FROM answered_requests
             WHERE started_at < ? OR (request_key = ? AND answer IS NULL AND started_at < ?)`,
          )
          .bind(now - ANSWER_KEPT_MS, key, now - DEAD_AFTER_MS),
        db
          .prepare(
            `INSERT INTO answered_requests (request_key, body_hash, started_at) VALUES (?, ?, ?)
             ON CONFLICT DO NOTHING RETURNING body_hash, started_at, status, answer`,
          )
          .bind(key, bodyHash, now),
        db
          .prepare("SELECT body_hash, started_at, status, answer FROM answered_requests WHERE request_key = ?")
          .bind(key),
      ]);
      return taken!.results.length > 0 ? null : toAnsweredRequest(known!.results[0]!);
    },

    async answer(key, status, body) {
      await db
        .prepare("UPDATE answered_requests SET status = ?, answer = ? WHERE request_key = ?")
        .bind(status, body, key)
        .run();
    },

    async forget(key) {
      await db.prepare("DELETE FROM answered_requests WHERE request_key = ?").bind(key).run();
    },
  };
}
