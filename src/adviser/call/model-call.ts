/**
 * One call of a model: all its attempts, each with money held before it and settled after it, until a reply can be
 * read or the call has failed for good. Never rejects; ends by the given deadline.
 */
import type { AdviceFailure } from "../../workflow/advice/advice.ts";
import { type Attempt, failedAttempt } from "./attempt.ts";
import type { Budget } from "../limits/budget.ts";
import { type ChatClient, MOST_REPLY_TOKENS } from "./chat-client.ts";
import { costOf, type Price } from "./models.ts";
import { messagesFor } from "../words/prompt.ts";
import { parseReply, replyFormat, type Reply } from "../words/reply.ts";
import { askWithRetry, type Time } from "./retry.ts";
import type { Variant } from "./variant.ts";

/** Lower than any tokeniser needs on average (English about 4, Japanese about 2.5), so that the estimate is high. */
const FEWEST_BYTES_PER_TOKEN = 2;

export interface ModelCall {
  readonly reply: Reply | null;
  readonly failure: AdviceFailure | null;
  /** The last text that the model wrote, readable or not. */
  readonly text: string | null;
  /** The result of each request that was made. */
  readonly tries: readonly ("advice" | AdviceFailure)[];
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** An answer did not say what it used: its tokens, and so the cost, are estimates by its bytes. */
  readonly isEstimate: boolean;
  readonly costUsd: number;
  readonly latencyMs: number;
}

/** One request to a model server, reported when it ends. */
export interface TryReport {
  readonly model: string;
  readonly outcome: "advice" | AdviceFailure;
  readonly detail: string;
  readonly latencyMs: number;
}

export interface CallRequest {
  readonly variant: Variant;
  readonly facts: string;
  readonly productId: string;
  readonly attemptMs: number;
  /** Epoch ms. */
  readonly deadlineAt: number;
  readonly price: Price;
}

export interface CallDeps {
  readonly client: ChatClient;
  readonly budget: Budget;
  readonly time: Time;
  readonly report: (event: TryReport) => void;
}

export async function callModel(request: CallRequest, deps: CallDeps, signal?: AbortSignal): Promise<ModelCall> {
  const { variant, facts, productId, price } = request;
  const { clock } = deps.time;
  const startedAt = clock();
  const messages = messagesFor(variant.promptVersion, facts);
  const sent = JSON.stringify([messages, replyFormat()]);
  const worstUsd = costOf(price, mostTokens(sent), MOST_REPLY_TOKENS);
  const tries: ("advice" | AdviceFailure)[] = [];
  let reply: Reply | null = null;
  let text: string | null = null;
  let tokensIn = 0;
  let tokensOut = 0;
  let isEstimate = false;

  async function tryOnce(timeoutMs: number): Promise<Attempt> {
    const held = await deps.budget.reserve(worstUsd);
    if (held === null) return failedAttempt("budget_exhausted", "the day's budget is spent");
    const askedAt = clock();
    const attempt = readReply(await deps.client.ask({ model: variant.model, messages }, timeoutMs, signal));
    const outcome = attempt.ok ? "advice" : attempt.fault.failure;
    tries.push(outcome);
    // A server that answers has worked, also one that does not say what it used.
    isEstimate ||= attempt.usage === null && attempt.text !== null;
    tokensIn += attempt.usage?.tokensIn ?? (attempt.text === null ? 0 : mostTokens(sent));
    tokensOut += attempt.usage?.tokensOut ?? mostTokens(attempt.text ?? "");
    deps.report({
      model: variant.model,
      outcome,
      detail: attempt.ok ? "answered" : attempt.fault.detail,
      latencyMs: clock() - askedAt,
    });
    await held.settle(spentOn(attempt, price));
    return attempt;
  }

  function readReply(attempt: Attempt): Attempt {
    text = attempt.text ?? text;
    if (!attempt.ok) return attempt;
    const parsed = parseReply(attempt.text, productId);
    if (!parsed.ok)
      return failedAttempt("bad_reply", parsed.why, { again: true, usage: attempt.usage, text: attempt.text });
    reply = parsed.reply;
    return attempt;
  }

  const attempts = await askWithRetry(
    tryOnce,
    { attemptMs: request.attemptMs, deadlineAt: request.deadlineAt },
    deps.time,
    signal,
  );
  const last = attempts.at(-1);
  return {
    reply,
    failure: last === undefined ? "timeout" : last.ok ? null : last.fault.failure,
    text,
    tries,
    tokensIn,
    tokensOut,
    isEstimate,
    costUsd: costOf(price, tokensIn, tokensOut),
    latencyMs: clock() - startedAt,
  };
}

function mostTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / FEWEST_BYTES_PER_TOKEN);
}

/** USD; null when the server may have worked and did not say what it used. */
function spentOn(attempt: Attempt, price: Price): number | null {
  if (attempt.usage !== null) return costOf(price, attempt.usage.tokensIn, attempt.usage.tokensOut);
  const refusedAtTheDoor: readonly AdviceFailure[] = ["rate_limited", "server_error", "rejected_request", "quota"];
  return !attempt.ok && refusedAtTheDoor.includes(attempt.fault.failure) ? 0 : null;
}
