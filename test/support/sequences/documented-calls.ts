/**
 * Calls a server and holds each answer against the routes' own documentation: a status that is not documented, or a
 * body of another shape, is a fault.
 */
import type * as z from "zod";
import { openApiOf, openApiPath } from "../../../src/http/kit/openapi-document.ts";
import type { Content, Route } from "../../../src/http/kit/route.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import type { LocalServer } from "../../../scripts/lib/server/local-server.ts";
import { ask, type Answer } from "../black-box.ts";

const { paths } = await openApiOf(ROUTES);

export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** `server()` is asked anew for each call, since a sequence may start another one on the way. */
export function documentedCalls(server: () => LocalServer, fault: (text: string) => void): Call {
  return async (method, path, body, headers) => {
    const answer = await ask(server(), method, path, body, headers);
    const route = routeOf(method, path);
    if (route === undefined) throw new Error(`there is no route ${method} ${path}`);
    const wrong = await undocumented(route, answer);
    if (wrong !== null) fault(`${method} ${path} answers ${answer.status}: ${wrong}`);
    return answer;
  };
}

function routeOf(method: string, path: string): Route | undefined {
  const segments = path.split("?")[0]!.split("/");
  const fits = (route: Route): boolean => {
    const named = route.path.split("/");
    return named.length === segments.length && named.every((name, at) => name[0] === ":" || name === segments[at]);
  };
  return ROUTES.find((route) => route.method === method && fits(route));
}

async function undocumented(route: Route, { status, body, text }: Answer): Promise<string | null> {
  const operation = paths[openApiPath(route.path)]?.[route.method.toLowerCase()] as unknown as { responses: object };
  if (!(String(status) in operation.responses)) return `undocumented, ${text}`;
  const schema = await schemaOf(route.docs.answers[status]?.content);
  const parsed = schema?.safeParse(body);
  return parsed === undefined || parsed.success ? null : `${parsed.error.message} in ${text}`;
}

async function schemaOf(content: Content | undefined): Promise<z.ZodType | null> {
  const schema = content?.["application/json"] ?? null;
  return typeof schema === "function" ? schema() : schema;
}
