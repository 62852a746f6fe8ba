/** The pages' stylesheet and scripts: a few kilobytes, under names that change with their content. */
import { ASSETS } from "../../ui/assets.ts";
import type { AppContext } from "../kit/context.ts";
import { Problem } from "../../api/problems.ts";

export function getAsset(c: AppContext): Response {
  const asset = ASSETS.find(({ path }) => path === c.req.path);
  if (asset === undefined) throw new Problem("not_found", "There is no such file.");
  return c.body(asset.body, 200, { "Content-Type": asset.type });
}
