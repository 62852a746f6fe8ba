/** Messages of JSON-RPC 2.0 as the Model Context Protocol uses them: parsed once, answered as plain objects. */
import * as z from "zod";

export type Json = Readonly<Record<string, unknown>>;
export type MessageId = string | number;

export interface Message {
  readonly method: string;
  /** Null = a notification, which gets no answer. */
  readonly id: MessageId | null;
  readonly params: Json;
}

/** An error of the protocol; errors of a tool are results. */
export interface Fault {
  readonly code: number;
  readonly message: string;
  readonly data?: Json;
}

export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;

const Call = z.object({
  jsonrpc: z.literal("2.0"),
  method: z.string(),
  id: z.union([z.string(), z.number()]).optional(),
  params: z.record(z.string(), z.unknown()).optional(),
});
/** Null = not a message; "reply" = what a client answers to a question of the server, and this one asks none. */
export function messageIn(value: unknown): Message | "reply" | null {
  const call = Call.safeParse(value);
  if (call.success) return { method: call.data.method, id: call.data.id ?? null, params: call.data.params ?? {} };
  if (!isObject(value) || value["jsonrpc"] !== "2.0" || "method" in value) return null;
  return "result" in value || "error" in value ? "reply" : null;
}

export function answerOf(id: MessageId | null, outcome: { readonly result: Json } | { readonly error: Fault }): Json {
  return { jsonrpc: "2.0", id, ...outcome };
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
