/** The copy: each round writes what differs, and notes in the same transaction how far it has come. */
import type { Sql } from "postgres";
import { clearProgress, loadProgress, saveProgress, type Direction } from "./copy-progress.ts";
import type { CopySide } from "./copy-side.ts";
import { progress } from "../command/progress.ts";
import { refuseNewer, walkTables } from "./walk-tables.ts";

export interface CopyJob {
  readonly source: CopySide;
  readonly target: CopySide;
  readonly direction: Direction;
  /** Where the progress is kept. */
  readonly notes: Sql;
  readonly pageShare: number;
  /** Rows of the source, for the progress bar. */
  readonly rows: number;
}

export interface Copied {
  readonly rows: number;
  readonly put: number;
  readonly removed: number;
  /** It continued an interrupted run. */
  readonly isResumed: boolean;
}

export async function copyTables(
  { source, target, direction, notes, pageShare, rows }: CopyJob,
  label: string,
): Promise<Copied> {
  const from = await loadProgress(notes, direction);
  const bar = progress(label, rows);
  const copied = { rows: 0, put: 0, removed: 0 };
  try {
    for await (const round of walkTables({ source, target, pageShare, from })) {
      for (const stretch of round) refuseNewer(stretch, source, target);
      const changes = round.map(({ change }) => change).filter(({ put, remove }) => put.length + remove.length > 0);
      await target.apply(changes, (sql) =>
        saveProgress(sql, direction, new Map(round.map(({ table, end }) => [table.name, end]))),
      );
      for (const stretch of round) {
        copied.rows += stretch.source.length;
        copied.put += stretch.change.put.length;
        copied.removed += stretch.change.remove.length;
        bar.step(stretch.source.length);
      }
    }
  } finally {
    bar.done();
  }
  await clearProgress(notes, direction);
  return { ...copied, isResumed: from.size > 0 };
}
