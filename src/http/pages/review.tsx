/**
 * `GET` and `POST /review/{token}`. GET and HEAD change nothing (I11). A POST acts only when a browser says that our own
 * page sent it and a button's value came with it; the verdict binds to the link's workflow and revision (I5).
 */
import { MessagePage } from "../../ui/message-page.tsx";
import { ReviewPage } from "../../ui/review-page.tsx";
import { verifyLink, type LinkClaims } from "../../review/links.ts";
import { linkExpiry, reviewUrl, signingSecrets } from "../../review/review-url.ts";
import { mayReview } from "../../review/reviewers.ts";
import { SLACK_LINK_RECIPIENT } from "../../review/slack/slack-channel.ts";
import type { Settings } from "../../config/settings.ts";
import type { Workflow } from "../../workflow/types.ts";
import { answerOf, linkActor, quantityOf, type Notice } from "../kit/answer.ts";
import { originOf, settings, type AppContext } from "../kit/context.ts";
import { asPage, isFromOurPage, notFromOurPage, page, readForm } from "./page.ts";
import { answerFormOf, loadReview, reviewProps } from "./review-view.ts";
import { takeAnswer, typedIn, untouched, type Shown } from "./take-answer.ts";

export function getReviewPage(c: AppContext): Promise<Response> {
  return asPage(c, async () => {
    const claims = await claimsOf(c);
    return claims === null ? wrongLink(c) : show(c, claims, untouched(c.req.query("quantity") ?? null));
  });
}

export function postReviewPage(c: AppContext): Promise<Response> {
  return asPage(c, async () => {
    const claims = await claimsOf(c);
    if (claims === null) return wrongLink(c);
    if (!isFromOurPage(c)) return notFromOurPage(c);
    const form = await readForm(c);
    const typed = typedIn(form);
    const answer = answerOf(form);
    if (answer.kind === "no_click") return notFromOurPage(c);
    if (answer.kind === "preview") return show(c, claims, typed);
    if (answer.kind === "bad_quantity") return show(c, claims, { ...typed, error: answer.message, status: 422 });
    if (claims.purpose !== "decide" || !mayReview(settings(c), [claims.recipient]))
      return show(c, claims, { ...typed, status: 403 });
    if (isExpired(claims)) return show(c, claims, { ...typed, notice: TOO_LATE, status: 409 });
    // The form of a page that was left open may be of another revision than the link; neither may stand for the other.
    const seen = form.get("revision");
    if (seen !== null && seen !== String(claims.revision))
      return show(c, claims, { ...typed, notice: CHANGED, status: 409 });
    const { workflowId, revision, recipient } = claims;
    return show(c, claims, await takeAnswer(c, { workflowId, revision, actor: linkActor(recipient) }, answer, typed));
  });
}

const CHANGED: Notice = {
  tone: "amber",
  title: "The question has changed",
  text: "This link was made for an earlier question and decides nothing. Below is what is asked now; answer by the newest message.",
};

const TOO_LATE: Notice = {
  tone: "amber",
  title: "The deadline has passed",
  text: "Your answer came too late and changed nothing.",
};

async function show(c: AppContext, claims: LinkClaims, shown: Shown): Promise<Response> {
  const config = settings(c);
  const now = Date.now();
  const tried = quantityOf(shown.typed);
  const loaded = await loadReview(c, claims.workflowId, tried, config);
  const props = reviewProps(loaded, config, now);
  const changed = loaded.workflow.revision !== claims.revision && props.outcome === null;
  const whyNot = props.outcome === null ? whyNotAnswer(claims, changed, config) : null;
  const notice = shown.notice ?? (changed ? CHANGED : null);
  const as = claims.recipient === SLACK_LINK_RECIPIENT ? "the Slack channel" : claims.recipient;
  const mayAnswer = props.outcome === null && whyNot === null && !changed;
  const form = mayAnswer
    ? answerFormOf(loaded, shown, config, { action: new URL(c.req.url).pathname, csrf: null, as })
    : null;
  const freshUrl = shown.moved === undefined ? null : await freshLink(c, claims, shown.moved);
  return page(
    c,
    <ReviewPage {...props} form={form} whyNot={whyNot} notice={notice} freshUrl={freshUrl} />,
    shown.status,
  );
}

/** Why this reader may look but not answer; null when they may. */
function whyNotAnswer(claims: LinkClaims, changed: boolean, config: Settings): string | null {
  if (changed) return null;
  if (claims.purpose === "look")
    return "This link shows the question but does not answer it. Answer with the buttons in Slack, or sign in to the inbox.";
  if (isExpired(claims)) return "This link has ended. Sign in to the inbox to answer.";
  if (!mayReview(config, [claims.recipient]))
    return "Only listed reviewers may answer, and this link's holder is not one of them.";
  return null;
}

async function claimsOf(c: AppContext): Promise<LinkClaims | null> {
  const verified = await verifyLink(c.req.param("token") ?? "", signingSecrets(settings(c)), Date.now());
  return verified.ok ? verified.claims : null;
}

function isExpired(claims: LinkClaims): boolean {
  return Date.now() >= claims.expiresAt;
}

/** For the person who just answered a question that had moved: the same person's link to the new one. */
function freshLink(c: AppContext, claims: LinkClaims, { revision, review }: Workflow): Promise<string> {
  const config = settings(c);
  const expiresAt = linkExpiry(review?.expiresAt ?? Date.now(), config);
  return reviewUrl(originOf(c), { ...claims, revision, expiresAt }, signingSecrets(config));
}

function wrongLink(c: AppContext): Response {
  return page(
    c,
    <MessagePage
      title="This link does not work"
      lines={[
        "It may have been cut off when it was copied, or its key has been retired.",
        "Open the newest message about the item, or look in the inbox.",
      ]}
    />,
    404,
  );
}
