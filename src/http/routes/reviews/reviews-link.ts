/** `POST /reviews/{workflow_id}/link`: makes one person's review link. */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { ReviewLinkAnswer } from "../../../api/responses.ts";
import { iso } from "../../../api/to-wire.ts";
import { linkExpiry, reviewUrl, signingSecrets } from "../../../review/review-url.ts";
import { refusalOf } from "../../../workflow/refusals.ts";
import { originOf, settings } from "../../kit/context.ts";
import { findWorkflow, OF_WORKFLOW } from "../../kit/find-workflow.ts";
import { readJson } from "../../kit/request/body.ts";
import { guarded, json } from "../../kit/route.ts";
import { NOT_OPEN, refuse } from "../../kit/verdict/verdict-problem.ts";

const LinkBody = z.strictObject({ reviewer: name });

export const postReviewLink = guarded({
  ...OF_WORKFLOW,
  method: "POST",
  path: "/reviews/:workflow_id/link",
  scope: "admin",
  docs: {
    summary: "A review link for one person",
    group: "reviews",
    body: json(LinkBody),
    answers: { 201: { says: "Made", content: json(ReviewLinkAnswer) } },
    problems: NOT_OPEN,
  },
  async handle(c, { params }) {
    const config = settings(c);
    const { reviewer } = await readJson(c, LinkBody);
    const workflow = await findWorkflow(c, params.workflow_id);
    if (workflow.status !== "awaiting_human_review" || workflow.review === null) {
      return refuse(workflow, refusalOf(workflow));
    }
    const url = await reviewUrl(
      originOf(c),
      {
        purpose: "decide",
        workflowId: workflow.id,
        revision: workflow.revision,
        recipient: reviewer,
        expiresAt: linkExpiry(workflow.review.expiresAt, config),
      },
      signingSecrets(config),
    );
    return c.json({ url, expires_at: iso(workflow.review.expiresAt) }, 201);
  },
});
