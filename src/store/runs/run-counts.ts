import type { RunRecord } from "./run.ts";

/** A run's counts for the log. */
export function countsOf({
  runId,
  storeId,
  morning,
  items,
  decided,
  unchanged,
  restock,
  waiting,
  failed,
  ...times
}: RunRecord) {
  return {
    run_id: runId,
    store_id: storeId,
    by_itself: morning !== null,
    items,
    decided,
    unchanged,
    restock,
    waiting,
    failed,
    skipped: times.skipped.length,
    duration_ms: (times.finishedAt ?? times.startedAt) - times.startedAt,
  };
}
