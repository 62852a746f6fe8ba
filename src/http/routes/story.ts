/** `GET /workflows/{id}/story`: one workflow end to end and in order, as JSON, or as text for a terminal. */
import { accepts } from "hono/accepts";
import { storyAsJson, storyAsText } from "../../telemetry/story.ts";
import type { AppContext } from "../kit/context.ts";
import { findWorkflow } from "./workflows.ts";

export async function getStory(c: AppContext): Promise<Response> {
  const workflow = await findWorkflow(c, c.req.param("workflow_id") ?? "");
  const wanted = accepts(c, {
    header: "Accept",
    supports: ["application/json", "text/plain"],
    default: "application/json",
  });
  return wanted === "text/plain" ? c.text(storyAsText(workflow)) : c.json(storyAsJson(workflow));
}
