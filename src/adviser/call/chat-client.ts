/**
 * One chat completion of an OpenAI-compatible server, and its result. Nothing is retried here. Never rejects: HTML with
 * status 200 and a truncated body are results as well.
 */
import { type Attempt, failedAttempt, type Usage } from "./attempt.ts";
import { BodyTooLong } from "./bounded-fetch.ts";
import { postJson, type JsonAnswer } from "./post-json.ts";
import { wantsTemperature } from "./models.ts";
import type { Message } from "../words/prompt.ts";
import { replyFormat } from "../words/reply.ts";
import { retryAfterMs as readRetryAfter } from "../../shared/retry-after.ts";
import type { Time } from "./retry.ts";

const VENDOR_URL = "https://api.openai.com/v1";
/** An answer takes about 250 tokens; the rest is room for models that think before they write. */
export const MOST_REPLY_TOKENS = 2_000;

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly Message[];
}

export interface ChatClient {
  ask(request: ChatRequest, timeoutMs: number, signal?: AbortSignal): Promise<Attempt>;
}

/** A null key is a keyless server: no Authorization header is sent. A null URL is the vendor's own. */
export function createChatClient(
  { apiKey, baseUrl }: { readonly apiKey: string | null; readonly baseUrl: string | null },
  time: Time,
): ChatClient {
  const url = completionsUrl(baseUrl ?? VENDOR_URL);
  const headers: Record<string, string> = apiKey === null ? {} : { Authorization: `Bearer ${apiKey}` };

  async function request({ model, messages }: ChatRequest, signal: AbortSignal): Promise<Attempt> {
    const body = {
      model,
      messages,
      response_format: replyFormat(),
      // Compatible servers know the old name of the limit; the vendor's newer models refuse it.
      ...(baseUrl === null ? { max_completion_tokens: MOST_REPLY_TOKENS } : { max_tokens: MOST_REPLY_TOKENS }),
      ...(wantsTemperature(model) ? { temperature: 0 } : {}),
    };
    const answer = await postJson(url, headers, body, signal);
    return answer.ok ? readCompletion(answer.body) : attemptOfRefusal(answer, time.clock());
  }

  return {
    async ask(chatRequest, timeoutMs, signal) {
      const stop = new AbortController();
      const abort = () => stop.abort();
      signal?.addEventListener("abort", abort, { once: true });
      if (signal?.aborted === true) abort();
      const timer = new AbortController();
      const timedOut = time.sleep(timeoutMs, AbortSignal.any([timer.signal, stop.signal])).then(() => null);
      try {
        const answered = request(chatRequest, stop.signal).catch(attemptOfError);
        const attempt = await Promise.race([answered, timedOut]);
        if (attempt !== null && !stop.signal.aborted) return attempt;
        return failedAttempt("timeout", `no answer in ${timeoutMs} ms`, { again: true });
      } finally {
        timer.abort();
        stop.abort();
        signal?.removeEventListener("abort", abort);
      }
    },
  };
}

/** Reads what a compatible server really sends, which is not always what its types promise. */
function readCompletion(completion: unknown): Attempt {
  const body = asRecord(completion);
  const choice = asRecord(Array.isArray(body?.choices) ? body.choices[0] : null);
  const message = asRecord(choice?.message);
  const usage = readUsage(body?.usage);
  if (message === null) return failedAttempt("bad_reply", "the answer is no chat completion", { again: true, usage });
  const text = typeof message.content === "string" ? message.content : null;
  if (typeof message.refusal === "string" || choice?.finish_reason === "content_filter") {
    return failedAttempt("refused", "the model refused", {
      usage,
      text: typeof message.refusal === "string" ? message.refusal : text,
    });
  }
  if (choice?.finish_reason === "length")
    return failedAttempt("bad_reply", "the reply was cut at its length limit", { usage, text });
  if (text === null || text.trim() === "")
    return failedAttempt("bad_reply", "the reply is empty", { again: true, usage });
  return { ok: true, text, usage };
}

function readUsage(value: unknown): Usage | null {
  const usage = asRecord(value);
  const tokensIn = usage?.prompt_tokens;
  const tokensOut = usage?.completion_tokens;
  return isCount(tokensIn) && isCount(tokensOut) ? { tokensIn, tokensOut } : null;
}

function attemptOfError(error: unknown): Attempt {
  if (error instanceof BodyTooLong) return failedAttempt("bad_reply", "the answer is too long");
  if (error instanceof SyntaxError) return failedAttempt("bad_reply", "the answer is not JSON", { again: true });
  return failedAttempt("network", error instanceof Error ? error.name : "unknown error", { again: true });
}

function attemptOfRefusal({ status, headers, body }: JsonAnswer, now: number): Attempt {
  const detail = `status ${status}`;
  const error = asRecord(asRecord(body)?.error);
  const retryAfterMs = readRetryAfter(headers.get("retry-after"), now);
  if (error?.code === "insufficient_quota" || error?.type === "insufficient_quota")
    return failedAttempt("quota", `${detail}, no quota left`);
  if (status === 408) return failedAttempt("timeout", detail, { again: true, retryAfterMs });
  if (status === 429) return failedAttempt("rate_limited", detail, { again: true, retryAfterMs });
  if (status === 409 || status >= 500) return failedAttempt("server_error", detail, { again: true, retryAfterMs });
  return failedAttempt("rejected_request", detail);
}

/** A base URL may end in a slash. */
function completionsUrl(baseUrl: string): string {
  return `${baseUrl.replace(/\/$/, "")}/chat/completions`;
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
