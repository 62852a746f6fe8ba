/** The app as a table of contents: what every request passes, then the routes. */
import { Hono } from "hono";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { asProblem } from "./http/kit/as-problem.ts";
import { authenticate } from "./http/auth/authenticate.ts";
import { refuseMisconfigured } from "./http/middleware/configured.ts";
import type { AppContext, AppTypes } from "./http/kit/context.ts";
import { safeHeaders } from "./http/middleware/headers.ts";
import { bindLog, noteError, observe } from "./http/middleware/observe.ts";
import { Problem, problemResponse } from "./api/problems.ts";
import type { Route } from "./http/kit/route.ts";
import { ROUTES } from "./http/routes/index.ts";
import { refuseMalformedUrl } from "./http/middleware/well-formed-url.ts";

export function createApp(): Hono<AppTypes> {
  // Finds a route in one step, and refuses paths of which one could be taken for another.
  const app = new Hono<AppTypes>({ router: new RegExpRouter() });

  app.use(observe());
  app.use(safeHeaders());
  app.use(refuseMisconfigured());
  app.use(refuseMalformedUrl());

  for (const route of ROUTES) app.on(route.method, route.path, (c) => serve(route, c));
  for (const [path, methods] of methodsByPath(ROUTES)) {
    app.all(path, () => {
      throw new Problem("method_not_allowed", `This path takes ${methods.join(", ")}.`, {
        headers: { Allow: methods.join(", ") },
      });
    });
  }

  app.notFound((c) => answer(c, new Problem("not_found", "There is nothing here.")));
  app.onError((error, c) => answer(c, error));
  return app;
}

function answer(c: AppContext, error: Error): Response {
  const problem = asProblem(error);
  noteError(c, error, problem.code);
  return problemResponse(c, problem, c.get("requestId"));
}

async function serve(route: Route, c: AppContext): Promise<Response> {
  if (route.policy !== undefined) c.set("policy", route.policy);
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
