/** `POST /reviews/{workflow_id}/extend`: puts a question's deadline off. */
import * as z from "zod";
import { name, number } from "../../../api/fields.ts";
import { WorkflowAnswer } from "../../../api/trigger/workflow-answer.ts";
import { workflowToWire } from "../../../api/to-wire.ts";
import { OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { once, ONCE } from "../../kit/once.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json } from "../../kit/route.ts";
import { keyReviewer } from "../../auth/reviewer.ts";
import { extendDeadline } from "../../kit/verdict/verdict-door.ts";
import { NOT_OPEN, takenOrProblem } from "../../kit/verdict/verdict-problem.ts";

const YEAR_SECONDS = 365 * 86_400;
const ExtendBody = z.strictObject({ seconds: number.gt(0).max(YEAR_SECONDS), reviewer: name.nullish() });

export const postExtend = guarded({
  ...OF_WORKFLOW,
  method: "POST",
  path: "/reviews/:workflow_id/extend",
  scope: "review",
  headers: ONCE,
  docs: {
    summary: "Put the deadline off, within REVIEW_EXTENSION_SECONDS; 403 where that is not set",
    group: "reviews",
    body: json(ExtendBody),
    answers: { 200: { says: "The workflow with its new deadline", content: json(WorkflowAnswer) } },
    problems: NOT_OPEN,
  },
  async handle(c, { params, principal, headers: { "Idempotency-Key": key } }) {
    const { seconds, reviewer } = await readJson(c, ExtendBody);
    const asker = keyReviewer(principal, "api", reviewer);
    return once(c, principal, key, JSON.stringify({ seconds, reviewer: reviewer ?? null }), async () => ({
      status: 200,
      body: workflowToWire(takenOrProblem(await extendDeadline(c, params.workflow_id, asker, seconds * 1_000))),
    }));
  },
});
