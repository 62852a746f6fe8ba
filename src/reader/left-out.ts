/** What a reading leaves out, with its units: read plus left out must equal the file. */
import type { LeftOut } from "./types.ts";

/** Lines listed for each reason; the rest is one entry, since a file of blanks would list a million lines. */
const NAMED_LINES = 20;

interface Reason {
  readonly named: { line: number; why: string; units: number }[];
  more: { line: number; rows: number; units: number } | null;
}

/** Why a row is left out that adds others up. */
export const TOTALS_ROW = "a row of totals";

export function totalsColumn(header: string): string {
  return `the column "${header}" of totals`;
}

export function noUnits(cell: string): string {
  return `"${shortened(cell)}" is no number of units`;
}

export function noDate(text: string): string {
  const date = text.trim();
  return date === "" ? "no date" : `"${shortened(date)}" is no date`;
}

export class LeftOutRows {
  readonly #reasons = new Map<string, Reason>();
  #rows = 0;
  #units = 0;

  add(line: number, why: string, units: number): void {
    this.#rows++;
    this.addPart(line, why, units);
  }

  /** A part of a row whose other cells count, such as a column of totals. */
  addPart(line: number, why: string, units: number): void {
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

/** Sums of decimals without rounding errors of binary fractions. */
export function tidy(units: number): number {
  return Math.round(units * 1e6) / 1e6 + 0;
}

/** A cell may hold a whole page. */
function shortened(cell: string): string {
  return cell.slice(0, 40);
}
