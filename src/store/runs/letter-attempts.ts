/** When the mail after a run is sent, and when it is tried again. Pure. */
import type { AskAgain, Letter, RunRecord } from "./run.ts";

/**
 * After this time the database has the last items' questions. A failed mail is tried again after it, then after twice
 * as long, and so on.
 */
const LETTER_AFTER_MS = 2_000;
/** These attempts take about two hours. */
const MOST_LETTER_ATTEMPTS = 14;

export interface LetterResult {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

export function newLetter(now: number): Letter {
  return { dueAt: now + LETTER_AFTER_MS, attempts: 0, done: [] };
}

/** The mail that may be sent now or later. It waits for items asked for the first time again: it can hold theirs. */
export function letterOf({ letter, again }: { readonly letter: Letter | null; readonly again?: AskAgain }) {
  return again?.attempts === 0 ? null : letter;
}

/**
 * What is left to do after an attempt; null = nothing, or too many attempts.
 *
 * @param result null = it failed, or had to wait
 */
export function afterSending(letter: Letter, result: LetterResult | null, now: number): RunRecord["letter"] {
  const attempts = letter.attempts + 1;
  const isOver = attempts >= MOST_LETTER_ATTEMPTS || (result !== null && result.failed.length === 0);
  if (isOver) return null;
  return { dueAt: now + LETTER_AFTER_MS * 2 ** Math.max(0, attempts - 3), attempts, done: result?.done ?? letter.done };
}
