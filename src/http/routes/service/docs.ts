/** `/openapi.json`, and `/docs`: the same document as one static page without a script. */
import { PAGE_POLICY } from "../../middleware/headers.ts";
import { open, type Route } from "../../kit/route.ts";
import { madeOnce } from "../../../shared/made-once.ts";

/** These routes are part of the document that they show, so they get the route table once it is complete. */
export function documentRoutes(all: () => readonly Route[]): readonly Route[] {
  // Loaded when first asked for: no trigger needs the document.
  const documents = madeOnce(async () => (await import("../../kit/made-documents.ts")).documentsOf(all));
  return [
    open({
      method: "GET",
      path: "/openapi.json",
      docs: {
        summary: "This document",
        group: "service",
        answers: { 200: { says: "OpenAPI 3.1", content: { "application/json": null } } },
      },
      handle: async (c) =>
        c.body(await (await documents()).openApi(c.env.ASSETS), 200, { "Content-Type": "application/json" }),
    }),
    open({
      method: "GET",
      path: "/docs",
      policy: PAGE_POLICY,
      docs: {
        summary: "This document as a page",
        group: "service",
        answers: { 200: { says: "The page", content: { "text/html": null } } },
      },
      handle: async (c) =>
        c.body(await (await documents()).docs(c.env.ASSETS), 200, { "Content-Type": "text/html; charset=UTF-8" }),
    }),
  ];
}
