/** Questions to people: the queue, the verdict, a link for one person, a later deadline. */
import { ReviewLinkAnswer, ReviewsAnswer, WorkflowAnswer } from "../../api/responses.ts";
import { ExtendBody, LinkBody, postExtend, postReviewLink } from "./review-links.ts";
import { getReviews } from "./reviews.ts";
import { ReviewsQuery, VerdictBody } from "../../api/requests.ts";
import { postApproval } from "./workflows.ts";
import { json, type Route } from "../kit/route.ts";

export const REVIEW_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/approve/:workflow_id",
    scope: "review",
    handle: postApproval,
    docs: {
      summary: "Approve, reject or modify what is recommended",
      group: "reviews",
      body: json(VerdictBody),
      answers: { 200: { says: "Decided, or the first of several approvals", content: json(WorkflowAnswer) } },
      problems: ["not_found", "already_decided", "revision_changed", "expired", "superseded", "not_awaiting_review"],
    },
  },
  {
    method: "GET",
    path: "/reviews",
    scope: "read",
    handle: getReviews,
    docs: {
      summary: "The review queue, earliest deadline first",
      group: "reviews",
      query: ReviewsQuery,
      answers: { 200: { says: "A page of reviews", content: json(ReviewsAnswer) } },
    },
  },
  {
    method: "POST",
    path: "/reviews/:workflow_id/link",
    scope: "admin",
    handle: postReviewLink,
    docs: {
      summary: "A review link for one person",
      group: "reviews",
      body: json(LinkBody),
      answers: { 201: { says: "Made", content: json(ReviewLinkAnswer) } },
      problems: ["not_found", "already_decided", "expired", "superseded", "not_awaiting_review"],
    },
  },
  {
    method: "POST",
    path: "/reviews/:workflow_id/extend",
    scope: "review",
    handle: postExtend,
    docs: {
      summary: "Put the deadline off",
      group: "reviews",
      body: json(ExtendBody),
      answers: { 200: { says: "The workflow with its new deadline", content: json(WorkflowAnswer) } },
      problems: ["not_found", "already_decided", "expired", "superseded", "not_awaiting_review"],
    },
  },
];
