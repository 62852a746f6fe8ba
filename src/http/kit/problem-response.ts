/** Answers a problem as `application/problem+json`. */
import { PROBLEMS, problemBody, problemHeaders, type Problem } from "../../api/problems.ts";
import type { AppContext } from "./context.ts";

export function problemResponse(c: AppContext, problem: Problem): Response {
  const headers = { "Content-Type": "application/problem+json", ...problemHeaders(problem) };
  const body = problemBody(problem, new URL(c.req.url).pathname, c.get("requestId"));
  return c.body(JSON.stringify(body), PROBLEMS[problem.code].status, headers);
}
