/** What a reading leaves out, with its units, so that read plus left out is the file. */
import type { LeftOut } from "./types.ts";

/** Lines named for each reason; the rest is one entry, so that a file of blanks makes no report of a million lines. */
const NAMED_LINES = 20;

interface Reason {
  readonly named: { line: number; why: string; units: number }[];
  more: { line: number; rows: number; units: number } | null;
}

export class LeftOutRows {
  readonly #reasons = new Map<string, Reason>();
  #rows = 0;
  #units = 0;

  /** `isRow` is false for a part of a row, such as a column of totals. */
  add(line: number, why: string, units: number, isRow = true): void {
    if (isRow) this.#rows++;
    this.#units += units;
    let reason = this.#reasons.get(why);
    if (reason === undefined) this.#reasons.set(why, (reason = { named: [], more: null }));
    if (reason.named.length < NAMED_LINES) reason.named.push({ line, why, units });
    else {
      reason.more ??= { line, rows: 0, units: 0 };
      reason.more.rows++;
      reason.more.units += units;
    }
  }

  report(): LeftOut {
    const reasons = [...this.#reasons].flatMap(([why, { named, more }]) => [
      ...named.map((entry) => ({ ...entry, units: tidy(entry.units) })),
      ...(more === null
        ? []
        : [{ line: more.line, why: `${why} (and ${more.rows - 1} more)`, units: tidy(more.units) }]),
    ]);
    return { rows: this.#rows, units: tidy(this.#units), reasons };
  }
}

/** Sums of decimals without the dust of binary fractions. */
export function tidy(units: number): number {
  return Math.round(units * 1e6) / 1e6 + 0;
}
