/** While settings are missing or wrong, every path answers 503 and names the settings to fix. */
import { isLoopbackUrl } from "../../config/outgoing-url.ts";
import { settingsOf, unfitFor } from "../../config/settings.ts";
import type { AppContext } from "../kit/context.ts";
import { Problem } from "../../api/problems.ts";

/** Environments whose weak secrets are logged already: one line, not one a request. */
const told = new WeakSet<object>();

export function refuseMisconfigured(c: AppContext): void {
  const parsed = settingsOf(c.env);
  const problems = unfitFor(parsed, () => isLoopbackUrl(c.req.url));
  if (problems.length === 0) return;
  const named = problems.map(({ setting, message }) => `${setting} ${message}`);
  // Settings that do not parse are logged where the logger itself is made.
  if (parsed.ok && !told.has(c.env)) c.get("log").error("misconfigured", { settings: named });
  told.add(c.env);
  throw new Problem("misconfigured", `Settings to fix: ${named.join("; ")}.`, {
    errors: problems.map(({ setting, message }) => ({ pointer: setting, message })),
  });
}
