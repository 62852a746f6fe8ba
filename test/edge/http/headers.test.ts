import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.ts";
import { open } from "../../../src/http/kit/route.ts";
import { API_POLICY, PAGE_POLICY } from "../../../src/http/middleware/headers.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { FAVICON, IMPORT_WORKER, STYLESHEET } from "../../../src/ui/generated/asset-paths.ts";
import { send, withKey } from "../support/keys.ts";
import { aTrigger, ask, ROOT_KEY, trigger, useWorld, type Answer } from "../support/world.ts";

useWorld();

const SAFE = {
  "cache-control": "no-store",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};
const AGAINST_EMBEDDING = { "x-frame-options": "DENY", "cross-origin-resource-policy": "same-origin" };

function expectSafe(
  { headers }: Pick<Answer, "headers">,
  what: string,
  safe: Readonly<Record<string, string>> = { ...SAFE, ...AGAINST_EMBEDDING },
): void {
  expect(Object.fromEntries(Object.keys(safe).map((name) => [name, headers.get(name)])), what).toEqual(safe);
  const policy = headers.get("content-security-policy") ?? "";
  for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policy, what).toContain(rule);
  expect(policy, what).not.toMatch(/unsafe|\*|https?:/);
  expect(headers.get("x-request-id"), what).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get("server"), what).toBeNull();
  expect(headers.get("x-powered-by"), what).toBeNull();
  expect(headers.get("access-control-allow-origin"), what).toBeNull();
}

function failing(path: string, error: Error) {
  return open({
    method: "GET",
    path,
    docs: { summary: "Fails", group: "service", answers: {} },
    handle: () => {
      throw error;
    },
  });
}

describe("the headers that keep an answer safe", () => {
  it("are on every route, with a key and without, whatever it answers", async () => {
    for (const { method, path } of ROUTES) {
      const at = path.replace(/:\w+/g, "x");
      expectSafe(await send(method, at), `${method} ${path}`);
      expectSafe(await send(method, at, withKey(ROOT_KEY)), `${method} ${path} with a key`);
    }
  });

  it("are on 200, 400, 401, 404, 405, 413, 415 and 422", async () => {
    const json = { ...withKey(ROOT_KEY), "Content-Type": "application/json" };
    const answers = {
      200: await send("GET", "/healthz"),
      400: await send("POST", "/inventory-trigger", json, "{"),
      401: await send("GET", "/reviews"),
      404: await send("GET", "/nothing"),
      405: await send("DELETE", "/healthz"),
      413: await send("POST", "/inventory-trigger", json, " ".repeat(65 * 1024)),
      415: await send("POST", "/inventory-trigger", withKey(ROOT_KEY), "x"),
      422: await send("POST", "/inventory-trigger", json, "{}"),
    };
    for (const [status, answer] of Object.entries(answers)) {
      expect(answer.status).toBe(Number(status));
      expectSafe(answer, status);
      if (answer.status >= 400) {
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
        expect(answer.body).toMatchObject({
          type: expect.any(String),
          title: expect.any(String),
          status: answer.status,
          detail: expect.any(String),
          instance: expect.any(String),
          code: expect.any(String),
          request_id: answer.headers.get("x-request-id"),
        });
      }
    }
  });

  it("go with a problem that names the path as a URI, and a reused key's fault as an error", async () => {
    const json = { ...withKey(ROOT_KEY), "Content-Type": "application/json", "Idempotency-Key": "reused" };
    const path = "/products/Tee%2Fgr%C3%BCn/orders";
    const order = (quantity: number) =>
      send("POST", path, json, JSON.stringify({ reference: "A", quantity, expected_at: "2041-01-01" }));
    expect((await order(1)).status).toBe(201);
    expect(await order(2)).toMatchObject({ status: 422, body: { instance: path, errors: [{ pointer: "" }] } });
  });

  it("are on the answer to a trigger, beside its own", async () => {
    const first = { ...withKey(ROOT_KEY), "Content-Type": "application/json", "Idempotency-Key": "headers" };
    const body = JSON.stringify(aTrigger({ current_stock: 500 }));
    const answers = [await send("POST", "/inventory-trigger", first, body)];
    answers.push(await send("POST", "/inventory-trigger", first, body));
    for (const answer of answers) {
      expectSafe(answer, "trigger", SAFE);
      expect(answer.headers.get("content-security-policy")).toBe(API_POLICY);
      expect(answer.headers.get("content-type")).toBe("application/json");
      expect(answer.headers.get("ratelimit-policy")).toMatch(/^"bulk";q=\d+;w=60$/);
    }
    expect(answers.map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([null, "true"]);
  });

  it("are on a 500, which says nothing of what went wrong", async () => {
    const app = createApp([failing("/boom", new Error("SELECT secret FROM internals"))]);
    const response = await app.fetch(new Request("http://localhost:8787/boom"), env, createExecutionContext());
    expect(response.status).toBe(500);
    expectSafe(response, "500");
    expect(await response.text()).not.toMatch(/secret|internals|at \//);
  });

  it("are on the 503 for an item that is overloaded, with Retry-After", async () => {
    const overload = Object.assign(new Error("Durable Object is overloaded"), { overloaded: true, retryable: false });
    const app = createApp([failing("/busy", overload)]);
    const response = await app.fetch(new Request("http://localhost:8787/busy"), env, createExecutionContext());
    expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "5"]);
    expectSafe(response, "503");
    expect(await response.json()).toMatchObject({ code: "unavailable" });
  });
});

