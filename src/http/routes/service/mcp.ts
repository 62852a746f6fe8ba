/** `POST /mcp`: tools for assistants. Protocol and tools are loaded when the first assistant asks. */
import { Problem } from "../../../api/problems.ts";
import type { AskApi } from "../../../mcp/tools.ts";
import { originOf, type AppContext } from "../../kit/context.ts";
import { JSON_LIMIT, readText, requireType } from "../../kit/request/body.ts";
import { parseStrictJson } from "../../kit/request/strict-json.ts";
import { guarded } from "../../kit/route.ts";

export const postMcp = guarded({
  method: "POST",
  path: "/mcp",
  scope: "any",
  docs: {
    summary: "Model Context Protocol: tools for assistants",
    group: "service",
    body: { "application/json": null },
    answers: {
      200: { says: "A JSON-RPC answer", content: { "application/json": null } },
      202: { says: "A notification was taken" },
    },
  },
  async handle(c, { principal }) {
    refuseForeignOrigin(c);
    requireType(c, ["application/json"]);
    const body = parseStrictJson(await readText(c, JSON_LIMIT, true));
    const { serveMcp } = await import("../../../mcp/serve.ts");
    return serveMcp(body, c.req.raw.headers, principal.scopes, askApi(c));
  },
});

/** A page of another site that a browser has open must not reach this with the browser's network position. */
function refuseForeignOrigin(c: AppContext): void {
  const origin = c.req.header("Origin");
  if (origin === undefined || origin === new URL(originOf(c)).origin || origin === new URL(c.req.url).origin) return;
  throw new Problem("forbidden", "Requests from another site's page are refused.");
}

/** Asks this app as the caller: with the caller's key, so with its scopes and stores. */
function askApi(c: AppContext): AskApi {
  return async (method, path, body) => {
    const headers = new Headers({ Accept: "application/json" });
    for (const name of ["Authorization", "X-API-Key"]) {
      const credential = c.req.header(name);
      if (credential !== undefined) headers.set(name, credential);
    }
    if (body !== undefined) headers.set("Content-Type", "application/json");
    const response = await c.get("dispatch")(
      new Request(new URL(path, c.req.url), {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: await response.json() };
  };
}
