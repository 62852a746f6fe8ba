/**
 * The schemas of the tools' inputs for assistants, by the tool's name. Made by zod; in the build that is uploaded, the
 * result is in their place (`scripts/lib/build/made-at-build.ts`).
 */
import * as z from "zod";
import { TOOLS } from "./tools.ts";

export function inputJsonSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  return Object.fromEntries(TOOLS.map(({ name, input }) => [name, z.toJSONSchema(input, { io: "input" })]));
}
