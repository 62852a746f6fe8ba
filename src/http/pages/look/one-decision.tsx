/** `GET /decisions/{workflow_id}`: one decision and its story. */
import { formatsOf } from "../../../shared/formats.ts";
import { orderSum } from "../../../review/order-sum.ts";
import { tellStory } from "../../../telemetry/story.ts";
import { plainStory } from "../../../ui/today/plain-story.ts";
import { DecisionPage } from "../../../ui/today/decision-page.tsx";
import { findWorkflow, OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { pageRoute } from "../page-route.ts";
import { page } from "../page.ts";
import { shown, withSession } from "../with-session.tsx";

export const getDecision = pageRoute({
  ...OF_WORKFLOW,
  method: "GET",
  path: "/decisions/:workflow_id",
  summary: "One decision and its story",
  handle: (c, { params }) =>
    withSession(c, async (session) => {
      const workflow = await findWorkflow(c, params.workflow_id);
      const { decision, snapshot, recommendation } = workflow;
      const quantity = recommendation?.quantity ?? decision?.quantity ?? 0;
      const sum =
        decision === null
          ? null
          : orderSum({ ...snapshot, quantity, evidence: decision.evidence }, formatsOf(workflow.shownAs ?? {}));
      return page(
        c,
        <DecisionPage
          workflow={workflow}
          sum={sum}
          steps={plainStory(tellStory(workflow), workflow)}
          now={Date.now()}
          session={shown(session)}
        />,
      );
    }),
});
