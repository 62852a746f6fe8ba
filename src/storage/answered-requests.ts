/** Answers of requests with an Idempotency-Key. */
import { DAY_MS } from "../shared/durations.ts";

/** No request runs longer; past this its isolate has died. */
export const DEAD_AFTER_MS = 120_000;
export const ANSWER_KEPT_MS = DAY_MS;

export interface AnsweredRequest {
  readonly bodyHash: string;
  readonly startedAt: number;
  /** Null = still running, or its request died. */
  readonly answer: { readonly status: number; readonly body: string } | null;
}

export interface AnsweredRequests {
  /**
   * Takes the key for a request that starts now. Null = it is taken; else what was there before. A request that died
   * without an answer gives its key away; all that are older than a day go.
   */
  start(key: string, bodyHash: string, now: number): Promise<AnsweredRequest | null>;
  answer(key: string, status: number, body: string): Promise<void>;
  /** The request failed: its key is free again. */
  forget(key: string): Promise<void>;
}

export interface RequestRow {
  readonly body_hash: string;
  readonly started_at: number;
  readonly status: number | null;
  readonly answer: string | null;
}

export function toAnsweredRequest(row: RequestRow): AnsweredRequest {
  const { body_hash, started_at, status, answer } = row;
  return {
    bodyHash: body_hash,
    startedAt: started_at,
    answer: status === null || answer === null ? null : { status, body: answer },
  };
}
