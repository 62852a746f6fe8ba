/** What a model may answer: one adjustment of the baseline, with its reason, what it relied on and its own doubt. */
import type * as z from "zod";
import { replyJsonSchema } from "./reply-json-schema.ts";
import { replySchema } from "./reply-schema.ts";

export type Reply = z.infer<ReturnType<typeof replySchema>>;

/** The reply schema as the structured-output parameter of a chat completion. */
export function replyFormat(): ReplyFormat {
  return { type: "json_schema", json_schema: { name: "restock_advice", strict: true, schema: replyJsonSchema() } };
}

export interface ReplyFormat {
  readonly type: "json_schema";
  readonly json_schema: { name: string; strict: true; schema: Record<string, unknown> };
}

/** Characters. A longer text is no answer to this question, and the record must hold what was judged as it was. */
export const LONGEST_REPLY = 4_000;

export type ParsedReply = { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly why: string };

/**
 * Never throws: truncated JSON, other types, another item and impossible numbers are all answers that cannot be used.
 */
export function parseReply(text: string, productId: string): ParsedReply {
  if (text.length > LONGEST_REPLY) return { ok: false, why: "the reply is too long" };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, why: "the reply is not JSON" };
  }
  const parsed = replySchema().safeParse(json);
  if (!parsed.success)
    return { ok: false, why: `the reply breaks the schema at ${parsed.error.issues[0]?.path.join(".") || "its root"}` };
  const reply = parsed.data;
  if (reply.product_id.trim() !== productId.trim()) return { ok: false, why: "the reply is about another item" };
  const amount = reply.proposal === "keep" ? 0 : reply.proposal === "multiplier" ? reply.multiplier : reply.quantity;
  if (amount === null) return { ok: false, why: `the reply proposes a ${reply.proposal} and gives none` };
  if (!(amount >= 0)) return { ok: false, why: `the reply proposes a negative ${reply.proposal}` };
  return { ok: true, reply };
}
