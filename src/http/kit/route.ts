/**
 * A route declares its method, path, scope, parameters and documentation beside its handler; `app.ts` mounts these and
 * nothing else, and the OpenAPI document is made from them. A route without a scope or without documentation does not
 * compile. `guarded` makes a route for holders of a key, `open` one for everybody.
 */
import type * as z from "zod";
import type { ProblemCode } from "../../api/problems.ts";
import type { Scope } from "../../api/scopes.ts";
import type { Principal } from "../auth/principal.ts";
import type { AppContext } from "./context.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** For a schema that only the document shows: a trigger does not evaluate what builds it. */
export type LaterSchema = () => Promise<z.ZodType>;

/** A body by media type; null = a media type whose content has no schema (pages, CSV, text). */
export type Content<Schema = z.ZodType | LaterSchema> = Readonly<Record<string, Schema | null>>;

export interface AnswerDocs {
  readonly says: string;
  readonly content?: Content;
}

export interface RouteDocs {
  /** One line, no full stop. */
  readonly summary: string;
  /** The section of the document that lists it. */
  readonly group: Group;
  readonly body?: Content<z.ZodType>;
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
  purchasing: "Purchase orders: what is ordered of each supplier, approved, sent and received",
  connect: "Shops that send events, and systems that receive them",
  people: "Who answers questions and handles orders",
  keys: "Keys for stores and programs",
  pages: "Pages for people, and Slack",
  service: "Health, metrics and this document",
} as const;
export type Group = keyof typeof GROUPS;

type NoParameters = z.ZodObject<Record<never, never>>;

/** Path, query and header parameters, as the route's schemas parsed them. */
export interface Asked<P extends z.ZodObject, Q extends z.ZodObject, H extends z.ZodObject> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly headers: z.output<H>;
}

interface Declared<P extends z.ZodObject, Q extends z.ZodObject, H extends z.ZodObject> {
  readonly method: Method;
  /** With `:name` for a segment. */
  readonly path: string;
  /** Schemas of the parameters; without one, parameters of that kind are not read. */
  readonly params?: P;
  readonly query?: Q;
  readonly headers?: H;
  readonly docs: RouteDocs;
  /** A page's own Content-Security-Policy, one of those in headers.ts; every other answer has the strictest. */
  readonly policy?: string;
}

export interface OpenRoute<P extends z.ZodObject, Q extends z.ZodObject, H extends z.ZodObject> extends Declared<
  P,
  Q,
  H
> {
  readonly handle: (c: AppContext, asked: Asked<P, Q, H>) => Response | Promise<Response>;
}

export interface GuardedRoute<P extends z.ZodObject, Q extends z.ZodObject, H extends z.ZodObject> extends Declared<
  P,
  Q,
  H
> {
  /** "any": every valid key may; what it may do is decided behind the route. */
  readonly scope: Scope | "any";
  readonly handle: (
    c: AppContext,
    asked: Asked<P, Q, H> & { readonly principal: Principal },
  ) => Response | Promise<Response>;
}

/** A mounted route, whatever its parameters. */
export interface Route extends Declared<z.ZodObject, z.ZodObject, z.ZodObject> {
  readonly scope: Scope | "any" | "open";
  /** The page that a browser without a key is shown at the same address. */
  readonly page?: (c: AppContext) => Promise<Response>;
  /** Gets what `parameters.ts` parsed and, on a guarded route, the principal that authentication made. */
  readonly run: (
    c: AppContext,
    asked: Asked<z.ZodObject, z.ZodObject, z.ZodObject>,
    principal: Principal | undefined,
  ) => Response | Promise<Response>;
}

export function open<
  P extends z.ZodObject = NoParameters,
  Q extends z.ZodObject = NoParameters,
  H extends z.ZodObject = NoParameters,
>({ handle, ...declared }: OpenRoute<P, Q, H>): Route {
  return { ...declared, scope: "open", run: (c, asked) => handle(c, asked as Asked<P, Q, H>) };
}

export function guarded<
  P extends z.ZodObject = NoParameters,
  Q extends z.ZodObject = NoParameters,
  H extends z.ZodObject = NoParameters,
>({ handle, ...declared }: GuardedRoute<P, Q, H>): Route {
  return {
    ...declared,
    run: (c, asked, principal) => {
      if (principal === undefined) throw new Error("a guarded route ran without a principal");
      return handle(c, { ...(asked as Asked<P, Q, H>), principal });
    },
  };
}

/** A body or an answer in JSON. */
export const json = <Schema extends z.ZodType | LaterSchema>(schema: Schema): Content<Schema> => ({
  "application/json": schema,
});
export const NO_CONTENT: AnswerDocs = { says: "Done" };
