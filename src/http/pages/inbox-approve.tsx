/** `POST /inbox/approve`: several questions at once. The first step shows again what was ticked; only the second decides. */
import { BulkResultPage, SecondLookPage, type BulkResult } from "../../ui/bulk-page.tsx";
import { outcomeOf } from "../../review/question-outcome.ts";
import { listedReview } from "../../workflow/asking/listed-review.ts";
import type { Session } from "../auth/inbox-session.ts";
import { refuseOtherStore, seesStore } from "../auth/store-bounds.ts";
import type { AppContext } from "../kit/context.ts";
import { objectOfWorkflow } from "../kit/item-stubs.ts";
import type { Reviewer } from "../auth/reviewer.ts";
import { takeVerdict, type Taken } from "../kit/verdict/verdict-door.ts";
import { refusedReply, takenReply } from "../kit/verdict/verdict-reply.ts";
import { openRow, parsePick } from "./inbox-rows.ts";
import { pageRoute } from "./page-route.ts";
import { notFromOurPage, page, readForm } from "./page.ts";
import { isOurs, mayReviewHere, reviewerOf, shown, withSession } from "./with-session.tsx";
import { concurrently } from "../../shared/concurrently.ts";

/** More at once is no longer a second look. */
const MOST_PICKED = 100;
/** Verdicts under way at once in a bulk approval; each goes to its own item. */
const AT_ONCE = 8;

export const postBulkApproval = pageRoute({
  method: "POST",
  path: "/inbox/approve",
  summary: "Approve several questions after a second look",
  handle: (c) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      if (!isOurs(c, session, form) || !mayReviewHere(c, session)) return notFromOurPage(c);
      const picks = form.getAll("pick").slice(0, MOST_PICKED).flatMap(parsePick);
      if (picks.length === 0) return c.redirect("/inbox", 303);
      if (form.get("step") === "confirm") {
        const reviewer = reviewerOf(session);
        const results = await concurrently(picks, AT_ONCE, ([workflowId, revision]) =>
          approve(c, session, reviewer, workflowId, revision),
        );
        return page(c, <BulkResultPage results={results} session={shown(session)} />);
      }
      const listed = await concurrently(picks, AT_ONCE, async ([workflowId, revision]) => {
        const workflow = await objectOfWorkflow(c, workflowId).read(workflowId);
        return workflow !== null &&
          seesStore(session.principal, workflow.storeId) &&
          workflow.revision === revision &&
          outcomeOf(workflow, Date.now()) === null
          ? listedReview(workflow)
          : null;
      });
      const rows = listed.filter((review) => review !== null).map(openRow);
      if (rows.length === 0) return c.redirect("/inbox", 303);
      return page(c, <SecondLookPage rows={rows} session={shown(session)} />);
    }),
});

/** One of several: whatever happens to it, the others are still approved and reported. */
async function approve(
  c: AppContext,
  session: Session,
  reviewer: Reviewer,
  workflowId: string,
  revision: number,
): Promise<BulkResult> {
  const verdict = { kind: "approve", quantity: null, comment: null, revision } as const;
  try {
    await refuseOtherStore(c, session.principal, { params: { workflow_id: workflowId }, query: {} });
    return resultOf(workflowId, await takeVerdict(c, workflowId, reviewer, verdict));
  } catch {
    return unknownResult(workflowId, "could not be reached; open it to see whether your answer was taken");
  }
}

function resultOf(workflowId: string, taken: Taken): BulkResult {
  switch (taken.kind) {
    case "may_not":
      return unknownResult(workflowId, "was not approved: this key is not on the list of reviewers");
    case "unknown":
      return unknownResult(workflowId, "is no longer kept");
    case "taken":
      return { ...identityOf(taken), ok: true, text: takenReply(taken.workflow).text };
    case "refused": {
      const { title, text } = refusedReply(taken.workflow, taken.refusal, Date.now());
      return { ...identityOf(taken), ok: false, text: `${title}. ${text}` };
    }
  }
}

function identityOf({ workflow }: Extract<Taken, { kind: "taken" | "refused" }>) {
  return { productId: workflow.productId, storeId: workflow.storeId, workflowId: workflow.id };
}

function unknownResult(workflowId: string, text: string): BulkResult {
  return { productId: "one question", storeId: "an item", workflowId, ok: false, text };
}
