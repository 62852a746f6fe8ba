/**
 * The schema of a model's answer for the model's server. Made by zod itself; in the build that is uploaded, its result
 * is in its place (`scripts/lib/build/made-at-build.ts`).
 */
import * as z from "zod";
import { replySchema } from "./reply-schema.ts";

export function replyJsonSchema(): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(replySchema());
  return schema;
}
