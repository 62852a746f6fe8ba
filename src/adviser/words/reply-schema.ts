/** What a model answers, as a schema. */
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
export const replySchema = madeOnce(() =>
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
