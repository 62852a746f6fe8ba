/** A Worker that is not configured does nothing: every path, known or not, says which settings are to be mended. */
import type { MiddlewareHandler } from "hono";
import { isLoopbackUrl, settingsOf, unfitFor, type SettingProblem } from "../settings.ts";
import type { AppTypes } from "./context.ts";
import { Problem } from "./problem.ts";

/** Environments whose state the log has been told of: one line, not one a request. */
const told = new WeakSet<object>();

export function refuseMisconfigured(): MiddlewareHandler<AppTypes> {
  return async function wantsSettings(c, next) {
    const problems = unfitFor(settingsOf(c.env), isLoopbackUrl(c.req.url));
    if (problems.length > 0) throw misconfigured(c.env, problems);
    await next();
  };
}

function misconfigured(env: object, problems: readonly SettingProblem[]): Problem {
  const words = problems.map(({ setting, message }) => `${setting} ${message}`).join("; ");
  if (!told.has(env)) {
    told.add(env);
    // Without settings there is no logger: this line is written as it would write it.
    // oxlint-disable-next-line no-console
    console.error(JSON.stringify({ timestamp: new Date().toISOString(), level: "error", event: "misconfigured", settings: words }));
  }
  return new Problem("misconfigured", `Settings to mend: ${words}.`, {
    errors: problems.map(({ setting, message }) => ({ pointer: setting, message })),
  });
}
