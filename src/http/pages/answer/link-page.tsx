/** The page of a review link, as its holder may see and use it. */
import type { Settings } from "../../../config/settings.ts";
import type { LinkClaims } from "../../../review/links.ts";
import { linkExpiry, reviewUrl, signingSecrets } from "../../../review/review-url.ts";
import { SLACK_LINK_RECIPIENT } from "../../../review/slack/slack-link.ts";
import { ReviewPage, type ReviewPageProps } from "../../../ui/review/review-page.tsx";
import { strangerRefusal } from "../../../workflow/asking/reviewer-limits.ts";
import type { Workflow } from "../../../workflow/types/workflow.ts";
import { linkReviewer, mayAnswer, type Reviewer } from "../../auth/reviewer.ts";
import { rosterOf } from "../../auth/roster.ts";
import { originOf, settings, type AppContext } from "../../kit/context.ts";
import type { VerdictReply } from "../../kit/verdict/verdict-reply.ts";
import { page, postsTo } from "../page.ts";
import { answerFormOf, loadReview, reviewProps, type LoadedReview } from "../review-view.ts";
import { askFormOf } from "./ask-on-page.ts";
import { afterLinkAnswer, isExpired, leadsOn } from "./link-leads.ts";
import type { Shown } from "./take-answer.ts";

export const CHANGED: VerdictReply = {
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

export async function linkPage(c: AppContext, claims: LinkClaims, shown: Shown): Promise<Response> {
  const config = settings(c);
  const loaded = await loadReview(c, claims.workflowId, shown.typed, config);
  const props = reviewProps(loaded, config, Date.now(), "link");
  const reviewer = await linkReviewer(c, claims.recipient);
  const isOpen = props.outcome === null;
  const mayLead = leadsOn(claims, reviewer, config, props.now);
  const changed = isOpen && loaded.workflow.revision !== claims.revision;
  const isOver = isOpen && isExpired(claims);
  const moved = shown.moved ?? ((changed || isOver) && mayLead ? loaded.workflow : null);
  const newer = props.newer !== null && mayLead ? loaded.present : null;
  const answering = isOpen ? await answeringOf(c, { claims, reviewer, loaded, changed, shown }) : NO_ANSWER;
  return page(
    c,
    <ReviewPage
      {...props}
      {...answering}
      notice={shown.notice ?? (changed ? CHANGED : isOver && mayLead ? LINK_OVER : null)}
      freshUrl={moved === null ? null : await freshLink(c, claims, moved)}
      newerUrl={newer === null ? null : await freshLink(c, claims, newer)}
      after={isOpen && shown.isAnswered !== true ? null : await afterLinkAnswer(c, claims, reviewer, loaded)}
    />,
    shown.status,
  );
}

const NO_ANSWER = { form: null, ask: null, linkOf: null, whyNot: null } as const;

interface Answering {
  readonly claims: LinkClaims;
  readonly reviewer: Reviewer | null;
  readonly loaded: LoadedReview;
  /** The link was made for an earlier revision. */
  readonly changed: boolean;
  readonly shown: Shown;
}

/** What an open question lets the holder do: answer, ask a colleague, have a link of their own mailed. */
async function answeringOf(
  c: AppContext,
  { claims, reviewer, loaded, changed, shown }: Answering,
): Promise<Pick<ReviewPageProps, "form" | "ask" | "linkOf" | "whyNot">> {
  const config = settings(c);
  const as =
    claims.recipient === SLACK_LINK_RECIPIENT ? "the Slack channel" : (reviewer?.actor.label ?? claims.recipient);
  const action = postsTo(c);
  const mayMail = config.email !== null && !(await rosterOf(c.env)).isEmpty;
  const linkOf = mayMail ? { name: as, action } : null;
  const whyNot = changed ? null : whyNotAnswer(claims, reviewer, loaded.workflow, config);
  if (changed || whyNot !== null) return { form: null, ask: null, linkOf, whyNot };
  const form = answerFormOf(loaded, shown, config, { action, csrf: null, as, reviewer });
  const ask = reviewer === null ? null : await askFormOf(c, loaded.workflow, reviewer, { ...form, csrf: null });
  return { form, ask, linkOf, whyNot };
}

/** Why this reader may look but not answer; null when they may. */
function whyNotAnswer(
  claims: LinkClaims,
  reviewer: Reviewer | null,
  workflow: Workflow,
  config: Settings,
): string | null {
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
export function freshLink(c: AppContext, claims: LinkClaims, { id, revision, review }: Workflow): Promise<string> {
  const config = settings(c);
  const expiresAt = linkExpiry(review?.expiresAt ?? Date.now(), config);
  return reviewUrl(originOf(c), { ...claims, workflowId: id, revision, expiresAt }, signingSecrets(config));
}
