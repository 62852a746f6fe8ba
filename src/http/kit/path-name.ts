/** A name that stands in the path. */
import { name } from "../../api/fields.ts";
import { Problem } from "../../api/problems.ts";
import type { AppContext } from "./context.ts";

export function nameInPath(c: AppContext, parameter: string): string {
  const parsed = name.safeParse(c.req.param(parameter));
  if (parsed.success) return parsed.data;
  throw new Problem("validation_failed", "The name in the path is not valid.", {
    errors: [{ pointer: parameter, message: parsed.error.issues[0]!.message }],
  });
}
