/**
 * `POST /inbox/approve`: answers several questions at once. The first step shows again what was ticked; only the second
 * decides.
 */
import { BulkResultPage, SecondLookPage, type BulkResult, type LookedAt } from "../../ui/inbox/bulk-page.tsx";
import { quantityField, type OpenRow } from "../../ui/inbox/inbox-page.tsx";
import { formatsOf } from "../../shared/formats.ts";
import { itemName } from "../../review/question.ts";
import { readQuantity } from "../../review/typed-quantity.ts";
import type { Verdict } from "../../workflow/review.ts";
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

/** Nobody checks more than this in one second look. */
const MOST_PICKED = 100;
/** Verdicts under way at once in a bulk approval; each goes to its own item. */
const AT_ONCE = 8;
const COMMENT_MAX_LENGTH = 500;

export const postBulkApproval = pageRoute({
  method: "POST",
  path: "/inbox/approve",
  summary: "Approve or reject several questions after a second look",
  handle: (c) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      if (!isOurs(c, session, form) || !mayReviewHere(c, session)) return notFromOurPage(c);
      const picks = form.getAll("pick").slice(0, MOST_PICKED).flatMap(parsePick);
      if (picks.length === 0) return c.redirect("/inbox", 303);
      const decision = form.get("decision") === "reject" ? "reject" : "approve";
      if (form.get("step") === "confirm") {
        const reviewer = reviewerOf(session);
        const comment = (form.get("comment") ?? "").trim().slice(0, COMMENT_MAX_LENGTH) || null;
        const results = await concurrently(picks, AT_ONCE, ([workflowId, revision]) => {
          const verdict = { ...verdictOf(decision, form.get(quantityField(workflowId))), comment, revision };
          return answer(c, session, reviewer, workflowId, verdict);
        });
        return page(c, <BulkResultPage results={results} decision={decision} session={shown(session)} />);
      }
      const looked = await concurrently(picks, AT_ONCE, async ([workflowId, revision]) => {
        const workflow = await objectOfWorkflow(c, workflowId).read(workflowId);
        const listed =
          workflow !== null &&
          seesStore(session.principal, workflow.storeId) &&
          workflow.revision === revision &&
          outcomeOf(workflow, Date.now()) === null
            ? listedReview(workflow)
            : null;
        return listed === null ? null : lookedAt(openRow(listed), form.get(quantityField(workflowId)), decision);
      });
      const rows = looked.filter((row) => row !== null);
      if (rows.length === 0) return c.redirect("/inbox", 303);
      return page(c, <SecondLookPage rows={rows} decision={decision} session={shown(session)} />);
    }),
});

/** A row with what was typed in it, read as its store writes numbers. */
function lookedAt(row: OpenRow, text: string | null, decision: "approve" | "reject"): LookedAt {
  const plain = { ...row, typed: null, problem: null };
  if (decision === "reject" || text === null || text.trim() === "") return plain;
  const quantity = readQuantity(text, formatsOf(row.shownAs));
  if (quantity === null) return { ...plain, problem: `"${text}" is no quantity, so this one is left out.` };
  if (quantity === row.quantity) return plain;
  return quantity > 0
    ? { ...plain, typed: quantity }
    : { ...plain, problem: "To order nothing, reject it. This one is left out." };
}

/** `quantity`: what the second step showed instead of the quantity asked; null = as asked. */
function verdictOf(decision: "approve" | "reject", quantity: string | null) {
  return decision === "approve" && quantity !== null
    ? ({ kind: "modify", quantity: Number(quantity) } as const)
    : ({ kind: decision, quantity: null } as const);
}

/** Answers one of several; whatever happens to it, the others are still answered and reported. */
async function answer(
  c: AppContext,
  session: Session,
  reviewer: Reviewer,
  workflowId: string,
  verdict: Omit<Verdict, "actor">,
): Promise<BulkResult> {
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
      return unknownResult(workflowId, "was not answered: this key is not on the list of reviewers");
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
  return { name: itemName(workflow), storeId: workflow.storeId, workflowId: workflow.id };
}

function unknownResult(workflowId: string, text: string): BulkResult {
  return { name: "one question", storeId: "an item", workflowId, ok: false, text };
}
