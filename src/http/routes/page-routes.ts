/**
 * Pages for people, and what their forms and Slack's buttons send. Open here, because each checks for itself who is
 * asking: a signed link, Slack's signature, the inbox's session.
 */
import * as z from "zod";
import { getAsset } from "../pages/serve-assets.ts";
import { PAGE_POLICY } from "../middleware/headers.ts";
import {
  getInbox,
  getInboxReview,
  postBulkApproval,
  postInboxReview,
  postSignIn,
  postSignOut,
} from "../pages/inbox.tsx";
import { getItemPage } from "../pages/item.tsx";
import type { ProblemCode } from "../../api/problems.ts";
import { getReviewPage, postReviewPage } from "../pages/review.tsx";
import type { Content, OpenRoute } from "../kit/route.ts";
import { postSlackActions } from "../slack/slack-actions.ts";

const HTML: Content = { "text/html": null };
const FORM: Content = { "application/x-www-form-urlencoded": null };
/** Answered as pages, too. */
const PAGE_PROBLEMS: readonly ProblemCode[] = ["unauthorized", "forbidden", "not_found"];

const InboxQuery = z.object({
  show: z.literal("history").optional(),
  store: z.string().optional(),
  q: z.string().optional(),
  cursor: z.string().optional(),
});
const TypedQuery = z.object({
  quantity: z.string().optional().describe("Shows the item as it would stand with this quantity"),
});

export const PAGE_ROUTES: readonly OpenRoute[] = [
  page("GET", "/review/:token", getReviewPage, "The question that a link asks; looking decides nothing", {
    query: TypedQuery,
  }),
  page("POST", "/review/:token", postReviewPage, "The answer to it: decision, quantity, comment, revision", {
    body: FORM,
  }),
  page("GET", "/inbox", getInbox, "Open questions, or what was answered", { query: InboxQuery }),
  page("POST", "/inbox/sign-in", postSignIn, "Exchange a key for a session", { body: FORM }),
  page("POST", "/inbox/sign-out", postSignOut, "End the session", { body: FORM }),
  page("POST", "/inbox/approve", postBulkApproval, "Approve several questions after a second look", { body: FORM }),
  page("GET", "/inbox/reviews/:workflow_id", getInboxReview, "One question", { query: TypedQuery }),
  page("POST", "/inbox/reviews/:workflow_id", postInboxReview, "The answer to it", { body: FORM }),
  page("GET", "/items/:store_id/:product_id", getItemPage, "The page of an item", {}),
  {
    method: "GET",
    path: "/assets/:name",
    scope: "open",
    handle: getAsset,
    docs: {
      summary: "Stylesheet and scripts of the pages",
      group: "pages",
      answers: { 200: { says: "The file", content: { "text/css": null, "text/javascript": null } } },
      problems: ["not_found"],
    },
  },
  {
    method: "POST",
    path: "/slack/actions",
    scope: "open",
    handle: postSlackActions,
    docs: {
      summary: "Slack's buttons and dialogs, signed by Slack",
      group: "pages",
      body: FORM,
      answers: { 200: { says: "Taken", content: { "application/json": null } } },
      problems: ["unauthorized", "not_found"],
    },
  },
];

function page(
  method: "GET" | "POST",
  path: string,
  handle: OpenRoute["handle"],
  summary: string,
  { query, body }: { query?: z.ZodObject; body?: Content },
): OpenRoute {
  return {
    method,
    path,
    scope: "open",
    handle,
    policy: PAGE_POLICY,
    docs: {
      summary,
      group: "pages",
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body }),
      answers: { 200: { says: "The page", content: HTML } },
      problems: PAGE_PROBLEMS,
    },
  };
}
