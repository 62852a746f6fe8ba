/** Requests of clients that do as they should: each has a key of its own, and what was not answered is sent again. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ReviewWorld, WireWorkflow } from "../support/builders/review-world.ts";

/** Who calls, by the name of their key. */
const CALLERS = ["till-1", "till-2", "desk-1", "desk-2", "office"] as const;
type Caller = (typeof CALLERS)[number];

const SCOPES: Readonly<Record<Caller, readonly string[]>> = {
  "till-1": ["trigger"],
  "till-2": ["trigger"],
  "desk-1": ["read", "review"],
  "desk-2": ["read", "review"],
  office: ["read", "write"],
};
const REPEAT_AFTER_MS = 200;
/** Longer than restarts one after the other and a database that is away; what lasts longer is a fault. */
const LONGEST_TROUBLE_MS = 180_000;

export interface Answered<T = WireWorkflow> {
  readonly status: number;
  readonly body: T;
}

export interface Calls {
  /** Once; rejects when the connection breaks. */
  once<T = WireWorkflow>(
    caller: Caller,
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<Answered<T>>;
  /**
   * Until it is answered by the service itself: no broken connection, no 5xx, no 409 of a first attempt that still
   * runs.
   */
  answered<T = WireWorkflow>(
    caller: Caller,
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<Answered<T>>;
  /** A count of the item; resolves to its workflow. */
  trigger(caller: "till-1" | "till-2", count: object, key: string): Promise<WireWorkflow>;
}

export async function makeCalls(world: ReviewWorld): Promise<Calls> {
  const keys = new Map<Caller, string>();
  for (const name of CALLERS) {
    const made = await world.api<{ key: string }>("POST", "/keys", { name, scopes: SCOPES[name], rate_class: "bulk" });
    if (made.status !== 201) throw new Error(`a key was answered ${made.status}`);
    keys.set(name, made.body.key);
  }
  const calls: Calls = {
    async once<T>(caller: Caller, method: string, path: string, body?: unknown, key?: string) {
      const isText = typeof body === "string";
      const response = await fetch(world.server.url + path, {
        method,
        headers: {
          Authorization: `Bearer ${keys.get(caller)}`,
          ...(body === undefined ? {} : { "Content-Type": isText ? "text/csv" : "application/json" }),
          ...(key === undefined ? {} : { "Idempotency-Key": key }),
        },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
      return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T };
    },
    async answered<T>(caller: Caller, method: string, path: string, body?: unknown, key?: string) {
      const giveUpAt = Date.now() + LONGEST_TROUBLE_MS;
      for (;;) {
        const answer = await calls.once<T>(caller, method, path, body, key).catch(() => null);
        if (answer !== null && answer.status < 500 && !isUnderWay(answer)) return answer;
        if (Date.now() > giveUpAt)
          throw new Error(`${method} ${path} is answered ${answer?.status ?? "not at all"} for minutes`);
        await sleep(REPEAT_AFTER_MS);
      }
    },
    async trigger(caller, count, key) {
      const { status, body } = await calls.answered(caller, "POST", "/inventory-trigger", count, key);
      if (status !== 200 && status !== 202)
        throw new Error(`a trigger was answered ${status}: ${JSON.stringify(body)}`);
      return body;
    },
  };
  return calls;
}

function isUnderWay({ status, body }: Answered<unknown>): boolean {
  return status === 409 && (body as { code?: string } | null)?.code === "idempotency_in_progress";
}
