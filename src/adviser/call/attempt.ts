/** What one request to a model came to. Errors are data here: a class says what it was, and whether to try again. */
import type { AdviceFailure } from "../../workflow/advice.ts";

/** Tokens as the server counted them; null where it did not say. */
export interface Usage {
  readonly tokensIn: number;
  readonly tokensOut: number;
}

export interface Fault {
  readonly failure: AdviceFailure;
  /** Whether the same request may succeed later. */
  readonly again: boolean;
  /** What the server asked to wait, ms; null = it did not say. */
  readonly retryAfterMs: number | null;
  /** For the log; holds nothing secret and nothing of the reply. */
  readonly detail: string;
}

export type Attempt =
  | { readonly ok: true; readonly text: string; readonly usage: Usage | null }
  | { readonly ok: false; readonly fault: Fault; readonly usage: Usage | null; readonly text: string | null };

export function failedAttempt(
  failure: AdviceFailure,
  detail: string,
  more: { again?: boolean; retryAfterMs?: number | null; usage?: Usage | null; text?: string | null } = {},
): Attempt & { ok: false } {
  return {
    ok: false,
    fault: { failure, again: more.again ?? false, retryAfterMs: more.retryAfterMs ?? null, detail },
    usage: more.usage ?? null,
    text: more.text ?? null,
  };
}
