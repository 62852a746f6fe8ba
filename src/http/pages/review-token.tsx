/**
 * `GET` and `POST /review/{token}`. GET and HEAD change nothing (I11). A POST acts only when a browser says that our
 * own page sent it and a button's value came with it; the verdict binds to the link's workflow and revision (I5).
 */
import * as z from "zod";
import { ReviewPage } from "../../ui/review/review-page.tsx";
import type { LinkClaims } from "../../review/links.ts";
import { linkExpiry, reviewUrl, signingSecrets } from "../../review/review-url.ts";
import { SLACK_LINK_RECIPIENT } from "../../review/slack/slack-link.ts";
import type { Settings } from "../../config/settings.ts";
import { strangerRefusal } from "../../workflow/asking/reviewer-limits.ts";
import type { Workflow } from "../../workflow/types.ts";
import { originOf, settings, type AppContext } from "../kit/context.ts";
import { rosterOf } from "../auth/roster.ts";
import { linkReviewer, mayAnswer, type Reviewer } from "../auth/reviewer.ts";
import { takeAnswerBack } from "../kit/verdict/verdict-door.ts";
import type { VerdictReply } from "../kit/verdict/verdict-reply.ts";
import { findWorkflow } from "../kit/find-workflow.ts";
import { askedIn, askFormOf, askOnPage, sendOwnLink } from "./answer/ask-on-page.ts";
import { answerIn } from "./answer/form-answer.ts";
import { TypedQuery } from "./inbox-reviews.tsx";
import { TAKE_BACK, takenBackWords } from "./look/item-actions.tsx";
import { afterLinkAnswer, isExpired, leadsOn, MAIL_NEXT, mayTakeBack } from "./answer/link-leads.ts";
import { mailNext } from "./answer/next-question.ts";
import { claimsOf, hiddenFromHolder, wrongLink } from "./link-holder.tsx";
import { pageRoute } from "./page-route.ts";
import { isFromOurPage, notFromOurPage, page, readForm } from "./page.ts";
import { answerFormOf, loadReview, reviewProps } from "./review-view.ts";
import { lookAgain, presentOf, takeAnswer, typedIn, untouched, type Shown } from "./answer/take-answer.ts";

const OF_LINK = { params: z.object({ token: z.string() }) } as const;

export const getReviewPage = pageRoute({
  ...OF_LINK,
  method: "GET",
  path: "/review/:token",
  summary: "The question that a link asks; looking decides nothing",
  query: TypedQuery,
  async handle(c, { params, query }) {
    const claims = await claimsOf(c, params.token);
    if (claims === null) return wrongLink(c, "Open the newest message about the item, or look in the inbox.");
    return (await hiddenFrom(c, claims)) ?? show(c, claims, untouched(query.quantity ?? null));
  },
});

export const postReviewPage = pageRoute({
  ...OF_LINK,
  method: "POST",
  path: "/review/:token",
  summary: "The answer to it: decision, quantity, comment, revision",
  async handle(c, { params }) {
    const claims = await claimsOf(c, params.token);
    if (claims === null) return wrongLink(c, "Open the newest message about the item, or look in the inbox.");
    if (!isFromOurPage(c)) return notFromOurPage(c);
    return (await hiddenFrom(c, claims)) ?? answerQuestion(c, claims, await readForm(c));
  },
});

function hiddenFrom(c: AppContext, { recipient, workflowId }: LinkClaims): Promise<Response | null> {
  return hiddenFromHolder(c, recipient, () => findWorkflow(c, workflowId));
}

async function answerQuestion(c: AppContext, claims: LinkClaims, form: URLSearchParams): Promise<Response> {
  const own = form.get("own");
  const holder = own === null ? null : await linkReviewer(c, claims.recipient);
  if (own !== null && holder !== null) return show(c, claims, await sendOwnLink(c, claims.workflowId, own, holder));
  if (form.get("step") === TAKE_BACK) return takeBack(c, claims);
  if (form.get("step") === MAIL_NEXT) return goOn(c, claims);
  const asked = askedIn(form);
  if (asked !== null) return ask(c, claims, asked, form);
  const typed = typedIn(form);
  const answer = answerIn(form, await presentOf(c, claims.workflowId, claims.revision));
  if (answer.kind === "no_click") return notFromOurPage(c);
  if (answer.kind === "preview") return show(c, claims, typed);
  if (answer.kind === "bad_quantity") return show(c, claims, { ...typed, error: answer.message, status: 422 });
  const reviewer = await linkReviewer(c, claims.recipient);
  if (reviewer === null || claims.purpose !== "decide" || !mayAnswer(settings(c), reviewer))
    return show(c, claims, { ...typed, status: 403 });
  if (isExpired(claims)) return show(c, claims, { ...typed, notice: TOO_LATE, status: 409 });
  // A page that was left open may show another revision than the link's: such an answer decides neither.
  const seen = form.get("revision");
  if (seen !== null && seen !== String(claims.revision))
    return show(c, claims, { ...typed, notice: CHANGED, status: 409 });
  if (answer.kind === "look_again") return show(c, claims, lookAgain(typed, answer));
  const { workflowId, revision } = claims;
  return show(c, claims, await takeAnswer(c, { workflowId, revision, reviewer }, answer, typed));
}

/** Through the link that answered, as long as it is valid. */
async function takeBack(c: AppContext, claims: LinkClaims): Promise<Response> {
  const reviewer = await linkReviewer(c, claims.recipient);
  if (reviewer === null || !mayTakeBack(c, claims, reviewer))
    return show(c, claims, { ...untouched(null), status: 403 });
  const { taken, asked } = await takeAnswerBack(c, claims.workflowId, reviewer);
  if (taken.kind === "taken" && asked !== null)
    return c.redirect(await freshLink(c, claims, await findWorkflow(c, asked)), 303);
  const { status, ...words } = takenBackWords(taken);
  return show(c, claims, {
    ...untouched(null),
    notice: { tone: status === 200 ? "green" : "amber", ...words },
    status,
  });
}

