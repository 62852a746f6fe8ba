/** Pages where something is in the way: what people see, and what the log says of it. */
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../../src/app.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { captureLog } from "../../support/captured-log.ts";
import { takeDatabaseAway } from "../support/away-database.ts";
import { itemStub, ROOT_KEY, useWorld } from "../support/world.ts";

useWorld();
afterEach(() => void vi.restoreAllMocks());

const app = createApp(ROUTES);

/** A form of the sign-in page, or a page that a session asks for. */
function ask(
  method: string,
  path: string,
  { changes = {}, headers = {}, key }: { changes?: object; headers?: Record<string, string>; key?: string } = {},
): Promise<Response> {
  const body = key === undefined ? null : new URLSearchParams({ key });
  const sent = { Origin: "http://localhost:8787", "Sec-Fetch-Site": "same-origin", ...headers };
  return Promise.resolve(
    app.fetch(
      new Request(`http://localhost:8787${path}`, { method, headers: sent, body, redirect: "manual" }),
      { ...env, ...changes },
      createExecutionContext(),
    ),
  );
}

async function expectPage(response: Response, status: number, retryAfter: string | null): Promise<void> {
  expect([response.status, response.headers.get("Content-Type"), response.headers.get("Retry-After")]).toEqual([
    status,
    "text/html; charset=UTF-8",
    retryAfter,
  ]);
  expect(await response.text()).toMatch(/^<!doctype html>/);
}

it("signing in leads nowhere but into this site, whatever the form says", async () => {
  for (const next of ["/inbox\r\nSet-Cookie: a=b", "/items/é", "https://evil.example/inbox", "//evil.example"]) {
    const body = new URLSearchParams({ key: ROOT_KEY, next });
    const response = await app.fetch(
      new Request("http://localhost:8787/inbox/sign-in", {
        method: "POST",
        headers: { Origin: "http://localhost:8787", "Sec-Fetch-Site": "same-origin" },
        body,
        redirect: "manual",
      }),
      env,
      createExecutionContext(),
    );
    expect([response.status, response.headers.get("Location")]).toEqual([303, "/inbox"]);
  }
});

describe("a page that cannot be shown", () => {
  it("after too many wrong keys says when to come again", async () => {
    const full = { AUTH_LIMITER: { limit: async () => ({ success: false }) } };
    await expectPage(await ask("POST", "/inbox/sign-in", { changes: full, key: "wrong" }), 429, "60");
  });

  it("while the database is away is a page all the same, and says when to come again", async () => {
    const signedIn = await ask("POST", "/inbox/sign-in", { key: ROOT_KEY });
    const headers = { Cookie: signedIn.headers.get("Set-Cookie")!.split(";")[0]! };
    await expectPage(await ask("GET", "/inbox", { headers }), 200, null);
    const giveBack = takeDatabaseAway();
    await expectPage(await ask("GET", "/inbox", { headers }), 503, "5");
    await expectPage(await ask("GET", `/inbox/reviews/${itemStub().id}-1`, { headers }), 503, "5");
    giveBack();
  });
});

it("a page is logged under the route that answered, not under another that its path fits as well", async () => {
  const log = captureLog();
  const changes = { LOG_LEVEL: "info" };
  await ask("POST", "/inbox/sign-in", { changes, key: "wrong" });
  await ask("POST", "/inbox/approve", { changes, key: "wrong" });
  await ask("GET", "/nowhere", { changes });
  expect(log.lines.filter(({ event }) => event === "http_request").map(({ route }) => route)).toEqual([
    "/inbox/sign-in",
    "/inbox/approve",
    "/*",
  ]);
});
