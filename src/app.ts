/**
 * The app as a table of contents: what every request passes, then the routes. Most isolates are started by a trigger,
 * so that route has an app of its own; all other routes are loaded by the first request that is none.
 */
import { HonoBase as Hono } from "hono/hono-base";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { getPath } from "hono/utils/url";
import { Problem } from "./api/problems.ts";
import { asProblem } from "./http/kit/as-problem.ts";
import type { Answering, AppContext, AppTypes } from "./http/kit/context.ts";
import { isBrowser } from "./http/kit/is-browser.ts";
import { handlerOf, methodsByPath } from "./http/kit/mount.ts";
import { problemResponse } from "./http/kit/problem-response.ts";
import { noteError } from "./http/kit/request-log.ts";
import { refuseMisconfigured } from "./http/middleware/configured.ts";
import { observed } from "./http/middleware/observe.ts";
import { refuseMalformedUrl } from "./http/middleware/well-formed-url.ts";
import type { Route } from "./http/kit/route.ts";
import { postTrigger } from "./http/routes/decisions/inventory-trigger.ts";
import type { Env } from "./env.ts";

const triggerApp = mount(emptyApp(), [postTrigger]);
let wholeApp: Hono<AppTypes> | null = null;

export function serve(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
  return request.method === "POST" && getPath(request) === postTrigger.path
    ? triggerApp.fetch(request, env, context)
    : serveOther(request, env, context);
}

async function serveOther(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
  // Each request awaits an import of its own: workerd does not let one request wait for another's promise.
  wholeApp ??= createApp((await import("./http/routes/index.ts")).ROUTES);
  return wholeApp.fetch(request, env, context);
}

export function createApp(routes: readonly Route[]): Hono<AppTypes> {
  const app = emptyApp();
  app.use("/mcp", async (c, next) => {
    c.set("dispatch", async (request) => app.fetch(request, c.env, c.executionCtx));
    await next();
  });
  mount(app, routes);
  for (const [path, methods] of methodsByPath(routes)) {
    const refuse = answered(path, () => {
      throw new Problem("method_not_allowed", `This path takes ${methods.join(", ")}.`, {
        headers: { Allow: methods.join(", ") },
      });
    });
    app.all(path, refuse);
  }
  return app;
}

function emptyApp(): Hono<AppTypes> {
  // Finds a route in one step, and refuses paths of which one could be taken for another.
  return new Hono<AppTypes>({ router: new RegExpRouter() });
}

/** One handler a route: Hono calls a single one as it is, and several through a chain of promises. */
function mount(app: Hono<AppTypes>, routes: readonly Route[]): Hono<AppTypes> {
  for (const route of routes) app.on(route.method, route.path, answered(route.path, handlerOf(route)));
  app.notFound(
    answered("/*", async (c) => {
      if (isBrowser(c)) return (await import("./http/pages/page.ts")).noSuchPage(c);
      throw new Problem("not_found", "No route matches this path.");
    }),
  );
  app.onError((error, c) => problemOf(c, error));
  return app;
}

/** What every request passes, whatever answers it. */
function answered(route: string, answer: Answering): Answering {
  return observed(route, async (c) => {
    try {
      refuseMisconfigured(c);
      refuseMalformedUrl(c);
      return await answer(c);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      c.error = error;
      return problemOf(c, error);
    }
  });
}

function problemOf(c: AppContext, error: Error): Response {
  const problem = asProblem(error);
  noteError(c, error, problem.code);
  return problemResponse(c, problem);
}
