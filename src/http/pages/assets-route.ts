/**
 * `GET /assets/{name}`: the pages' stylesheet and scripts, a few kilobytes, under names that change with their content.
 */
import * as z from "zod";
import { Problem } from "../../api/problems.ts";
import { ASSETS, type Asset } from "../../ui/assets.ts";
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
    const asset = await assetAt(`/assets/${params.name}`);
    if (asset === undefined) throw new Problem("not_found", "There is no file with this name.");
    return c.body(asset.body, 200, { "Content-Type": asset.type });
  },
});

async function assetAt(path: string): Promise<Asset | undefined> {
  const found = ASSETS.find((asset) => asset.path === path);
  if (found !== undefined || !path.startsWith("/assets/import")) return found;
  const { IMPORT_ASSETS } = await import("../../ui/import-assets.ts");
  return IMPORT_ASSETS.find((asset) => asset.path === path);
}
