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

export interface CallOptions extends OnceOptions {
  /** Ends the call; it then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface TriggerOptions extends CallOptions {
  /** How long the answer may wait for the decision; 0 = not at all. */
  readonly waitSeconds?: number;
}

/**
 * Thrown for every response outside 2xx, with the service's problem, and for an answer that the service did not write
 * or that was cut off (code `unknown`). Where no answer came, `fetch` throws its own error.
 */
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
  readonly #client: ClientOptions;
  readonly #options: CallOptions;

  constructor(client: ClientOptions, options: CallOptions = {}) {
    this.#client = client;
    this.#options = options;
  }

  with(options: CallOptions): Transport {
    return new Transport(this.#client, { ...this.#options, ...options });
  }

  async json<T>(method: string, path: string, call: Call = {}): Promise<T> {
    const response = await this.send(method, path, call);
    const text = await response.text();
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new StockwardenError(strange(response.status, text, path), null);
    }
  }

  async send(method: string, path: string, { body, type, headers, signal }: Call = {}): Promise<Response> {
    const { url, key, fetch: ask = fetch } = this.#client;
    const until = signal ?? this.#options.signal;
    const request = new Request(url.replace(/\/+$/, "") + path, {
      method,
      redirect: "manual",
      headers: {
        Authorization: `Bearer ${key}`,
        ...(type === undefined ? {} : { "Content-Type": type }),
        ...(method === "GET" ? {} : callHeaders(this.#options).headers),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      ...(until === undefined ? {} : { signal: until }),
    });
    // Called by its name alone: a browser's `fetch` refuses to be the method of something else.
    const response = await ask(request);
    if (response.ok) return response;
    throw await failure(response, path);
  }
}

/** A proxy in between may answer instead of the service; the problem is then made from what is known. */
async function failure(response: Response, path: string): Promise<StockwardenError> {
  const text = await response.text();
  const after = response.headers.get("Retry-After");
  return new StockwardenError(
    problemIn(response, text) ?? strange(response.status, text, path),
    after === null ? null : secondsUntil(after),
  );
}

/** Null for anything else, and for a problem that was cut off. */
function problemIn(response: Response, text: string): Problem | null {
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json") !== true) return null;
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return null;
  }
}

/** The problem of an answer that is not the service's, or not all of it. */
export function strange(status: number, text: string, path: string): Problem {
  return {
    type: "about:blank",
    title: "The answer did not come from the service, or was cut off",
    status,
    detail: text.slice(0, 500),
    instance: path,
    code: "unknown",
    request_id: "",
  };
}

/** Of `7` or an HTTP date, as a proxy may write; null for anything else. */
function secondsUntil(after: string): number | null {
  const seconds = /^\d+$/.test(after) ? Number(after) : Math.ceil((Date.parse(after) - Date.now()) / 1_000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
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
