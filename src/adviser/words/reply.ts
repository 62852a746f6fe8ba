/** What a model may answer: one adjustment of the baseline, with its reason, what it relied on and its own doubt. */
import * as z from "zod";
import { madeOnce } from "../../shared/made-once.ts";

/** Events that may widen the band. `none` of them: leave the field null. */
const EVENT_KINDS = [
  "festival",
  "promotion",
  "weather",
  "strike",
  "supply_problem",
  "recall",
  "closure",
  "season",
  "other",
] as const;

/** The parts of the facts that a model can point to. */
const EVIDENCE = ["notes", "recent_demand", "forecast", "stock", "lead_time", "costs", "calendar"] as const;

/**
 * Limits of value (sign, size) are checked by code: not every server enforces them, and some refuse such schemas. Made
 * on first use: most isolates ask no model.
 */
const replySchema = madeOnce(() =>
  z.object({
    product_id: z.string().describe("the product_id of the facts, unchanged"),
    proposal: z.enum(["keep", "multiplier", "quantity"]),
    multiplier: z.number().nullable().describe("factor on the baseline quantity; null unless proposal is multiplier"),
    quantity: z.number().nullable().describe("units to order; null unless proposal is quantity"),
    direction: z.enum(["raise", "lower", "keep"]),
    event: z
      .object({
        kind: z.enum(EVENT_KINDS),
        quote: z.string().describe("the words of the notes that name the event, copied exactly"),
      })
      .nullable(),
    evidence: z.array(z.enum(EVIDENCE)),
    reason: z.string().describe("one or two plain sentences for a buyer, in English"),
    doubt: z.number().describe("0 = certain, 1 = a guess"),
  }),
);

export type Reply = z.infer<ReturnType<typeof replySchema>>;

/**
 * The reply schema as the structured-output parameter of a chat completion. Made by zod itself: the SDK's helper brings
 * the whole of an older zod.
 */
export function replyFormat(): ReplyFormat {
  const { $schema: _, ...schema } = z.toJSONSchema(replySchema());
  return { type: "json_schema", json_schema: { name: "restock_advice", strict: true, schema } };
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
