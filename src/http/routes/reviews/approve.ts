/** `POST /approve/{workflow_id}`: a verdict by API. */
import { VerdictBody } from "../../../api/requests.ts";
import { WorkflowAnswer } from "../../../api/trigger/workflow-answer.ts";
import { workflowToWire } from "../../../api/to-wire.ts";
import { OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { once, ONCE } from "../../kit/once.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json } from "../../kit/route.ts";
import { keyReviewer } from "../../auth/reviewer.ts";
import { takeVerdict } from "../../kit/verdict/verdict-door.ts";
import { takenOrProblem } from "../../kit/verdict/verdict-problem.ts";

export const postApproval = guarded({
  ...OF_WORKFLOW,
  method: "POST",
  path: "/approve/:workflow_id",
  scope: "review",
  headers: ONCE,
  docs: {
    summary: "Approve, reject or modify what is recommended",
    group: "reviews",
    body: json(VerdictBody),
    answers: { 200: { says: "Decided, or the first of several approvals", content: json(WorkflowAnswer) } },
    problems: ["not_found", "already_decided", "revision_changed", "expired", "superseded", "not_awaiting_review"],
  },
  async handle(c, { params, principal, headers: { "Idempotency-Key": key } }) {
    const body = await readJson(c, VerdictBody);
    const asked = {
      kind: body.decision,
      quantity: body.quantity ?? null,
      comment: body.comment ?? null,
      revision: body.revision ?? null,
    };
    const reviewer = body.reviewer ?? null;
    return once(c, principal, key, JSON.stringify({ ...asked, reviewer }), async () => {
      const taken = await takeVerdict(c, params.workflow_id, keyReviewer(principal, "api", reviewer), asked);
      return { status: 200, body: workflowToWire(takenOrProblem(taken)) };
    });
  },
});
