/** The books that are checked at the end: what was sent, and its result. */
export interface Sent {
  readonly key: string;
  readonly status: number;
  readonly workflowId: string | null;
  readonly retryAfter: string | null;
  /**
   * From the moment the request was meant to leave: waiting in our own queue counts, otherwise a slow server would hide
   * itself.
   */
  readonly latencyMs: number;
}

export interface Books {
  readonly accepted: number;
  /** Overload: 429 and 503. */
  readonly refused: number;
  /** 409 to a duplicate whose first request is still being answered: the sender has it in hand already. */
  readonly stillInProgress: number;
  /** Refused without saying when to come again. */
  readonly refusedWithoutRetryAfter: number;
  /** No connection: the machine accepts no more of them at once. Nothing was promised, and the sender knows it. */
  readonly unreached: number;
  /** Any other answer. */
  readonly failed: number;
  /** Accepted under one key, answered with different workflows. */
  readonly decidedTwice: number;
  readonly workflows: ReadonlySet<string>;
  readonly latencyMs: Readonly<Record<"p50" | "p90" | "p99" | "max", number>>;
}

export function balance(sent: readonly Sent[]): Books {
  const byKey = new Map<string, Set<string>>();
  for (const { key, workflowId } of sent) {
    if (workflowId !== null) byKey.set(key, (byKey.get(key) ?? new Set()).add(workflowId));
  }
  const refused = sent.filter(({ status }) => status === 429 || status === 503);
  const unreached = sent.filter(({ status }) => status === 0).length;
  const stillInProgress = sent.filter(({ status }) => status === 409).length;
  const latencies = sent
    .filter(({ workflowId }) => workflowId !== null)
    .map(({ latencyMs }) => latencyMs)
    .toSorted((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0;
  return {
    accepted: latencies.length,
    refused: refused.length,
    refusedWithoutRetryAfter: refused.filter(({ retryAfter }) => retryAfter === null).length,
    stillInProgress,
    unreached,
    failed: sent.length - latencies.length - refused.length - stillInProgress - unreached,
    decidedTwice: [...byKey.values()].filter((ids) => ids.size > 1).length,
    workflows: new Set([...byKey.values()].flatMap((ids) => [...ids])),
    latencyMs: { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) },
  };
}
