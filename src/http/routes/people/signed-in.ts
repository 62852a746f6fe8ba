/** `GET /sessions` and `DELETE /sessions/{session_id}`: who is signed in to the pages, and the end of it. */
import * as z from "zod";
import { Problem } from "../../../api/problems.ts";
import { ListQuery } from "../../../api/world/lists.ts";
import { storageOf } from "../../../storage/storage.ts";
import type { StoredSession } from "../../../storage/people/session-store.ts";
import { listPage } from "../../kit/list-page.ts";
import { SessionsAnswer } from "../../../api/person-shape.ts";
import { guarded, json, NO_CONTENT } from "../../kit/route.ts";
import { iso } from "../../../api/to-wire.ts";

export const getSessions = guarded({
  method: "GET",
  path: "/sessions",
  scope: "admin",
  query: ListQuery,
  docs: {
    summary: "Who is signed in to the pages",
    group: "people",
    answers: { 200: { says: "A page of sessions", content: json(SessionsAnswer) } },
  },
  async handle(c, { query }) {
    const { entries, nextCursor } = await listPage(
      "sessions",
      query,
      (limit, after) => storageOf(c.env).sessions.list(limit, after, Date.now()),
      ({ sessionId }) => sessionId,
    );
    return c.json({ sessions: entries.map(sessionToWire), next_cursor: nextCursor });
  },
});

export const deleteSession = guarded({
  method: "DELETE",
  path: "/sessions/:session_id",
  params: z.object({ session_id: z.string().max(64) }),
  scope: "admin",
  docs: {
    summary: "End a session at once",
    group: "people",
    answers: { 204: NO_CONTENT },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    if (!(await storageOf(c.env).sessions.end(params.session_id)))
      throw new Problem("not_found", "There is no such session.");
    return c.body(null, 204);
  },
});

function sessionToWire({ sessionId, kind, subject, createdAt, expiresAt }: StoredSession) {
  return {
    session_id: sessionId,
    person_id: kind === "person" ? subject : null,
    key_id: kind === "key" ? subject : null,
    created_at: iso(createdAt),
    expires_at: iso(expiresAt),
  };
}
