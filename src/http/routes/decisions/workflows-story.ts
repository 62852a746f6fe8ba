/** `GET /workflows/{id}/story`: one workflow end to end and in order, as JSON, or as text for a terminal. */
import { StoryAnswer } from "../../../api/responses.ts";
import { storyAsJson, storyAsText } from "../../../telemetry/story.ts";
import { findWorkflow, OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { preferredType } from "../../kit/preferred-type.ts";
import { guarded } from "../../kit/route.ts";

export const getStory = guarded({
  ...OF_WORKFLOW,
  method: "GET",
  path: "/workflows/:workflow_id/story",
  scope: "read",
  docs: {
    summary: "What happened, step by step",
    group: "decisions",
    answers: {
      200: {
        says: "The story, as JSON or as text for a terminal",
        content: { "application/json": StoryAnswer, "text/plain": null },
      },
    },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    const workflow = await findWorkflow(c, params.workflow_id);
    const wanted = preferredType(c, ["application/json", "text/plain"]);
    return wanted === "text/plain" ? c.text(storyAsText(workflow)) : c.json(storyAsJson(workflow));
  },
});