async function goOn(c: AppContext, claims: LinkClaims): Promise<Response> {
  const reviewer = await linkReviewer(c, claims.recipient);
  if (reviewer === null || !leadsOn(claims, reviewer, settings(c), Date.now()))
    return show(c, claims, { ...untouched(null), status: 403 });
  return show(c, claims, await mailNext(c, claims, reviewer));
}

async function ask(c: AppContext, claims: LinkClaims, personId: string, form: URLSearchParams): Promise<Response> {
  const reviewer = await linkReviewer(c, claims.recipient);
  const may = reviewer !== null && claims.purpose === "decide" && mayAnswer(settings(c), reviewer);
  // A reader who may ask is shown the names, so a form without them is not ours.
  const workflow = may && !isExpired(claims) ? await findWorkflow(c, claims.workflowId) : null;
  const isStranger = workflow === null || strangerRefusal(workflow, reviewer!.limits) !== null;
  const asking = isStranger ? null : await askFormOf(c, workflow, reviewer!, { action: "", csrf: null });
  if (asking === null) return show(c, claims, { ...untouched(null), status: 403 });
  return show(c, claims, await askOnPage(c, claims.workflowId, personId, reviewer!, form));
}

const CHANGED: VerdictReply = {
  tone: "amber",
  title: "The question has changed",
  text:
    "This link was made for an earlier question and decides nothing. Below is what is asked now; answer by the " +
    "newest message.",
};

const LINK_OVER: VerdictReply = {
  tone: "amber",
  title: "This link has ended",
  text: "The question is still open.",
};

const TOO_LATE: VerdictReply = {
  tone: "amber",
  title: "The deadline has passed",
  text: "Your answer came too late and changed nothing.",
};

async function show(c: AppContext, claims: LinkClaims, shown: Shown): Promise<Response> {
  const config = settings(c);
  const now = Date.now();
  const loaded = await loadReview(c, claims.workflowId, shown.typed, config);
  const props = reviewProps(loaded, config, now, false);
  const reviewer = await linkReviewer(c, claims.recipient);
  const mayLead = leadsOn(claims, reviewer, config, now);
  const changed = loaded.workflow.revision !== claims.revision && props.outcome === null;
  const whyNot = props.outcome === null ? whyNotAnswer(claims, reviewer, loaded.workflow, changed, config) : null;
  const isOver = props.outcome === null && isExpired(claims);
  const notice = shown.notice ?? (changed ? CHANGED : isOver && mayLead ? LINK_OVER : null);
  const as =
    claims.recipient === SLACK_LINK_RECIPIENT ? "the Slack channel" : (reviewer?.actor.label ?? claims.recipient);
  const { pathname } = new URL(c.req.url);
  const mayMail = config.email !== null && !(await rosterOf(c.env)).isEmpty;
  const linkOf = props.outcome === null && mayMail ? { name: as, action: pathname } : null;
  const isAsked = props.outcome === null && whyNot === null && !changed;
  const form = isAsked
    ? answerFormOf(loaded, shown, config, {
        action: pathname,
        csrf: null,
        as,
        principal: reviewer?.actor.principal ?? null,
      })
    : null;
  const asking =
    form === null || reviewer === null ? null : await askFormOf(c, loaded.workflow, reviewer, { ...form, csrf: null });
  const moved = shown.moved ?? ((changed || isOver) && mayLead ? loaded.workflow : undefined);
  const freshUrl = moved === undefined ? null : await freshLink(c, claims, moved);
  const newerUrl =
    props.newer === null || loaded.present === null || !mayLead ? null : await freshLink(c, claims, loaded.present);
  return page(
    c,
    <ReviewPage
      {...props}
      form={form}
      ask={asking}
      linkOf={linkOf}
      whyNot={whyNot}
      notice={notice}
      freshUrl={freshUrl}
      newerUrl={newerUrl}
      after={
        props.outcome === null && shown.isAnswered !== true ? null : await afterLinkAnswer(c, claims, reviewer, loaded)
      }
    />,
    shown.status,
  );
}

/** Why this reader may look but not answer; null when they may. */
function whyNotAnswer(
  claims: LinkClaims,
  reviewer: Reviewer | null,
  workflow: Workflow,
  changed: boolean,
  config: Settings,
): string | null {
  if (changed) return null;
  if (claims.purpose === "look")
    return (
      "This link shows the question but does not answer it. Answer with the buttons in Slack, or sign in to the " +
      "inbox."
    );
  if (isExpired(claims)) return "This link has ended. Sign in to the inbox to answer.";
  if (reviewer === null) return "This link has ended: the person it was made for is no longer listed.";
  const stranger = strangerRefusal(workflow, reviewer.limits);
  if (stranger?.reason === "not_allowed") return stranger.message;
  if (!mayAnswer(config, reviewer))
    return "Only listed reviewers may answer, and this link's holder is not one of them.";
  return null;
}

/** The same person's link to a question as it is now. */
function freshLink(c: AppContext, claims: LinkClaims, { id, revision, review }: Workflow): Promise<string> {
  const config = settings(c);
  const expiresAt = linkExpiry(review?.expiresAt ?? Date.now(), config);
  return reviewUrl(originOf(c), { ...claims, workflowId: id, revision, expiresAt }, signingSecrets(config));
}
