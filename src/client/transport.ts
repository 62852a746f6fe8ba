/**
 * How the client reaches the service: one request, its headers, and a thrown problem for every response outside 2xx.
 */
import type { Problem } from "./shapes.ts";

export interface ClientOptions {
  readonly url: string;
  readonly key: string;
  /** Another `fetch`, for a proxy, a binding or a test. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export interface OnceOptions {
  /** The same key with the same body is answered from the first time, for 24 hours. */
  readonly idempotencyKey?: string;
}

export interface TriggerOptions extends OnceOptions {
  /** How long the answer may wait for the decision; 0 = not at all. */
  readonly waitSeconds?: number;
  readonly signal?: AbortSignal;
}

/** Thrown for every response outside 2xx; carries the service's problem. */
export class StockwardenError extends Error {
  readonly status: number;
  readonly problem: Problem;
  /** When it is worth trying again; null when the service did not say so. */
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    super(`${problem.title}: ${problem.detail}`);
    this.name = "StockwardenError";
    this.status = problem.status;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface Call {
  readonly body?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Sends requests with the key. */
export class Transport {
  readonly #url: string;
  readonly #key: string;
  readonly #fetch: (request: Request) => Promise<Response>;

  constructor({ url, key, fetch: ask = (request) => fetch(request) }: ClientOptions) {
    this.#url = url.replace(/\/+$/, "");
    this.#key = key;
    this.#fetch = ask;
  }

  async json<T>(method: string, path: string, call: Call = {}): Promise<T> {
    return (await this.send(method, path, call)).json() as Promise<T>;
  }

  async send(method: string, path: string, { body, type, headers, signal }: Call = {}): Promise<Response> {
    const response = await this.#fetch(
      new Request(this.#url + path, {
        method,
        redirect: "manual",
        headers: {
          Authorization: `Bearer ${this.#key}`,
          ...(type === undefined ? {} : { "Content-Type": type }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      }),
    );
    if (response.ok) return response;
    throw await failure(response, path);
  }
}

/** A proxy in between may answer instead of the service; the problem is then made from what is known. */
async function failure(response: Response, path: string): Promise<StockwardenError> {
  const text = await response.text();
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json") === true;
  const problem: Problem = isProblem
    ? JSON.parse(text)
    : {
        type: "about:blank",
        title: "The answer did not come from the service",
        status: response.status,
        detail: text.slice(0, 500),
        instance: path,
        code: "unknown",
        request_id: "",
      };
  return new StockwardenError(problem, Number.isFinite(retryAfter) ? retryAfter : null);
}

export function json(value: unknown): Call {
  return { body: JSON.stringify(value), type: "application/json" };
}

export function callHeaders({ idempotencyKey, waitSeconds }: TriggerOptions): Call {
  return {
    headers: {
      ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": `"${idempotencyKey.replace(/["\\]/g, "\\$&")}"` }),
      ...(waitSeconds === undefined ? {} : { Prefer: `wait=${waitSeconds}` }),
    },
  };
}

export function itemPath(resource: string, productId: string, storeId: string | undefined, below = ""): string {
  return `/${resource}/${encodeURIComponent(productId)}${below}${queryOf({ store_id: storeId })}`;
}

export function queryOf(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}
