/**
 * What every page answers alike: HTML, forms that were really sent from our own pages, and errors that people can read.
 */
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { renderPage } from "../../ui/page-layout.tsx";
import { MessagePage } from "../../ui/message-page.tsx";
import { isLoopbackUrl } from "../../config/outgoing-url.ts";
import { asProblem } from "../kit/as-problem.ts";
import { readText, requireType } from "../kit/request/body.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { problemHeaders, PROBLEMS } from "../../api/problems.ts";
import { PAGE_POLICY } from "../middleware/headers.ts";
import { noteError } from "../kit/request-log.ts";

/** A quantity for each line of a long order, or for each of a hundred questions, and a comment. */
const FORM_LIMIT = 128 * 1_024;

/** With the pages' policy, whichever route answers: under the one for programs a page has no style. */
export function page(c: AppContext, content: unknown, status: ContentfulStatusCode = 200): Response {
  c.set("policy", PAGE_POLICY);
  return c.html(renderPage(content), status);
}

/**
 * Where a page's form posts to: the page itself, at an address of its own. At the same one a browser that cannot send
 * the form would put its error page in the page's place, and Back would not lead to what was typed.
 */
export function postsTo(c: AppContext): string {
  return `${new URL(c.req.url).pathname}?`;
}

export async function readForm(c: AppContext): Promise<URLSearchParams> {
  requireType(c, ["application/x-www-form-urlencoded"]);
  return new URLSearchParams(await readText(c, FORM_LIMIT));
}

/**
 * Stricter than Hono's `csrf`, which takes a request when either of the two headers is right; here neither may be
 * wrong. True when a browser says that one of our own pages sent this: by `Sec-Fetch-Site`, or by `Origin` where a
 * browser is too old or the connection too plain for the former. A client that sends neither is not one of our pages.
 */
export function isFromOurPage(c: AppContext): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  const origin = c.req.header("Origin");
  const isOurs = origin !== undefined && ownOrigins(c).has(canonicalOrigin(origin));
  if (site !== undefined) return site === "same-origin" && (origin === undefined || origin === "null" || isOurs);
  return isOurs;
}

/** `PUBLIC_URL` and the origin that was asked; on a machine of one's own `localhost` and `127.0.0.1` are one. */
function ownOrigins(c: AppContext): Set<string> {
  const { publicUrl } = settings(c);
  return new Set(
    [new URL(c.req.url).origin, ...(publicUrl === null ? [] : [new URL(publicUrl).origin])].map(canonicalOrigin),
  );
}

function canonicalOrigin(origin: string): string {
  if (!isLoopbackUrl(origin)) return origin;
  const { protocol, port } = new URL(origin);
  return `${protocol}//localhost:${port}`;
}

/** The same for what does not exist and what may not be seen. */
const NOT_HERE = "There is nothing here, or it belongs to a store that is not yours.";

/** Turns errors into pages with the headers of their problem: a person who followed a link should not see JSON. */
export async function asPage(c: AppContext, show: () => Promise<Response>): Promise<Response> {
  try {
    return await show();
  } catch (error) {
    const problem = asProblem(error as Error);
    noteError(c, error, problem.code);
    const { status, title } = PROBLEMS[problem.code];
    for (const [name, value] of Object.entries(problemHeaders(problem))) c.header(name, value);
    const fate = [
      "If you were answering, open the page again to see whether your answer was taken.",
      `Request ${c.get("requestId")}`,
    ];
    const said = problem.code === "not_found" ? NOT_HERE : problem.message;
    return page(c, MessagePage({ title, lines: [said, ...(status >= 500 ? fate : [])] }), status);
  }
}

export function notFromOurPage(c: AppContext): Response {
  return page(
    c,
    MessagePage({
      title: "Nothing was decided",
      lines: [
        "This answer did not come from a click on the page itself.",
        "Open the link again in a browser and answer there.",
      ],
    }),
    403,
  );
}

/** For a browser at an address that no route matches. */
export function noSuchPage(c: AppContext): Response {
  return page(
    c,
    MessagePage({
      title: "There is no such page",
      lines: ["The address may have been cut off or mistyped."],
    }),
    404,
  );
}