describe("the content policy", () => {
  it("lets an answer for programs load nothing at all", async () => {
    expect((await send("GET", "/healthz")).headers.get("content-security-policy")).toBe(API_POLICY);
  });

  it("lets a page load our own files, and no inline script or style", async () => {
    const page = await send("GET", "/inbox");
    expect(page.headers.get("content-security-policy")).toBe(PAGE_POLICY);
    expect(page.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(page.headers.get("permissions-policy")).toContain("camera=()");
    expect(page.body).not.toMatch(/<style|style="|<script(?![^>]*src=)|\son\w+=/);
  });

  it("is a page's on the files that pages load, which are static assets", async () => {
    const answer = await ask("GET", IMPORT_WORKER);
    expectSafe(answer, "the script");
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(answer.headers.get("content-security-policy")).toBe(PAGE_POLICY);
    expect(answer.body).toContain("postMessage");
    for (const [path, type] of [
      [STYLESHEET, "text/css; charset=utf-8"],
      [FAVICON, "image/svg+xml"],
    ] as const)
      expect((await ask("GET", path)).headers.get("content-type"), path).toBe(type);
    for (const path of ["/assets/", "/assets/..%2Fassets", "/assets/%2E%2E%2F.js", "/assets/index.html"])
      expect((await ask("GET", path)).status, path).toBe(404);
    expect(await ask("GET", "/assets/import-worker.0000000.js")).toMatchObject({ status: 404 });
  });

  it("serves the document page with a file for its style, and no script", async () => {
    const { status, headers, body } = await send("GET", "/docs");
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
    expect(headers.get("content-security-policy")).toContain("style-src 'self'");
    expect(body).not.toMatch(/<script|<style|style="|\son\w+=/);
    const style = /<link rel="stylesheet" href="([^"]+)"/.exec(body)![1]!;
    expect(await send("GET", style)).toMatchObject({ status: 200 });
    // Code in descriptions is marked up; a backtick outside an example would be read as it is.
    expect(body).toContain("<code>malformed_request</code>");
    expect(body.replaceAll(/<pre[^]*?<\/pre>/g, "")).not.toMatch(/`/);
  });
});

describe("what a client says about hosts", () => {
  it("does not reach a link: those point to PUBLIC_URL", async () => {
    const { body } = await trigger();
    const games = { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", Forwarded: "host=evil.example" };
    const link = await ask("POST", `/reviews/${body.workflow_id}/link`, { reviewer: "ana@shop.example" }, games);
    expect(link.status).toBe(201);
    expect(link.body.url).toMatch(/^http:\/\/localhost:8787\/review\//);
    const location = (await trigger({ product_id: "OTHER" }, games)).headers.get("Location");
    expect(location).toMatch(/^\/workflows\//);
  });
});
