/** `POST /mcp`: tools for assistants. The protocol's SDK and the tools are loaded when the first assistant asks. */
import { Problem } from "../../../api/problems.ts";
import { ProblemAnswer } from "../../../api/responses.ts";
import type { AskApi } from "../../../mcp/tools.ts";
import { originOf, type AppContext } from "../../kit/context.ts";
import { guarded } from "../../kit/route.ts";

/** Errors of the protocol are JSON-RPC, as its clients expect; those that come before it are problems. */
const RPC = { "application/json": null } as const;

export const postMcp = guarded({
  method: "POST",
  path: "/mcp",
  scope: "any",
  docs: {
    summary: "Model Context Protocol: tools for assistants",
    group: "service",
    answers: {
      200: {
        says: "A JSON-RPC answer, by the revision that the client speaks",
        content: { ...RPC, "text/event-stream": null },
      },
      202: { says: "A notification was taken" },
      400: { says: "A JSON-RPC error, or a problem", content: { ...RPC, "application/problem+json": ProblemAnswer } },
      406: { says: "An answer in JSON and as events must be acceptable", content: RPC },
      413: { says: "The message is too large", content: RPC },
      415: { says: "Send application/json", content: RPC },
    },
  },
  async handle(c, { principal }) {
    refuseForeignOrigin(c);
    const { serveMcp } = await import("../../../mcp/serve.ts");
    return serveMcp(c.req.raw, principal.scopes, askApi(c));
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
