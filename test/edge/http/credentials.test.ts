import { beforeEach, describe, expect, it } from "vitest";
import { makeKey as newKeyText } from "../../../src/http/auth/key-text.ts";
import type { Route } from "../../../src/http/kit/route.ts";
import { SCOPES, type Scope } from "../../../src/api/scopes.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { someOf } from "../../support/counts.ts";
import { makeKey, send, withKey } from "../support/keys.ts";
import { ask, passTime, ROOT_KEY, T0, useWorld } from "../support/world.ts";

useWorld();

const GUARDED = ROUTES.filter((route): route is Route & { scope: Scope } => route.scope !== "open");
/** In a short run each way of trying meets a fifth of the routes, and each route a fifth of the ways. */
let turn = 0;
const routesOfThisTurn = () => someOf(GUARDED, turn++);
const pathOf = (route: { path: string }): string => route.path.replace(/:\w+/g, "x");
const title = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

/** Failed attempts are counted by address; each attempt here has one of its own. */
let attempts = 0;
function fromAnywhere(headers: Record<string, string> = {}): Record<string, string> {
  attempts++;
  return { "CF-Connecting-IP": `10.${attempts >> 16}.${(attempts >> 8) & 255}.${attempts & 255}`, ...headers };
}

/** With a body that would be welcome, so that only the credential can be refused. */
function tryRoute(route: { method: string }, path: string, headers: Record<string, string>) {
  const body = route.method === "GET" || route.method === "DELETE" ? undefined : "{}";
  return send(
    route.method,
    path,
    fromAnywhere({ ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers }),
    body,
  );
}

interface Keys {
  revoked: string;
  expired: string;
  good: string;
}
let keys: Keys;
beforeEach(async () => {
  const revoked = await makeKey({ scopes: [...SCOPES] });
  await ask("DELETE", `/keys/${revoked.id}`);
  const expired = await makeKey({ scopes: [...SCOPES], expires_at: new Date(T0 + 1).toISOString() });
  passTime(2);
  const good = await makeKey({ scopes: [...SCOPES], rate_class: "bulk" });
  keys = { revoked: revoked.key, expired: expired.key, good: good.key };
});

const BAD_HEADERS: Readonly<Record<string, (keys: Keys) => Record<string, string>>> = {
  "no credential": () => ({}),
  "an empty header": () => ({ Authorization: "" }),
  "an empty bearer": () => ({ Authorization: "Bearer " }),
  "an empty X-API-Key": () => ({ "X-API-Key": "" }),
  "Basic with the key": ({ good }) => ({ Authorization: `Basic ${btoa(`key:${good}`)}` }),
  "no scheme": ({ good }) => ({ Authorization: good }),
  "both headers": ({ good }) => ({ Authorization: `Bearer ${good}`, "X-API-Key": good }),
  "two bearers in one header": ({ good }) => ({ Authorization: `Bearer ${good}, Bearer ${good}` }),
  "two keys in one header": ({ good }) => ({ "X-API-Key": `${good}, ${good}` }),
  "a cookie": ({ good }) => ({ Cookie: `Authorization=Bearer ${good}; X-API-Key=${good}; api_key=${good}` }),
  "a space inside": ({ good }) => ({ Authorization: `Bearer ${good.slice(0, 30)} ${good.slice(30)}` }),
  "a tab": ({ good }) => ({ Authorization: `Bearer\t${good}` }),
  "an encoded newline": ({ good }) => ({ Authorization: `Bearer ${good}%0A` }),
  quotes: ({ good }) => ({ Authorization: `Bearer "${good}"` }),
  "another case": ({ good }) => ({ Authorization: `Bearer ${good.toUpperCase()}` }),
  "a bad checksum": ({ good }) => ({ Authorization: `Bearer ${good.slice(0, -1)}${good.endsWith("0") ? "1" : "0"}` }),
  "a checksum alone": ({ good }) => ({ Authorization: `Bearer ${good.slice(-8)}` }),
  "a key that nobody made": () => withKey(newKeyText(T0).text),
  "a revoked key": ({ revoked }) => withKey(revoked),
  "an expired key": ({ expired }) => withKey(expired),
  "the root key, cut short": () => withKey(ROOT_KEY.slice(0, -1)),
  "a very long key": () => withKey("k".repeat(8_000)),
  "proxies' headers": ({ good }) => ({
    "X-Forwarded-Authorization": `Bearer ${good}`,
    "X-Forwarded-User": "root",
    "Proxy-Authorization": `Bearer ${good}`,
    "X-Real-IP": "127.0.0.1",
  }),
};

describe.each(Object.entries(BAD_HEADERS))("%s", (_name, headersOf) => {
  it("opens no route", async () => {
    for (const route of routesOfThisTurn()) {
      const { status, body } = await tryRoute(route, pathOf(route), headersOf(keys));
      expect([title(route), status, body.code]).toEqual([title(route), 401, "unauthorized"]);
    }
  });
});

