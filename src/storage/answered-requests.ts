/** Answers of requests with an Idempotency-Key; kept for a day. */
export interface AnsweredRequest {
  readonly bodyHash: string;
  readonly startedAt: number;
  /** Null = still running, or its request died. */
  readonly answer: { readonly status: number; readonly body: string } | null;
}

export interface AnsweredRequests {
  /**
   * Takes the key for a request that starts now. Null = it is taken; else what was there before. A request that started
   * before `deadBefore` and has no answer gives its key away; all that are older than `forgetBefore` go.
   */
  start(
    key: string,
    bodyHash: string,
    now: number,
    deadBefore: number,
    forgetBefore: number,
  ): Promise<AnsweredRequest | null>;
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
