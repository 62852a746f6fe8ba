/** What a workflow keeps of a call to the model, whatever came of it, and of the shadow's call beside it. */
import type { AdviceRecord } from "../workflow/advice/advice.ts";
import type { ModelCall } from "./call/model-call.ts";
import type { Variant } from "./call/variant.ts";
import { cutText } from "./words/clean-text.ts";
import { judge } from "./words/judge.ts";
import { factsOf } from "./words/prompt.ts";
import { LONGEST_REPLY } from "./words/reply.ts";
import type { AdviceRequest } from "./words/shown-facts.ts";

/**
 * Characters kept in the record. Facts are smaller by construction; a usable reply is never longer than its own bound.
 */
const LONGEST_FACTS = 8_000;

export type Recorder = (outcome: AdviceRecord["outcome"], answer?: ModelCall) => AdviceRecord;

export function recorder(variant: Variant, request: AdviceRequest, startedAt: number, clock: () => number): Recorder {
  return (outcome, answer) => ({
    model: variant.model,
    promptVersion: variant.promptVersion,
    attempts: answer?.tries.length ?? 0,
    outcome,
    latencyMs: answer?.latencyMs ?? clock() - startedAt,
    tokensIn: answer?.tokensIn ?? 0,
    tokensOut: answer?.tokensOut ?? 0,
    costUsd: answer?.costUsd ?? 0,
    ...(answer?.isEstimate === true && { isEstimate: true }),
    facts: cutText(factsOf(request), LONGEST_FACTS),
    reply: answer?.text == null ? null : cutText(answer.text, LONGEST_REPLY),
    tries: answer?.tries ?? [],
  });
}

/**
 * Null when the shadow had not answered in time. The decision's own record holds the facts, so the shadow's record does
 * not repeat them.
 */
export function shadowOf(
  variant: Variant,
  request: AdviceRequest,
  answer: ModelCall | null,
  maximumOrderValue: number | null,
): NonNullable<AdviceRecord["shadow"]> {
  const record = recorder(variant, request, 0, () => 0);
  if (answer === null) return { ...record("timeout"), facts: "" };
  const quantity = answer.reply === null ? {} : { quantity: judge(answer.reply, request, maximumOrderValue).quantity };
  return { ...record(answer.failure ?? "advice", answer), facts: "", ...quantity };
}
