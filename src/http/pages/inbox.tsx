/** `/inbox`: open questions, one question, bulk approval with a second look, history, signing in and out. */
import { BulkResultPage, SecondLookPage, type BulkResult } from "../../ui/bulk-page.tsx";
import { HistoryPage } from "../../ui/history-page.tsx";
import { InboxPage } from "../../ui/inbox-page.tsx";
import { SignInPage } from "../../ui/sign-in-page.tsx";
import { ReviewPage } from "../../ui/review-page.tsx";
import { outcomeOf } from "../../review/outcome.ts";
import { mayReview } from "../../review/reviewers.ts";
import { listedReview, type QueueFilter } from "../../storage/review-queue.ts";
import { storageOf } from "../../storage/storage.ts";
import type { QueueCursor } from "../../storage/workflow-log.ts";
import type { Actor } from "../../workflow/review.ts";
import { answerOf, quantityOf, refusedNotice, takenNotice } from "../kit/answer.ts";
import { principalOfKey } from "../auth/authenticate.ts";
import { objectOfWorkflow, settings, type AppContext } from "../kit/context.ts";
import { decodeCursor, encodeCursor } from "../kit/cursor.ts";
import { addressOf, countRequest } from "../auth/limits.ts";
import { historyRow, openRow, parsePick } from "./inbox-rows.ts";
import { closeSession, openSession, sessionOf, type Session } from "../auth/inbox-session.ts";
import { asPage, isFromOurPage, notFromOurPage, page, readForm } from "./page.ts";
import { answerFormOf, loadReview, reviewProps } from "./review-view.ts";
import { takeAnswer, typedIn, untouched, type Shown } from "./take-answer.ts";

const PAGE_ROWS = 50;
/** More at once is no longer a second look. */
const MOST_PICKED = 100;
/** Verdicts under way at once in a bulk approval; each goes to its own item. */
const AT_ONCE = 8;

export function getInbox(c: AppContext): Promise<Response> {
  return withSession(c, async (session) => {
    const filter: QueueFilter = { store: c.req.query("store") ?? "", search: (c.req.query("q") ?? "").trim() };
    const cursor = c.req.query("cursor");
    const after = cursor === undefined ? null : decodeCursor(cursor);
    const { queue } = storageOf(c.env);
    const stores = await queue.stores();
    if (c.req.query("show") === "history") {
      const found = await queue.answered(filter, after, PAGE_ROWS + 1);
      const last = found.length > PAGE_ROWS ? found[PAGE_ROWS - 1] : undefined;
      const next = last === undefined ? null : { expiresAt: last.review?.decidedAt ?? 0, workflowId: last.id };
      return page(
        c,
        <HistoryPage
          rows={found.slice(0, PAGE_ROWS).map(historyRow)}
          stores={stores}
          filter={filter}
          nextHref={nextHref(c, next)}
          session={shown(session)}
        />,
      );
    }
    const now = Date.now();
    const found = await queue.reviews("pending", filter, after, PAGE_ROWS + 1, now);
    const last = found.length > PAGE_ROWS ? found[PAGE_ROWS - 1] : undefined;
    const notice = mayAnswer(c, session) ? null : "You may look, but this key is not on the list of reviewers.";
    return page(
      c,
      <InboxPage
        rows={found.slice(0, PAGE_ROWS).map(openRow)}
        stores={stores}
        filter={filter}
        nextHref={nextHref(c, last ?? null)}
        now={now}
        session={shown(session)}
        notice={notice}
      />,
    );
  });
}

export function getInboxReview(c: AppContext): Promise<Response> {
  return withSession(c, (session) => showReview(c, session, untouched(c.req.query("quantity") ?? null)));
}

export function postInboxReview(c: AppContext): Promise<Response> {
  return withSession(c, async (session) => {
    const form = await readForm(c);
    if (!isOurs(c, session, form)) return notFromOurPage(c);
    const typed = typedIn(form);
    const answer = answerOf(form);
    if (answer.kind === "no_click") return notFromOurPage(c);
    if (answer.kind === "preview") return showReview(c, session, typed);
    if (answer.kind === "bad_quantity") return showReview(c, session, { ...typed, error: answer.message, status: 422 });
    if (!mayAnswer(c, session)) return showReview(c, session, { ...typed, status: 403 });
    const revision = Number(form.get("revision") ?? Number.NaN);
    const answering = {
      workflowId: c.req.param("workflow_id") ?? "",
      revision: Number.isInteger(revision) ? revision : null,
      actor: actorOf(session),
    };
    return showReview(c, session, await takeAnswer(c, answering, answer, typed));
  });
}

