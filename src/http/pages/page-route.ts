/**
 * Makes the route of a page: an HTML answer with the pages' content policy, errors included. Open, because each page
 * checks for itself who is asking: by a signed link or by the inbox's session.
 */
import type * as z from "zod";
import type { ProblemCode } from "../../api/problems.ts";
import type { AppContext } from "../kit/context.ts";
import { open, type Asked, type Content, type Route } from "../kit/route.ts";
import { PAGE_POLICY } from "../middleware/headers.ts";
import { asPage } from "./page.ts";

export const HTML: Content<never> = { "text/html": null };
export const FORM: Content<never> = { "application/x-www-form-urlencoded": null };
/** Errors that are shown as pages too. */
const PAGE_PROBLEMS: readonly ProblemCode[] = ["unauthorized", "forbidden", "not_found", "rate_limited"];
/** Of a form: what was answered meanwhile. */
const FORM_PROBLEMS: readonly ProblemCode[] = [...PAGE_PROBLEMS, "already_decided", "revision_changed"];

type NoParameters = z.ZodObject<Record<never, never>>;

interface PageRoute<P extends z.ZodObject, Q extends z.ZodObject> {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly summary: string;
  readonly params?: P;
  /** Lenient: extra parameters that a browser or bookmark adds do not hide the page. */
  readonly query?: Q;
  /** Media types of a file that the page offers. */
  readonly files?: Content<never>;
  readonly handle: (c: AppContext, asked: Asked<P, Q, NoParameters>) => Promise<Response>;
}

export function pageRoute<P extends z.ZodObject = NoParameters, Q extends z.ZodObject = NoParameters>({
  summary,
  files,
  handle,
  ...declared
}: PageRoute<P, Q>): Route {
  const isForm = declared.method === "POST";
  return open<P, Q>({
    ...declared,
    policy: PAGE_POLICY,
    docs: {
      summary,
      group: "pages",
      ...(isForm ? { body: FORM } : {}),
      answers: {
        200: { says: "The page", content: { ...HTML, ...files } },
        ...(isForm ? { 303: { says: "The page to go on with" } } : {}),
      },
      problems: isForm ? FORM_PROBLEMS : PAGE_PROBLEMS,
    },
    handle: (c, asked) => asPage(c, () => handle(c, asked)),
  });
}
