/** The pages' stylesheet and scripts. Their names change with their content, so they may be kept for ever. */
import { ASSETS } from "../pages/assets.ts";
import type { AppContext } from "./context.ts";
import { Problem } from "./problem.ts";

const FOR_EVER = "public, max-age=31536000, immutable";

export function getAsset(c: AppContext): Response {
  const asset = ASSETS.find(({ path }) => path === c.req.path);
  if (asset === undefined) throw new Problem("not_found", "There is no such file.");
  return c.body(asset.body, 200, { "Content-Type": asset.type, "Cache-Control": FOR_EVER });
}