/** The first step shows once more what was ticked; only the second decides, each question as it was seen. */
export function postBulkApproval(c: AppContext): Promise<Response> {
  return withSession(c, async (session) => {
    const form = await readForm(c);
    if (!isOurs(c, session, form) || !mayAnswer(c, session)) return notFromOurPage(c);
    const picks = form.getAll("pick").slice(0, MOST_PICKED).flatMap(parsePick);
    if (picks.length === 0) return c.redirect("/inbox", 303);
    if (form.get("step") !== "confirm") {
      const listed = await inBatches(picks, async ([workflowId, revision]) => {
        const workflow = await objectOfWorkflow(c, workflowId).read(workflowId);
        return workflow !== null && workflow.revision === revision && outcomeOf(workflow, Date.now()) === null
          ? listedReview(workflow)
          : null;
      });
      const rows = listed.filter((review) => review !== null).map(openRow);
      if (rows.length === 0) return c.redirect("/inbox", 303);
      return page(c, <SecondLookPage rows={rows} session={shown(session)} />);
    }
    const results = await inBatches(picks, ([workflowId, revision]) => approve(c, session, workflowId, revision));
    return page(c, <BulkResultPage results={results} session={shown(session)} />);
  });
}

export function postSignIn(c: AppContext): Promise<Response> {
  return asPage(c, async () => {
    if (!isFromOurPage(c)) return notFromOurPage(c);
    const form = await readForm(c);
    const next = localPath(form.get("next"));
    const principal = await principalOfKey(c, (form.get("key") ?? "").trim());
    if (principal === null) await countRequest(c, "failures", addressOf(c));
    if (principal === null || !principal.scopes.has("review")) {
      return page(c, <SignInPage error="This key is not known, has ended, or may not review." next={next} />, 401);
    }
    await openSession(c, principal);
    return c.redirect(next, 303);
  });
}

export function postSignOut(c: AppContext): Promise<Response> {
  return withSession(c, async (session) => {
    const form = await readForm(c);
    if (!isOurs(c, session, form)) return notFromOurPage(c);
    closeSession(c);
    return c.redirect("/inbox", 303);
  });
}

/** Shows the sign-in page to those who are not signed in, and comes back to where they were going. */
export function withSession(c: AppContext, show: (session: Session) => Promise<Response>): Promise<Response> {
  return asPage(c, async () => {
    const session = await sessionOf(c);
    if (session !== null) return show(session);
    const { pathname, search } = new URL(c.req.url);
    return page(
      c,
      <SignInPage error={null} next={localPath(c.req.method === "GET" ? `${pathname}${search}` : null)} />,
      401,
    );
  });
}

export function shown(session: Session): { name: string; csrf: string } {
  return { name: session.principal.name, csrf: session.csrf };
}

async function showReview(c: AppContext, session: Session, now: Shown): Promise<Response> {
  const config = settings(c);
  const loaded = await loadReview(c, c.req.param("workflow_id") ?? "", quantityOf(now.typed), config);
  const props = reviewProps(loaded, config, Date.now());
  const may = mayAnswer(c, session);
  const answerer = { action: new URL(c.req.url).pathname, csrf: session.csrf, as: session.principal.name };
  const form = props.outcome === null && may ? answerFormOf(loaded, now, config, answerer) : null;
  const whyNot = props.outcome === null && !may ? "You may look, but this key is not on the list of reviewers." : null;
  return page(
    c,
    <ReviewPage {...props} form={form} whyNot={whyNot} notice={now.notice} session={shown(session)} />,
    now.status,
  );
}

/** One of several: whatever happens to it, the others are still approved and reported. */
async function approve(c: AppContext, session: Session, workflowId: string, revision: number): Promise<BulkResult> {
  try {
    const answer = await objectOfWorkflow(c, workflowId).decide(workflowId, {
      kind: "approve",
      quantity: null,
      comment: null,
      revision,
      actor: actorOf(session),
    });
    if (answer === null) return unknownResult(workflowId, "is no longer kept");
    const { workflow, refusal } = answer;
    const { title, text } = refusal === null ? takenNotice(workflow) : refusedNotice(workflow, refusal, Date.now());
    return {
      productId: workflow.productId,
      storeId: workflow.storeId,
      workflowId,
      ok: refusal === null,
      text: refusal === null ? text : `${title}. ${text}`,
    };
  } catch {
    return unknownResult(workflowId, "could not be reached; open it to see whether your answer was taken");
  }
}

function unknownResult(workflowId: string, text: string): BulkResult {
  return { productId: "one question", storeId: "an item", workflowId, ok: false, text };
}

function actorOf({ principal }: Session): Actor {
  return { principal: `key:${principal.keyId}`, label: principal.name, channel: "inbox" };
}

function mayAnswer(c: AppContext, { principal }: Session): boolean {
  return mayReview(settings(c), [principal.keyId, principal.name]);
}

function isOurs(c: AppContext, session: Session, form: URLSearchParams): boolean {
  return isFromOurPage(c) && form.get("csrf") === session.csrf;
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return results;
}

function nextHref(c: AppContext, next: QueueCursor | null): string | null {
  if (next === null) return null;
  const query = new URLSearchParams(c.req.query());
  query.set("cursor", encodeCursor(next));
  return `/inbox?${query.toString()}`;
}

/** Only ever back into this site: a path of the inbox or an item. */
function localPath(path: string | null): string {
  return path !== null && /^\/(inbox|items)([/?]|$)/.test(path) ? path : "/inbox";
}
