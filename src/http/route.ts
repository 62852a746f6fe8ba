/** A route says its method, its path and its scope in one line; `app.ts` mounts them, and nothing else is mounted. */
import type { Principal, Scope } from "./auth.ts";
import type { AppContext } from "./context.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface OpenRoute {
  readonly method: Method;
  readonly path: string;
  readonly scope: "open";
  readonly handle: (c: AppContext) => Response | Promise<Response>;
}

export interface GuardedRoute {
  readonly method: Method;
  readonly path: string;
  readonly scope: Scope;
  readonly handle: (c: AppContext, principal: Principal) => Response | Promise<Response>;
}

export type Route = OpenRoute | GuardedRoute;
