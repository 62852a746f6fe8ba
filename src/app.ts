/** The app as a table of contents: what every request passes, then the routes. */
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { authenticate } from "./http/auth.ts";
import type { AppContext, AppTypes } from "./http/context.ts";
import { bindLog, observe } from "./http/observe.ts";
import { Problem, problemResponse } from "./http/problem.ts";
import type { Route } from "./http/route.ts";
import { ROUTES } from "./http/routes.ts";
import { CONTENT_POLICY } from "./pages/assets.ts";
import { settingsOf } from "./settings.ts";
import { telemetryOf } from "./telemetry/telemetry.ts";

export function createApp(): Hono<AppTypes> {
  const app = new Hono<AppTypes>();

  app.use(async function identifyRequest(c, next) {
    c.set("requestId", crypto.randomUUID());
    await next();
    c.header("X-Request-Id", c.get("requestId"));
    if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
  });
  app.use(observe());
  app.use(
    secureHeaders({
      contentSecurityPolicy: CONTENT_POLICY,
      referrerPolicy: "no-referrer",
    }),
  );
  app.use(async function refuseMisconfigured(c, next) {
    const parsed = settingsOf(c.env);
    if (!parsed.ok) {
      const names = parsed.problems.map((problem) => `${problem.setting} ${problem.message}`).join("; ");
      throw new Problem("misconfigured", `Settings to mend: ${names}.`);
    }
    await next();
  });

  for (const route of ROUTES) app.on(route.method, route.path, (c) => serve(route, c));
  for (const [path, methods] of methodsByPath(ROUTES)) {
    app.all(path, () => {
      throw new Problem("method_not_allowed", `This path takes ${methods.join(", ")}.`, { headers: { Allow: methods.join(", ") } });
    });
  }

  app.notFound((c) => answer(c, new Problem("not_found", "There is nothing here.")));
  app.onError((error, c) => answer(c, asProblem(error)));
  return app;
}

function answer(c: AppContext, problem: Problem): Response {
  telemetryOf(c.env).tallies.error(problem.code);
  return problemResponse(c, problem, c.get("requestId"));
}

async function serve(route: Route, c: AppContext): Promise<Response> {
  if (route.scope === "open") return route.handle(c);
  const principal = await authenticate(c, route.scope);
  bindLog(c, { key_id: principal.keyId });
  return route.handle(c, principal);
}

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const byPath = new Map<string, string[]>();
  for (const { method, path } of routes) {
    const methods = byPath.get(path) ?? [];
    methods.push(...(method === "GET" ? ["GET", "HEAD"] : [method]));
    byPath.set(path, methods);
  }
  return byPath;
}

/** What a client may know of an error: problems as they are, an absent part as 503, the rest as 500 without internals. */
function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
  if (retryable === true || overloaded === true || /D1_ERROR|D1 |KV /.test(error.message)) {
    return new Problem("unavailable", "A part of the service is away; try again.");
  }
  return new Problem("internal_error", "The error was noted; try again, and tell us the request id if it stays.");
}
