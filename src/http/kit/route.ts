/**
 * A route says its method, path, scope and documentation in one place; `app.ts` mounts these and nothing else, and the
 * OpenAPI document is made from them. A route without a scope or without documentation does not compile.
 */
import type * as z from "zod";
import type { Scope } from "../../api/scopes.ts";
import type { Principal } from "../auth/authenticate.ts";
import type { AppContext } from "./context.ts";
import type { ProblemCode } from "../../api/problems.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** A body by media type; null = a media type whose content has no schema (pages, CSV, text). */
export type Content = Readonly<Record<string, z.ZodType | null>>;

export interface AnswerDocs {
  readonly says: string;
  readonly content?: Content;
}

export interface RouteDocs {
  /** One line, no full stop. */
  readonly summary: string;
  /** The section it stands in. */
  readonly group: Group;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: Content;
  /** The body may be left out. */
  readonly bodyOptional?: true;
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerDocs>>;
  /** Beyond what every route of its kind may answer: 401, 403, 429 with a key; 400, 413, 415, 422 with a body; 503. */
  readonly problems?: readonly ProblemCode[];
}

export const GROUPS = {
  decisions: "Triggers come in, decisions and questions come out",
  reviews: "What waits for a person, and how it is answered",
  items: "What a store keeps about a product: settings, demand, receipts, open orders",
  world: "What decisions know of the world: stores, suppliers, events, season",
  keys: "Keys for stores and programs",
  pages: "Pages for people, and Slack",
  service: "Health, metrics and this document",
} as const;
export type Group = keyof typeof GROUPS;

interface Mounted {
  readonly method: Method;
  /** With `:name` for a segment. */
  readonly path: string;
  readonly docs: RouteDocs;
  /** A page's own Content-Security-Policy, one of those in headers.ts; every other answer has the strictest. */
  readonly policy?: string;
}

export interface OpenRoute extends Mounted {
  readonly scope: "open";
  readonly handle: (c: AppContext) => Response | Promise<Response>;
}

export interface GuardedRoute extends Mounted {
  readonly scope: Scope;
  readonly handle: (c: AppContext, principal: Principal) => Response | Promise<Response>;
}

export type Route = OpenRoute | GuardedRoute;

/** A body or an answer in JSON. */
export const json = (schema: z.ZodType): Content => ({ "application/json": schema });
export const NO_CONTENT: AnswerDocs = { says: "Done" };
