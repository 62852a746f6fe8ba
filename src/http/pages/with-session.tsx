/** Pages for those who are signed in: the sign-in page for everybody else, and what a form of a session must carry. */
import { SignInPage } from "../../ui/sign-in-page.tsx";
import { HOME } from "../auth/one-time-link.ts";
import { holdsToken, sessionOf, type Session } from "../auth/inbox-session.ts";
import { refuseOtherStore } from "../auth/store-bounds.ts";
import { askedOf } from "../kit/request/parameters.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { keyReviewer, mayAnswer, personReviewer, type Reviewer } from "../auth/reviewer.ts";
import { isFromOurPage, page, readForm } from "./page.ts";

/** Fields whose text is shown again to somebody who had to sign in first: of a question, and of an order. */
const TYPED = /^(quantity$|comment$|add_product$|add_quantity$|[qr]:)/;
/** The longest comment in any script fits; a form with more in it leads to its page alone. */
const MOST_CHARACTERS = 6_000;

/** Shows the sign-in page to those who are not signed in, and comes back to where they were going. */
export async function withSession(c: AppContext, show: (session: Session) => Promise<Response>): Promise<Response> {
  const session = await sessionOf(c);
  if (session !== null) {
    await refuseOtherStore(c, session.principal, askedOf(c));
    return show(session);
  }
  const isOver = c.req.method === "POST";
  const byMail = settings(c).email !== null;
  return page(c, <SignInPage isOver={isOver} error={null} next={await cameFrom(c, isOver)} byMail={byMail} />, 401);
}

/** The page that was asked for, or the one whose form was sent, with what was typed in it. */
async function cameFrom(c: AppContext, isForm: boolean): Promise<string> {
  const from = isForm ? c.req.header("Referer") : c.req.url;
  if (from === undefined || !URL.canParse(from)) return HOME;
  const { pathname, search } = new URL(from);
  if (!isForm) return localPath(`${pathname}${search}`);
  const query = new URLSearchParams(search);
  const form = await readForm(c).catch(() => new URLSearchParams());
  for (const [name, text] of form) if (TYPED.test(name) && text !== "") query.set(name, text);
  const path = `${pathname}${query.size === 0 ? "" : `?${query.toString()}`}`;
  return localPath(path.length > MOST_CHARACTERS ? pathname : path);
}

export function shown(session: Session): { name: string; csrf: string } {
  return { name: session.principal.name, csrf: session.csrf };
}

/** True when the form comes from one of our own pages and belongs to this session. */
export function isOurs(c: AppContext, session: Session, form: URLSearchParams): boolean {
  return isFromOurPage(c) && holdsToken(session, form.get("csrf"));
}

export function reviewerOf({ principal }: Session): Reviewer {
  return principal.person === undefined ? keyReviewer(principal, "inbox") : personReviewer(principal.person, "inbox");
}

export const LOOK_ONLY = "You may look, but this key is not on the list of reviewers.";

export function mayReviewHere(c: AppContext, session: Session): boolean {
  return mayAnswer(settings(c), reviewerOf(session));
}

/** Characters that a `Location` header must not hold. */
const HEADER_BREAKING = /[^\x20-\x7e]/;

/** Redirects only within this site: to a path of one of our pages. */
export function localPath(path: string | null): string {
  return path !== null &&
    /^\/((inbox|items|import|orders|stores|decisions)([/?]|$)|$)/.test(path) &&
    !HEADER_BREAKING.test(path)
    ? path
    : HOME;
}
