import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../../src/app.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { captureLog } from "../../support/captured-log.ts";
import { ROOT_KEY } from "../support/world.ts";

const app = createApp(ROUTES);

afterEach(() => void vi.restoreAllMocks());

/** The Worker with other settings, asked from the internet unless said otherwise. */
function worker(changes: Record<string, unknown>, origin = "https://stock.shop.example") {
  const changed = { ...env, PUBLIC_URL: "", ...changes };
  return (path: string, method = "GET") =>
    app.fetch(new Request(origin + path, { method }), changed, createExecutionContext());
}

describe("a misconfigured Worker", () => {
  it("answers 503 on every path, known or not, and names what to mend", async () => {
    const log = captureLog();
    const ask = worker({
      PUBLIC_URL: "http://localhost:8787",
      WEBHOOK_URL: "https://erp.shop.example/hook",
      CONFIDENCE_THRESHOLD: "2",
    });
    for (const { method, path } of [
      ...ROUTES,
      { method: "GET", path: "/nothing/here" },
      { method: "OPTIONS", path: "/healthz" },
    ]) {
      const response = await ask(path.replace(/:\w+/g, "x"), method);
      expect([path, response.status, response.headers.get("Content-Type")]).toEqual([
        path,
        503,
        "application/problem+json",
      ]);
      expect(response.headers.get("Retry-After")).not.toBeNull();
      expect(await response.json()).toMatchObject({
        code: "misconfigured",
        errors: [{ pointer: "CONFIDENCE_THRESHOLD", message: "must be a number from 0 to 1" }],
      });
    }
    expect(log.lines.filter(({ event }) => event === "misconfigured")).toHaveLength(1);
  });

  it("is one whose channel is half-set", async () => {
    const response = await worker({
      PUBLIC_URL: "http://localhost:8787",
      WEBHOOK_URL: "https://erp.shop.example/hook",
    })("/healthz");
    expect(await response.json()).toMatchObject({
      status: 503,
      detail: expect.stringContaining("WEBHOOK_SECRET is not set, and WEBHOOK_URL needs it"),
    });
  });

  it("is one with weak secrets on the internet, and not one on this machine", async () => {
    const weak = { API_KEY: "dev", KEY_PEPPER: "dev-pepper", LINK_SECRET: "" };
    const log = captureLog();
    const onTheInternet = worker(weak);
    const refused = [await onTheInternet("/healthz"), await onTheInternet("/reviews")];
    expect(refused.map(({ status }) => status)).toEqual([503, 503]);
    expect(await refused[0]!.json()).toMatchObject({
      code: "misconfigured",
      errors: [{ pointer: "API_KEY" }, { pointer: "KEY_PEPPER" }],
    });
    expect(log.lines.filter(({ event }) => event === "misconfigured")).toHaveLength(1);
    expect((await worker(weak, "http://localhost:8787")("/healthz")).status).toBe(200);
    expect(
      (await worker({ ...weak, PUBLIC_URL: "https://stock.shop.example" }, "http://localhost:8787")("/healthz")).status,
    ).toBe(503);
  });

  it("does not tell the value of any secret", async () => {
    const response = await worker({ API_KEY: "hush hush", WEBHOOK_SECRET: "tell-nobody" })("/healthz");
    expect(await response.text()).not.toMatch(/hush|tell-nobody/);
  });
});

describe("without KEY_PEPPER", () => {
  it("the root key works, and whoever makes or shows another key is told what is missing", async () => {
    const changed = { ...env, KEY_PEPPER: "" };
    const headers = { Authorization: `Bearer ${ROOT_KEY}`, "Content-Type": "application/json" };
    const made = await app.fetch(
      new Request("http://localhost:8787/keys", { method: "POST", headers, body: '{"name":"a","scopes":["read"]}' }),
      changed,
      createExecutionContext(),
    );
    expect(made.status).toBe(503);
    expect(await made.json()).toMatchObject({ code: "misconfigured", errors: [{ pointer: "KEY_PEPPER" }] });
    expect(
      (
        await app.fetch(
          new Request("http://localhost:8787/openapi.json", { headers }),
          changed,
          createExecutionContext(),
        )
      ).status,
    ).toBe(200);
  });
});
