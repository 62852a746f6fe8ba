/** Counts and checksums of every table, made the same way from the rows of either side. */
import { createHash } from "node:crypto";
import type { CopyJob } from "./copy-tables.ts";
import { progress } from "../command/progress.ts";
import { lineOf, STORED_TABLES, type Key } from "./stored-tables.ts";
import { firstDifference, walkTables } from "./walk-tables.ts";

export interface TableCheck {
  readonly name: string;
  readonly rows: readonly [source: number, target: number];
  /** SHA-256 over the rows as lines, in the order of their keys. */
  readonly checksums: readonly [source: string, target: string];
  readonly firstDifference: Key | null;
}

export async function verifyCopy({ source, target, pageShare, rows }: CopyJob): Promise<readonly TableCheck[]> {
  const bar = progress("Verifying", rows);
  const sums = new Map(
    STORED_TABLES.map(({ name }) => [
      name,
      {
        rows: [0, 0] as [number, number],
        hashes: [createHash("sha256"), createHash("sha256")] as const,
        first: null as Key | null,
      },
    ]),
  );
  for await (const round of walkTables({ source, target, pageShare })) {
    for (const stretch of round) {
      const sum = sums.get(stretch.table.name)!;
      for (const [at, rows] of [stretch.source, stretch.target].entries()) {
        sum.rows[at]! += rows.length;
        for (const row of rows) sum.hashes[at]!.update(`${lineOf(stretch.table, row)}\n`);
      }
      sum.first ??= firstDifference(stretch.change);
      bar.step(stretch.source.length);
    }
  }
  bar.done();
  return [...sums].map(([name, { rows, hashes, first }]) => ({
    name,
    rows,
    checksums: [hashes[0].digest("hex"), hashes[1].digest("hex")],
    firstDifference: first,
  }));
}

export function isSame({ rows, checksums }: TableCheck): boolean {
  return rows[0] === rows[1] && checksums[0] === checksums[1];
}
