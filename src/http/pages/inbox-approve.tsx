/**
 * `POST /inbox/approve`: answers several questions at once. The first step shows again what was ticked; only the second
 * decides.
 */
import { ResultPage, SecondLookPage, type BulkResult, type LookedAt } from "../../ui/inbox/bulk-page.tsx";
import { quantityField } from "../../ui/inbox/question-table.tsx";
import { MessagePage } from "../../ui/message-page.tsx";
import { checkQuantity } from "../../replenishment/order/constraints.ts";
import { formatsOf } from "../../shared/formats.ts";
import { itemName, stockFacts, storeName } from "../../review/question.ts";
import { violationText } from "../../review/wording.ts";
import { describe } from "../../workflow/refusals.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { readQuantity } from "../../review/typed-quantity.ts";
import type { Verdict } from "../../workflow/review.ts";
import { outcomeOf } from "../../review/question-outcome.ts";
import { listedReview } from "../../workflow/asking/listed-review.ts";
import type { Session } from "../auth/inbox-session.ts";
import { principalName } from "../auth/principal.ts";
import { refuseOtherStore, seesStore } from "../auth/store-bounds.ts";
import type { AppContext } from "../kit/context.ts";
import { objectOfWorkflow } from "../kit/item-stubs.ts";
import type { Reviewer } from "../auth/reviewer.ts";
import { takeVerdict, type Taken } from "../kit/verdict/verdict-door.ts";
import { refusedReply, takenReply } from "../kit/verdict/verdict-reply.ts";
import { openRow, parsePick } from "./inbox-rows.ts";
import { pageRoute } from "./page-route.ts";
import { notFromOurPage, page, readForm } from "./page.ts";
import { isOurs, localPath, mayReviewHere, reviewerOf, shown, withSession } from "./with-session.tsx";
import { concurrently } from "../../shared/concurrently.ts";
import { limitOf } from "./answer/answer-limit.ts";
import { commentIn } from "./answer/form-answer.ts";
import { questionHref } from "../../ui/page-paths.ts";

/** Nobody checks more than this in one second look. */
const MOST_PICKED = 100;
/** Verdicts under way at once in a bulk approval; each goes to its own item. */
const AT_ONCE = 8;

export const postBulkApproval = pageRoute({
  method: "POST",
  path: "/inbox/approve",
  summary: "Approve or reject several questions after a second look",
  handle: (c) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      if (!isOurs(c, session, form) || !mayReviewHere(c, session)) return notFromOurPage(c);
      const picks = form.getAll("pick").slice(0, MOST_PICKED).flatMap(parsePick);
      const back = localPath(form.get("back") ?? "/inbox");
      const empty = { session: shown(session), next: { href: back, title: "Back to the inbox" } };
      if (picks.length === 0) return page(c, <MessagePage {...NONE_TICKED} {...empty} />);
      const decision = form.get("decision") === "reject" ? "reject" : "approve";
      if (form.get("step") === "confirm") {
        const reviewer = reviewerOf(session);
        const comment = commentIn(form);
        const results = await concurrently(picks, AT_ONCE, ([workflowId, revision]) => {
          const verdict = { ...verdictOf(decision, form.get(quantityField(workflowId))), comment, revision };
          return answer(c, session, reviewer, workflowId, verdict);
        });
        const done = results.filter(({ ok }) => ok).length;
        const title = `${done} of ${results.length} ${decision === "reject" ? "rejected" : "approved"}`;
        return page(c, <ResultPage title={title} results={results} back={empty.next} session={shown(session)} />);
      }
      const looked = await concurrently(picks, AT_ONCE, async ([workflowId, revision]) => {
        const workflow = await objectOfWorkflow(c, workflowId).read(workflowId);
        return workflow !== null &&
          seesStore(session.principal, workflow.storeId) &&
          workflow.revision === revision &&
          outcomeOf(workflow, Date.now()) === null
          ? lookedAt(workflow, form.get(quantityField(workflowId)), decision, reviewerOf(session))
          : null;
      });
      const reader = principalName(session.principal);
      const rows = looked.filter((row) => row !== null);
      const gone = looked.length - rows.length;
      return rows.length === 0
        ? page(c, <MessagePage {...ALL_GONE} {...empty} />)
        : page(c, <SecondLookPage {...{ rows, gone, decision, back, reader, session: shown(session) }} />);
    }),
});

const NONE_TICKED = {
  title: "Nothing was ticked",
  lines: ["Tick the questions that you want to answer, then press the button again."],
};
const ALL_GONE = {
  title: "Nothing is left to answer",
  lines: ["What you ticked was answered or has changed since."],
};

/** A row with what was typed in it, read as its store writes numbers. */
function lookedAt(
  workflow: Workflow,
  text: string | null,
  decision: "approve" | "reject",
  { limits }: Reviewer,
): LookedAt | null {
  const listed = listedReview(workflow);
  if (listed === null) return null;
  const row = openRow(listed);
  const plain = { ...row, typed: null, problem: null, href: typedHref(row.workflowId, text) };
  if (decision === "reject") return plain;
  const formats = formatsOf(row.shownAs);
  const quantity = text === null || text.trim() === "" ? row.quantity : readQuantity(text, formats);
  if (quantity === null) return { ...plain, problem: `"${text}" is no quantity.` };
  const whyNot = limitOf(workflow, quantity, limits)?.whyNot;
  if (whyNot != null) return { ...plain, problem: `${whyNot}.` };
  if (quantity === row.quantity) return plain;
  if (quantity === 0) return { ...plain, problem: "To order nothing, reject it." };
  const { position } = stockFacts(workflow);
  const violation = checkQuantity(quantity, workflow.snapshot.constraints, position);
  return {
    ...plain,
    typed: quantity,
    problem: violation === null ? null : violationText(describe(violation), formats),
  };
}

/** A question's own page, with what was typed for it. */
function typedHref(workflowId: string, typed: string | null): string {
  const query = typed === null || typed.trim() === "" ? "" : `?quantity=${encodeURIComponent(typed.trim())}`;
  return `${questionHref(workflowId)}${query}`;
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
    return resultOf(await takeVerdict(c, workflowId, reviewer, verdict), workflowId, verdict.quantity);
  } catch {
    return unknownResult(workflowId, "could not be reached; open it to see whether your answer was taken");
  }
}

function resultOf(taken: Taken, workflowId: string, typed: number | null): BulkResult {
  switch (taken.kind) {
    case "may_not":
      return unknownResult(workflowId, "was not answered: this key is not on the list of reviewers");
    case "unknown":
      return unknownResult(workflowId, "is no longer kept");
    case "taken": {
      const { workflow } = taken;
      return {
        name: nameOf(workflow),
        href: questionHref(workflowId),
        ok: true,
        text: takenReply(workflow).text,
      };
    }
    case "refused": {
      const { workflow } = taken;
      const { title, text } = refusedReply(taken, Date.now());
      const kept = typed === null ? null : formatsOf(workflow.shownAs ?? {}).quantity(typed);
      return { name: nameOf(workflow), href: typedHref(workflowId, kept), ok: false, text: `${title}. ${text}` };
    }
  }
}

function nameOf(workflow: Workflow): string {
  return `${itemName(workflow)} for ${storeName(workflow)}`;
}

function unknownResult(workflowId: string, text: string): BulkResult {
  return { name: "One question", href: questionHref(workflowId), ok: false, text };
}
