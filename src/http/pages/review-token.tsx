/**
 * `GET` and `POST /review/{token}`. GET and HEAD change nothing (I11). A POST acts only when a browser says that our
 * own page sent it and a button's value came with it; the verdict binds to the link's workflow and revision (I5).
 */
import * as z from "zod";
import type { LinkClaims } from "../../review/links.ts";
import { strangerRefusal } from "../../workflow/asking/reviewer-limits.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { linkReviewer, mayAnswer } from "../auth/reviewer.ts";
import { takeAnswerBack } from "../kit/verdict/verdict-door.ts";
import { findWorkflow } from "../kit/find-workflow.ts";
import { askedIn, askFormOf, askOnPage, sendOwnLink } from "./answer/ask-on-page.ts";
import { answerIn } from "./answer/form-answer.ts";
import { CHANGED, freshLink, linkPage } from "./answer/link-page.tsx";
import { TypedQuery } from "./inbox-reviews.tsx";
import { TAKE_BACK, takenBackWords } from "./look/item-actions.tsx";
import { isExpired, leadsOn, MAIL_NEXT, mayTakeBack } from "./answer/link-leads.ts";
import { mailNext } from "./answer/next-question.ts";
import { claimsOf, hiddenFromHolder, wrongLink } from "./link-holder.tsx";
import { pageRoute } from "./page-route.ts";
import { isFromOurPage, notFromOurPage, readForm } from "./page.ts";
import { lookAgain, presentOf, takeAnswer, typedIn, untouched } from "./answer/take-answer.ts";
import { TOO_LATE } from "../kit/verdict/verdict-reply.ts";

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
    return (await hiddenFrom(c, claims)) ?? linkPage(c, claims, untouched(query.quantity ?? null, query.comment));
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
  if (own !== null && holder !== null) return linkPage(c, claims, await sendOwnLink(c, claims.workflowId, own, holder));
  if (form.get("step") === TAKE_BACK) return takeBack(c, claims);
  if (form.get("step") === MAIL_NEXT) return goOn(c, claims);
  const asked = askedIn(form);
  if (asked !== null) return ask(c, claims, asked, form);
  const typed = typedIn(form);
  const answer = answerIn(form, await presentOf(c, claims.workflowId, claims.revision));
  if (answer.kind === "no_click") return notFromOurPage(c);
  if (answer.kind === "preview") return linkPage(c, claims, typed);
  if (answer.kind === "bad_quantity") return linkPage(c, claims, { ...typed, error: answer.message, status: 422 });
  const reviewer = await linkReviewer(c, claims.recipient);
  if (reviewer === null || claims.purpose !== "decide" || !mayAnswer(settings(c), reviewer))
    return linkPage(c, claims, { ...typed, status: 403 });
  if (isExpired(claims)) return linkPage(c, claims, { ...typed, notice: TOO_LATE, status: 409 });
  // A page that was left open may show another revision than the link's: such an answer decides neither.
  const seen = form.get("revision");
  if (seen !== null && seen !== String(claims.revision))
    return linkPage(c, claims, { ...typed, notice: CHANGED, status: 409 });
  if (answer.kind === "look_again") return linkPage(c, claims, lookAgain(typed, answer));
  const { workflowId, revision } = claims;
  return linkPage(c, claims, await takeAnswer(c, { workflowId, revision, reviewer }, answer, typed));
}

/** Through the link that answered, as long as it is valid. */
async function takeBack(c: AppContext, claims: LinkClaims): Promise<Response> {
  const reviewer = await linkReviewer(c, claims.recipient);
  if (reviewer === null || !mayTakeBack(c, claims, reviewer))
    return linkPage(c, claims, { ...untouched(null), status: 403 });
  const { taken, asked } = await takeAnswerBack(c, claims.workflowId, reviewer);
  if (taken.kind === "taken" && asked !== null)
    return c.redirect(await freshLink(c, claims, await findWorkflow(c, asked)), 303);
  const { status, ...words } = takenBackWords(taken);
  return linkPage(c, claims, {
    ...untouched(null),
    notice: { tone: status === 200 ? "green" : "amber", ...words },
    status,
  });
}

async function goOn(c: AppContext, claims: LinkClaims): Promise<Response> {
  const reviewer = await linkReviewer(c, claims.recipient);
  if (reviewer === null || !leadsOn(claims, reviewer, settings(c), Date.now()))
    return linkPage(c, claims, { ...untouched(null), status: 403 });
  return linkPage(c, claims, await mailNext(c, claims, reviewer));
}

async function ask(c: AppContext, claims: LinkClaims, personId: string, form: URLSearchParams): Promise<Response> {
  const reviewer = await linkReviewer(c, claims.recipient);
  const may = reviewer !== null && claims.purpose === "decide" && mayAnswer(settings(c), reviewer);
  // A reader who may ask is shown the names, so a form without them is not ours.
  const workflow = may && !isExpired(claims) ? await findWorkflow(c, claims.workflowId) : null;
  const isStranger = workflow === null || strangerRefusal(workflow, reviewer!.limits) !== null;
  const asking = isStranger ? null : await askFormOf(c, workflow, reviewer!, { action: "", csrf: null });
  if (asking === null) return linkPage(c, claims, { ...untouched(null), status: 403 });
  return linkPage(c, claims, await askOnPage(c, claims.workflowId, personId, reviewer!, form));
}
