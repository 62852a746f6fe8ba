/** `GET /workflows/{id}` and `POST /approve/{id}`: the id names the item's object, so neither needs the database. */
import type { VerdictAnswer } from "../../item/verdicts.ts";
import { storageOf } from "../../storage/storage.ts";
import type { Refusal } from "../../workflow/record.ts";
import { mayReview } from "../../review/reviewers.ts";
import type { Actor, Verdict } from "../../workflow/review.ts";
import type { Workflow } from "../../workflow/types.ts";
import { lateRefusal } from "../../workflow/verdict.ts";
import type { Principal } from "../auth/authenticate.ts";
import { readJson } from "../kit/body.ts";
import { noSuchWorkflow, objectOfWorkflow, settings, type AppContext } from "../kit/context.ts";
import { Problem } from "../../api/problems.ts";
import { VerdictBody } from "../../api/requests.ts";
import { workflowToWire } from "../../api/to-wire.ts";

export async function getWorkflow(c: AppContext): Promise<Response> {
  return c.json(workflowToWire(await findWorkflow(c, c.req.param("workflow_id") ?? "")));
}

/** From the item, which keeps open workflows and those of the last day; older ones from the decision log. */
export async function findWorkflow(c: AppContext, workflowId: string): Promise<Workflow> {
  const present = await objectOfWorkflow(c, workflowId).read(workflowId);
  if (present !== null) return present;
  const logged = await storageOf(c.env).workflows.get(workflowId);
  if (logged === null) throw noSuchWorkflow();
  return logged;
}

export async function postApproval(c: AppContext, principal: Principal): Promise<Response> {
  const workflowId = c.req.param("workflow_id") ?? "";
  const stub = objectOfWorkflow(c, workflowId);
  const body = await readJson(c, VerdictBody);
  if (!mayReview(settings(c), [principal.keyId, principal.name]))
    throw new Problem("forbidden", "This key is not on the list of reviewers.");
  const verdict: Verdict = {
    kind: body.decision,
    quantity: body.quantity ?? null,
    comment: body.comment ?? null,
    revision: body.revision ?? null,
    actor: keyActor(principal, body.reviewer ?? null),
  };
  const answer = await stub.decide(workflowId, verdict);
  // Older than the item keeps: it is in the log, and long closed.
  const { workflow, refusal } = answer ?? closed(await findWorkflow(c, workflowId), verdict);
  if (refusal !== null) return refuse(workflow, refusal);
  return c.json(workflowToWire(workflow));
}

function closed(workflow: Workflow, verdict: Verdict): VerdictAnswer {
  return { workflow, refusal: lateRefusal(workflow, verdict) };
}

/** The key tells people apart; what they call themselves is a label. */
export function keyActor(principal: Principal, reviewer: string | null): Actor {
  return { principal: `key:${principal.keyId}`, label: reviewer ?? principal.name, channel: "api" };
}

export function refuse(workflow: Workflow, refusal: Refusal): never {
  const wire = workflowToWire(workflow);
  switch (refusal.reason) {
    case "quantity_not_allowed":
      throw new Problem("validation_failed", `The quantity ${refusal.message}.`, {
        errors: [{ pointer: "/quantity", message: refusal.message }],
      });
    case "already_decided":
      throw new Problem("already_decided", decidedWords(workflow), { workflow: wire });
    case "expired":
      throw new Problem("expired", "The deadline has passed.", { workflow: wire });
    case "superseded":
      throw new Problem("superseded", "A newer trigger changed the question; answer that one.", { workflow: wire });
    case "revision_changed":
      throw new Problem(
        "revision_changed",
        `The question is now revision ${workflow.revision}; look again before answering.`,
        {
          workflow: wire,
        },
      );
    case "not_awaiting_review":
      throw new Problem("not_awaiting_review", "Nobody was asked about this workflow.", { workflow: wire });
  }
}

function decidedWords({ review }: Workflow): string {
  return review?.decidedBy == null
    ? "This was decided before."
    : `${review.decidedBy} decided this before: ${review.status}.`;
}
