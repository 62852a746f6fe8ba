/**
 * From a model's reply to advice: what the code accepts of it under the present facts. Makes no request, so a reply
 * that was paid for can be judged again after a crash, when the facts changed, or in a replay.
 */
import type { Advice, AdviceOutcome, AdviceRecord } from "../../workflow/advice/advice.ts";
import { unitCostInStore } from "../../workflow/orders/money.ts";
import { holdInBounds } from "./bounds.ts";
import { plainWords } from "./clean-text.ts";
import { type AdviceRequest, shownNotes, shownProductId } from "./shown-facts.ts";
import { parseReply, type Reply } from "./reply.ts";

const LONGEST_WORDS = 500;

export type Judgement = Omit<Advice, "record">;

/** Inside the bounds, with its own confidence, in words that cannot render as markup. */
export function judge(reply: Reply, request: AdviceRequest, maximumOrderValue: number | null): Judgement {
  const { plan, input, snapshot } = request;
  const held = holdInBounds({
    plan,
    input,
    reply,
    notes: shownNotes(request),
    unitCost: unitCostInStore(snapshot),
    maximumOrderValue,
  });
  return { ...held, words: plainWords(reply.reason, LONGEST_WORDS) };
}

/** What a recorded call yields under the present facts. */
export function judgeAgain(
  record: AdviceRecord,
  request: AdviceRequest,
  maximumOrderValue: number | null,
): AdviceOutcome {
  if (record.outcome !== "advice") return { kind: "failed", failure: record.outcome, record };
  const parsed = parseReply(record.reply ?? "", shownProductId(request));
  if (!parsed.ok) return { kind: "failed", failure: "bad_reply", record: { ...record, outcome: "bad_reply" } };
  const judgement = judge(parsed.reply, request, maximumOrderValue);
  return { kind: "advice", advice: { ...judgement, record: { ...record, quantity: judgement.quantity } } };
}

/** The outcome of a call whose object died before the answer was stored: its result is unknown. */
export function lostCall(model: string): AdviceOutcome {
  const nothing = { attempts: 0, latencyMs: 0, tokensIn: 0, tokensOut: 0, costUsd: 0, facts: "", reply: null };
  return { kind: "failed", failure: "timeout", record: { model, promptVersion: "", outcome: "timeout", ...nothing } };
}
