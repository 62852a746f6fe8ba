/** Keys made over the API, as a customer would. */
import { exports } from "cloudflare:workers";
import { expect } from "vitest";
import { ask, type Answer } from "./world.ts";

export interface MadeKey {
  readonly id: string;
  readonly key: string;
}

export async function makeKey(fields: Record<string, unknown> = {}): Promise<MadeKey> {
  const made = await ask("POST", "/keys", { name: "tokyo pos", scopes: ["trigger", "read"], ...fields });
  expect(made.status).toBe(201);
  return made.body;
}

/** Failed credentials are counted by address and by the real minute, in which tests of other files fail, too. */
let addresses = 0;

function ownAddress(): string {
  addresses++;
  return `198.18.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** One request with exactly these headers, from an address of its own; no key unless they hold one. */
export async function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: BodyInit,
): Promise<Answer> {
  const response = await exports.default.fetch(`http://localhost:8787${path}`, {
    method,
    headers: { "CF-Connecting-IP": ownAddress(), ...headers },
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = (response.headers.get("Content-Type") ?? "").endsWith("json");
  return { status: response.status, headers: response.headers, body: isJson && text !== "" ? JSON.parse(text) : text };
}

export function withKey(key: string): Record<string, string> {
  return { Authorization: `Bearer ${key}` };
}
