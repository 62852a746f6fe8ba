/** The app as a table of contents: what every request passes, then the routes. */
import { Hono } from "hono";
import { asProblem } from "./http/as-problem.ts";
import { authenticate } from "./http/auth.ts";
import { refuseMisconfigured } from "./http/configured.ts";
import type { AppContext, AppTypes } from "./http/context.ts";
import { safeHeaders } from "./http/headers.ts";
import { Problem, problemResponse } from "./http/problem.ts";
import type { Route } from "./http/route.ts";
import { ROUTES } from "./http/routes.ts";
import { refuseMalformedUrl } from "./http/well-formed-url.ts";

export function createApp(): Hono<AppTypes> {
  const app = new Hono<AppTypes>();

  app.use(async function identifyRequest(c, next) {
    c.set("requestId", crypto.randomUUID());
    await next();
  });
  app.use(safeHeaders());
  app.use(refuseMisconfigured());
  app.use(refuseMalformedUrl());

  for (const route of ROUTES) app.on(route.method, route.path, (c) => serve(route, c));
  for (const [path, methods] of methodsByPath(ROUTES)) {
    app.all(path, () => {
      throw new Problem("method_not_allowed", `This path takes ${methods.join(", ")}.`, { headers: { Allow: methods.join(", ") } });
    });
  }

  app.notFound((c) => problemResponse(c, new Problem("not_found", "There is nothing here."), c.get("requestId")));
  app.onError((error, c) => problemResponse(c, asProblem(error), c.get("requestId")));
  return app;
}

async function serve(route: Route, c: AppContext): Promise<Response> {
  if (route.policy !== undefined) c.set("policy", route.policy);
  if (route.scope === "open") return route.handle(c);
  return route.handle(c, await authenticate(c, route.scope));
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
