/** `/inbox/reviews/{workflow_id}`: one question, and the answer to it, for those who are signed in. */
import * as z from "zod";
import type { AfterAnswer } from "../../ui/review/go-on.tsx";
import { ReviewPage } from "../../ui/review/review-page.tsx";
import type { Session } from "../auth/inbox-session.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { OF_WORKFLOW } from "../kit/find-workflow.ts";
import { askedIn, askFormOf, askOnPage } from "./answer/ask-on-page.ts";
import { answerIn } from "./answer/form-answer.ts";
import { ASK_AGAIN, TAKE_BACK } from "./look/item-actions.tsx";
import { nextInInbox } from "./answer/next-question.ts";
import { pageRoute } from "./page-route.ts";
import { notFromOurPage, page, postsTo, readForm } from "./page.ts";
import {
  answerFormOf,
  isExpiredUnordered,
  loadReview,
  reviewProps,
  takeBackSays,
  type LoadedReview,
} from "./review-view.ts";
import { lookAgain, presentOf, takeAnswer, typedIn, untouched, type Shown } from "./answer/take-answer.ts";
import { isOurs, LOOK_ONLY, mayReviewHere, reviewerOf, shown, withSession } from "./with-session.tsx";
import { questionHref, decisionHref, itemHref } from "../../ui/page-paths.ts";

/** Of a page that shows one question. */
export const TypedQuery = z.object({
  quantity: z.string().optional().catch(undefined).describe("Shows the item as it would be with this quantity"),
  comment: z.string().optional().catch(undefined).describe("Shown in its field; nothing is kept of it"),
});

export const getInboxReview = pageRoute({
  ...OF_WORKFLOW,
  method: "GET",
  path: "/inbox/reviews/:workflow_id",
  summary: "One question",
  query: TypedQuery,
  handle: (c, { params, query }) =>
    withSession(c, (session) =>
      showReview(c, session, params.workflow_id, untouched(query.quantity ?? null, query.comment)),
    ),
});

export const postInboxReview = pageRoute({
  ...OF_WORKFLOW,
  method: "POST",
  path: "/inbox/reviews/:workflow_id",
  summary: "The answer to it",
  handle: (c, { params }) => withSession(c, (session) => answerReview(c, session, params.workflow_id)),
});

async function answerReview(c: AppContext, session: Session, workflowId: string): Promise<Response> {
  const show = (now: Shown): Promise<Response> => showReview(c, session, workflowId, now);
  const form = await readForm(c);
  if (!isOurs(c, session, form)) return notFromOurPage(c);
  const asked = askedIn(form);
  if (asked !== null && mayReviewHere(c, session))
    return show(await askOnPage(c, workflowId, asked, reviewerOf(session), form));
  const typed = typedIn(form);
  const seen = Number(form.get("revision") ?? Number.NaN);
  const revision = Number.isInteger(seen) ? seen : null;
  const answer = answerIn(form, await presentOf(c, workflowId, revision));
  if (answer.kind === "no_click") return notFromOurPage(c);
  if (answer.kind === "preview") return show(typed);
  if (answer.kind === "bad_quantity") return show({ ...typed, error: answer.message, status: 422 });
  if (answer.kind === "look_again") return show(lookAgain(typed, answer));
  const answering = { workflowId, revision, reviewer: reviewerOf(session) };
  return show(await takeAnswer(c, answering, answer, typed));
}

async function showReview(c: AppContext, session: Session, workflowId: string, now: Shown): Promise<Response> {
  const config = settings(c);
  const loaded = await loadReview(c, workflowId, now.typed, config);
  const props = reviewProps(loaded, config, Date.now(), "session");
  const may = mayReviewHere(c, session);
  const answerer = { action: postsTo(c), csrf: session.csrf, as: session.principal.name };
  const reviewer = reviewerOf(session);
  const form = props.outcome === null && may ? answerFormOf(loaded, now, config, { ...answerer, reviewer }) : null;
  const whyNot = props.outcome === null && !may ? LOOK_ONLY : null;
  const ask = form === null ? null : await askFormOf(c, loaded.workflow, reviewer, answerer);
  return page(
    c,
    <ReviewPage
      {...props}
      form={form}
      ask={ask}
      whyNot={whyNot}
      notice={now.notice}
      newerUrl={loaded.present === null ? null : questionHref(loaded.present.id)}
      after={props.outcome === null && now.isAnswered !== true ? null : await afterAnswer(c, session, loaded, may)}
      session={shown(session)}
    />,
    now.status,
  );
}

async function afterAnswer(
  c: AppContext,
  session: Session,
  { workflow, view, present }: LoadedReview,
  may: boolean,
): Promise<AfterAnswer> {
  return {
    next: await nextInInbox(c, session, workflow.id),
    mailNext: null,
    itemHref: itemHref(workflow),
    orderHref: null,
    press: !may
      ? null
      : view?.mayTakeBack === true
        ? {
            label: "Take it back",
            action: `${decisionHref(workflow.id)}/take-back`,
            csrf: session.csrf,
            step: TAKE_BACK,
            says: takeBackSays(workflow),
          }
        : isExpiredUnordered(workflow, Date.now()) && present === null
          ? {
              label: "Order now",
              action: `${itemHref(workflow)}/ask-again`,
              csrf: session.csrf,
              step: ASK_AGAIN,
              says: "It is worked out again from the last count, and you see the number before it is ordered.",
            }
          : null,
  };
}
