/** From a declared route to what Hono runs: authentication, then the parameters' validators, then the handler. */
import { authenticate } from "../auth/authenticate.ts";
import { refuseOtherStore } from "../auth/store-bounds.ts";
import type { AppContext } from "./context.ts";
import { isBrowser } from "./is-browser.ts";
import { askedOf, headersReader, validatorsOf } from "./request/parameters.ts";
import { bindLog } from "./request-log.ts";
import type { Route } from "./route.ts";

export function handlerOf(route: Route): (c: AppContext) => Promise<Response> {
  const validators = validatorsOf(route);
  const readHeaders = headersReader(route);
  return async (c) => {
    const page = await admit(route, c);
    if (page !== null) return page;
    for (const validate of validators) await validate(c, goOn);
    readHeaders(c);
    const asked = askedOf(c);
    const principal = c.get("principal");
    if (principal !== undefined && principal.stores !== null) await refuseOtherStore(c, principal, asked);
    return await route.run(c, asked, principal);
  };
}

/** For a validator, which calls what follows it when it has not thrown. */
async function goOn(): Promise<void> {}

/** The page that is shown instead; else null. */
async function admit({ policy, scope, page }: Route, c: AppContext): Promise<Response | null> {
  if (page !== undefined && isBrowser(c)) return page(c);
  if (policy !== undefined) c.set("policy", policy);
  if (scope !== "open") {
    const principal = await authenticate(c, scope);
    bindLog(c, { key_id: principal.keyId });
    c.set("principal", principal);
  }
  return null;
}

/** Which methods a path takes, for the `Allow` header of a 405. */
export function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const byPath = new Map<string, string[]>();
  for (const { method, path } of routes) {
    const methods = byPath.get(path) ?? [];
    methods.push(...(method === "GET" ? ["GET", "HEAD"] : [method]));
    byPath.set(path, methods);
  }
  return byPath;
}
