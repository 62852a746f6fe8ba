/**
 * `GET /assets/{name}`: the pages' stylesheet and scripts, under names that change with their content. They are static
 * assets, read through their binding for the headers of this answer.
 */
import * as z from "zod";
import { Problem } from "../../api/problems.ts";
import { PAGE_POLICY } from "../middleware/headers.ts";
import { open } from "../kit/route.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

export const getAsset = open({
  method: "GET",
  path: "/assets/:name",
  // A worker obeys the policy of its own file, and the one of /import asks this server.
  policy: PAGE_POLICY,
  params: z.object({ name: z.string() }),
  docs: {
    summary: "Stylesheet and scripts of the pages",
    group: "pages",
    answers: { 200: { says: "The file", content: { "text/css": null, "text/javascript": null } } },
    problems: ["not_found"],
  },
  async handle(c, { params }) {
    const type = TYPES[params.name.slice(params.name.lastIndexOf("."))];
    const address = `https://assets.invalid/assets/${encodeURIComponent(params.name)}`;
    const found = type === undefined ? null : await c.env.ASSETS.fetch(address);
    if (type === undefined || found?.status !== 200 || found.body === null)
      throw new Problem("not_found", "There is no file with this name.");
    return c.body(found.body, 200, { "Content-Type": type });
  },
});
