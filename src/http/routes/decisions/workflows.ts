/** `GET /workflows/{id}`: the id names the item's object, so an open workflow needs no database. */
import { WorkflowAnswer } from "../../../api/trigger/workflow-answer.ts";
import { workflowToWire } from "../../../api/to-wire.ts";
import { findWorkflow, OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { guarded, json } from "../../kit/route.ts";

export const getWorkflow = guarded({
  ...OF_WORKFLOW,
  method: "GET",
  path: "/workflows/:workflow_id",
  scope: "read",
  docs: {
    summary: "The present state of a workflow",
    group: "decisions",
    answers: { 200: { says: "The workflow", content: json(WorkflowAnswer) } },
    problems: ["not_found"],
  },
  handle: async (c, { params }) => c.json(workflowToWire(await findWorkflow(c, params.workflow_id))),
});
