/**
 * `GET /assets/{name}`: the pages' stylesheet and scripts, under names that change with their content. The Worker holds
 * those of a few kilobytes; a larger one is a static asset, read through its binding for the headers of this answer.
 */
import * as z from "zod";
import { Problem } from "../../api/problems.ts";
import { ASSETS } from "../../ui/assets.ts";
import type { Env } from "../../env.ts";
import { PAGE_POLICY } from "../middleware/headers.ts";
import { open } from "../kit/route.ts";

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
    const asset = await assetAt(`/assets/${params.name}`, c.env);
    if (asset === null) throw new Problem("not_found", "There is no file with this name.");
    return c.body(asset.body, 200, { "Content-Type": asset.type });
  },
});

interface Served {
  readonly type: string;
  readonly body: string | ReadableStream;
}

async function assetAt(path: string, { ASSETS: files }: Env): Promise<Served | null> {
  const found = ASSETS.find((asset) => asset.path === path);
  if (found !== undefined) return found;
  if (!path.startsWith("/assets/import")) return null;
  const { IMPORT_JS } = await import("../../ui/import-assets.ts");
  const { IMPORT_WORKER_PATH } = await import("../../ui/generated/import-bundles.ts");
  if (path === IMPORT_JS.path) return IMPORT_JS;
  if (path !== IMPORT_WORKER_PATH) return null;
  const { body } = await files.fetch(`https://assets.invalid${path}`);
  return body === null ? null : { type: IMPORT_JS.type, body };
}
