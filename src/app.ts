/** The app as a table of contents: what every request passes, then the routes. */
import { Hono } from "hono";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { Problem } from "./api/problems.ts";
import { asProblem } from "./http/kit/as-problem.ts";
import type { AppContext, AppTypes } from "./http/kit/context.ts";
import { isBrowser } from "./http/kit/is-browser.ts";
import { handlersOf, methodsByPath } from "./http/kit/mount.ts";
import { problemResponse } from "./http/kit/problem-response.ts";
import { noteError } from "./http/kit/request-log.ts";
import { refuseMisconfigured } from "./http/middleware/configured.ts";
import { safeHeaders } from "./http/middleware/headers.ts";
import { observe } from "./http/middleware/observe.ts";
import { refuseMalformedUrl } from "./http/middleware/well-formed-url.ts";
import { noSuchPage } from "./http/pages/page.ts";
import { ROUTES } from "./http/routes/index.ts";

export function createApp(): Hono<AppTypes> {
  // Finds a route in one step, and refuses paths of which one could be taken for another.
  const app = new Hono<AppTypes>({ router: new RegExpRouter() });

  app.use(observe());
  app.use(safeHeaders());
  app.use(refuseMisconfigured());
  app.use(refuseMalformedUrl());
  app.use("/mcp", async (c, next) => {
    c.set("dispatch", async (request) => app.fetch(request, c.env, c.executionCtx));
    await next();
  });

  for (const route of ROUTES) app.on(route.method, route.path, ...handlersOf(route));
  for (const [path, methods] of methodsByPath(ROUTES)) {
    app.all(path, () => {
      throw new Problem("method_not_allowed", `This path takes ${methods.join(", ")}.`, {
        headers: { Allow: methods.join(", ") },
      });
    });
  }

  app.notFound((c) =>
    isBrowser(c) ? noSuchPage(c) : answer(c, new Problem("not_found", "No route matches this path.")),
  );
  app.onError((error, c) => answer(c, error));
  return app;
}

function answer(c: AppContext, error: Error): Response {
  const problem = asProblem(error);
  noteError(c, error, problem.code);
  return problemResponse(c, problem);
}
