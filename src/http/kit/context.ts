/** What travels with a request. */
import type { Context } from "hono";
import { requireSettings, type Settings } from "../../config/settings.ts";
import type { Env } from "../../env.ts";
import { storageOf } from "../../storage/storage.ts";
import type { WorldStore } from "../../storage/world-store.ts";
import type { Log } from "../../telemetry/log.ts";
import type { RateClass } from "../../api/scopes.ts";
import type { Principal } from "../auth/principal.ts";

export interface AppTypes {
  Bindings: Env;
  Variables: {
    requestId: string;
    log: Log;
    /** The pattern of the route that answers. */
    route: string;
    /** The trace that the request is part of; unset = none. */
    traceparent?: string;
    /** Set on guarded routes, before their handler runs. */
    principal?: Principal;
    /** The Content-Security-Policy of a page; unset for everything else. */
    policy?: string;
    /** The rate limit that the request counted against. */
    limit?: RateClass | "failures";
    /** The answer that has all of its headers already. */
    made?: Response;
    /** Sends a request to this app itself; set only on `/mcp`, whose tools call the API. */
    dispatch: (request: Request) => Promise<Response>;
  };
}

export type AppContext = Context<AppTypes>;

/** What answers a request. */
export type Answering = (c: AppContext) => Response | Promise<Response>;

export function settings(c: AppContext): Settings {
  return requireSettings(c.env);
}

/** What is stored of stores, suppliers, events, people and what they are connected to. */
export function world(c: AppContext): WorldStore {
  return storageOf(c.env).world;
}

/** Where links point: the configured origin, else the request's. */
export function originOf(c: AppContext): string {
  return settings(c).publicUrl ?? new URL(c.req.url).origin;
}
