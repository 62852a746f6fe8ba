/** The result of one request to a model. Errors are data: their class says what happened and whether to retry. */
import type { AdviceFailure } from "../../workflow/advice/advice.ts";

/** Tokens as the server counted them; null when it did not say. */
export interface Usage {
  readonly tokensIn: number;
  readonly tokensOut: number;
}

export interface Fault {
  readonly failure: AdviceFailure;
  /** Whether the same request may succeed later. */
  readonly again: boolean;
  /** How long the server asked to wait, ms; null when it did not say. */
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
