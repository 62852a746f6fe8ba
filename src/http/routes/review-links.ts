/** `POST /reviews/{id}/link` makes a person's link; `POST /reviews/{id}/extend` puts the deadline off. */
import * as z from "zod";
import { linkExpiry, reviewUrl, signingSecrets } from "../../review/review-url.ts";
import { mayReview } from "../../review/reviewers.ts";
import { refusalOf } from "../../workflow/verdict.ts";
import type { Principal } from "../auth/authenticate.ts";
import { readJson } from "../kit/body.ts";
import { noSuchWorkflow, objectOfWorkflow, originOf, settings, type AppContext } from "../kit/context.ts";
import { Problem } from "../../api/problems.ts";
import { name, number } from "../../api/fields.ts";
import { iso, workflowToWire } from "../../api/to-wire.ts";
import { findWorkflow, keyActor, refuse } from "./workflows.ts";

export const LinkBody = z.strictObject({ reviewer: name });
export const ExtendBody = z.strictObject({ seconds: number.gt(0).max(365 * 86_400), reviewer: name.nullish() });

export async function postReviewLink(c: AppContext): Promise<Response> {
  const config = settings(c);
  const { reviewer } = await readJson(c, LinkBody);
  const workflow = await findWorkflow(c, c.req.param("workflow_id") ?? "");
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
}

export async function postExtend(c: AppContext, principal: Principal): Promise<Response> {
  const workflowId = c.req.param("workflow_id") ?? "";
  const stub = objectOfWorkflow(c, workflowId);
  const { seconds, reviewer } = await readJson(c, ExtendBody);
  if (!mayReview(settings(c), [principal.keyId, principal.name]))
    throw new Problem("forbidden", "This key is not on the list of reviewers.");
  const answer = await stub.extend(workflowId, seconds * 1_000, keyActor(principal, reviewer ?? null));
  if (answer === null) throw noSuchWorkflow();
  if (answer.refusal !== null) return refuse(answer.workflow, answer.refusal);
  return c.json(workflowToWire(answer.workflow));
}
