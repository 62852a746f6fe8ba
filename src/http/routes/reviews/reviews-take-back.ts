/** `POST /reviews/{workflow_id}/take-back`: takes an answer back before anything came of it outside. */
import * as z from "zod";
import { WorkflowAnswer } from "../../../api/trigger/workflow-answer.ts";
import { workflowToWire } from "../../../api/to-wire.ts";
import { keyReviewer } from "../../auth/reviewer.ts";
import { OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { once, ONCE } from "../../kit/once.ts";
import { guarded, json } from "../../kit/route.ts";
import { takeAnswerBack } from "../../kit/verdict/verdict-door.ts";
import { takenOrProblem } from "../../kit/verdict/verdict-problem.ts";

const TakenBackAnswer = WorkflowAnswer.extend({
  asked_again: z.string().nullable().describe("The workflow whose question is open now; null = nothing needs an order"),
}).meta({ id: "TakenBack" });

export const postTakenBack = guarded({
  ...OF_WORKFLOW,
  method: "POST",
  path: "/reviews/:workflow_id/take-back",
  scope: "review",
  headers: ONCE,
  docs: {
    summary: "Take an answer back while its order is not sent, or its No still holds; the item is asked about again",
    group: "reviews",
    answers: { 200: { says: "Taken back, by this call or an earlier one", content: json(TakenBackAnswer) } },
    problems: ["not_found", "too_late"],
  },
  handle: (c, { principal, params, headers: { "Idempotency-Key": key } }) =>
    once(c, principal, key, "", async () => {
      const { taken, asked } = await takeAnswerBack(c, params.workflow_id, keyReviewer(principal, "api"));
      return { status: 200, body: { ...workflowToWire(takenOrProblem(taken)), asked_again: asked } };
    }),
});
