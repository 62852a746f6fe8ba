import { accepts } from "hono/accepts";
import type { AppContext } from "./context.ts";

/** The media type that `Accept` likes best, by its weights; the first one when it does not say. */
export function preferredType<Type extends string>(c: AppContext, supports: readonly [Type, ...Type[]]): Type {
  c.header("Vary", "Accept", { append: true });
  const [usual] = supports;
  return accepts(c, { header: "Accept", supports: [...supports], default: usual }) as Type;
}
