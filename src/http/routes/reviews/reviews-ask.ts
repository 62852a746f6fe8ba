/** `POST /reviews/{workflow_id}/ask`: sends an open question to one more person; the answer never holds a link. */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { keyReviewer } from "../../auth/reviewer.ts";
import { askPerson, NOTE_MAX_LENGTH } from "../../kit/verdict/ask-person.ts";
import { OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { once, ONCE } from "../../kit/once.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json } from "../../kit/route.ts";
import { NOT_OPEN } from "../../kit/verdict/verdict-problem.ts";

const AskBody = z
  .strictObject({
    person_id: name,
    note: z.string().trim().max(NOTE_MAX_LENGTH).nullish().describe("What to say to them, in the mail"),
  })
  .meta({ id: "AskPerson" });
const AskAnswer = z.looseObject({ asked: z.literal(true) }).meta({ id: "Asked" });

export const postReviewAsk = guarded({
  ...OF_WORKFLOW,
  method: "POST",
  path: "/reviews/:workflow_id/ask",
  scope: "review",
  headers: ONCE,
  docs: {
    summary: "Send an open question to a person by their own channel",
    group: "reviews",
    body: json(AskBody),
    answers: { 200: { says: "The question is sent, or they have it already", content: json(AskAnswer) } },
    problems: NOT_OPEN,
  },
  async handle(c, { principal, params, headers: { "Idempotency-Key": key } }) {
    const { person_id, note } = await readJson(c, AskBody);
    return once(c, principal, key, JSON.stringify({ person_id, note: note || null }), async () => {
      await askPerson(c, params.workflow_id, person_id, keyReviewer(principal, "api"), { note: note || null });
      return { status: 200, body: { asked: true } };
    });
  },
});
