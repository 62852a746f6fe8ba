/**
 * Decisions age out of the database in small steps: each reads the next stretch of the log by its key and removes
 * decisions that are finished and too old. It walks, since an index over dates would cost every decision a second
 * row.
 */
/** The walk's row in `sweep_positions`. */
export const RETENTION_SWEEP = "retention";

export interface AgedWorkflow {
  readonly workflowId: string;
}

export interface Stretch {
  readonly aged: readonly AgedWorkflow[];
  /** Where the next step begins; "" = the log has been walked to its end. */
  readonly next: string;
}

export interface Retention {
  /** Finished workflows of the next `rows` of the log that began before `cutoff` (epoch ms). Changes nothing. */
  look(cutoff: number, rows: number): Promise<Stretch>;
  /** Removes workflows, and remembers how far the walk has come. */
  remove(workflowIds: readonly string[], next: string): Promise<void>;
}

/** What a step has read of the log: fewer than `asked` rows are its end. */
export function toStretch(
  read: readonly { readonly workflowId: string; readonly isAged: boolean }[],
  asked: number,
): Stretch {
  return {
    aged: read.filter((row) => row.isAged).map(({ workflowId }) => ({ workflowId })),
    next: read.length < asked ? "" : read.at(-1)!.workflowId,
  };
}