describe("a key in the wrong place or for the wrong thing", () => {
  it("is not read from the query", async () => {
    for (const route of GUARDED) {
      const { status } = await tryRoute(
        route,
        `${pathOf(route)}?api_key=${keys.good}&access_token=${keys.good}&Authorization=Bearer%20${keys.good}`,
        {},
      );
      expect([title(route), status]).toEqual([title(route), 401]);
    }
  });

  it("may name its scheme in any case, as HTTP has it", async () => {
    for (const scheme of ["bearer", "BEARER"]) {
      const { status } = await send("GET", "/keys", fromAnywhere({ Authorization: `${scheme} ${keys.good}` }));
      expect([scheme, status]).toEqual([scheme, 200]);
    }
  });

  it("may be some spaces away from its scheme, as HTTP has it", async () => {
    const { status } = await send("GET", "/keys", fromAnywhere({ Authorization: `Bearer   ${keys.good}` }));
    expect(status).toBe(200);
  });

  it("cannot even be sent with a line break inside", () => {
    expect(() => new Headers(withKey(`${keys.good}\r\nX: y`))).toThrow(TypeError);
  });

  it("is a 403 on every route whose scope it lacks, and on no other", async () => {
    for (const scope of SCOPES) {
      const { key } = await makeKey({ scopes: [scope], rate_class: "bulk" });
      for (const route of routesOfThisTurn()) {
        const { status } = await tryRoute(route, pathOf(route), withKey(key));
        if (new Set<string>([scope, "any"]).has(route.scope))
          expect([401, 403], `${title(route)} with ${scope}`).not.toContain(status);
        else expect([title(route), scope, status]).toEqual([title(route), scope, 403]);
      }
    }
  });
});

describe("games with method and path, without a key", () => {
  const REFUSED = [401, 403, 404, 405];

  it.each(["HEAD", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "DELETE", "PUT", "POST"])(
    "%s opens no route",
    async (method) => {
      for (const route of routesOfThisTurn()) {
        const { status, headers } = await send(method, pathOf(route), fromAnywhere());
        expect(REFUSED, `${method} ${route.path}: ${status}`).toContain(status);
        if (status === 405) expect(headers.get("Allow")).toContain(route.method);
      }
    },
  );

  it.each([
    ["a double slash", (path: string) => `/${path}`],
    ["a double slash inside", (path: string) => path.replace(/^\/(\w)/, "/x//$1")],
    ["an encoded dot segment", (path: string) => `/%2e${path}`],
    ["an encoded parent", (path: string) => `/healthz/%2e%2e${path}`],
    ["an encoded slash", (path: string) => path.replace(/^\//, "/%2f")],
    [
      "an encoded letter",
      (path: string) => path.replace(/^\/(.)/, (_, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`),
    ],
    ["upper case", (path: string) => path.toUpperCase()],
    ["a trailing slash", (path: string) => `${path}/`],
    ["a line feed at the end", (path: string) => `${path}%0A`],
    ["a carriage return at the end", (path: string) => `${path}%0D`],
    ["a line separator at the end", (path: string) => `${path}%E2%80%A8`],
    ["a paragraph separator at the end", (path: string) => `${path}%E2%80%A9`],
    ["NUL at the end", (path: string) => `${path}%00`],
    ["a matrix parameter", (path: string) => `${path};x=/healthz`],
    ["a suffix that looks open", (path: string) => `${path}?/healthz`],
    ["a backslash", (path: string) => path.replace(/^\//, "/healthz\\..\\")],
  ])("%s opens no route", async (_name, change) => {
    for (const route of routesOfThisTurn()) {
      const { status } = await tryRoute(route, change(pathOf(route)), {});
      expect(REFUSED, `${change(route.path)}: ${status}`).toContain(status);
    }
  });

  it("a method override or a forwarded path changes nothing", async () => {
    for (const route of GUARDED) {
      const headers = {
        "X-HTTP-Method-Override": "GET",
        "X-Method-Override": "GET",
        "X-Original-URL": "/healthz",
        "X-Rewrite-URL": "/healthz",
        "X-Forwarded-Prefix": "/healthz",
        "X-Forwarded-For": "127.0.0.1",
        Forwarded: "for=127.0.0.1;host=localhost",
      };
      const { status } = await tryRoute(route, `${pathOf(route)}?_method=GET`, headers);
      expect([title(route), status]).toEqual([title(route), 401]);
    }
  });

  it("a path that is not percent-encoded UTF-8 is a 400 without a guess at its meaning", async () => {
    for (const path of [
      "/products/%FF",
      "/products/%C0%AE",
      "/products/%",
      "/products/x?store_id=%E0%A4%A",
      "/%FFhealthz",
    ]) {
      const { status, body } = await send("GET", path, { ...fromAnywhere(), ...withKey(ROOT_KEY) });
      expect([path, status, body.code]).toEqual([path, 400, "malformed_request"]);
    }
  });
});
