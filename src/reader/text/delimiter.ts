/** Finds the mark that separates the cells of a text. */
import { CsvSplitter } from "./csv-splitter.ts";

/** In order of preference when two fit equally well. */
const MARKS = [",", ";", "\t", "|", "^", "~", "\u001F", "\u0001", ":"] as const;
const JUDGED_ROWS = 200;

export interface Delimiter {
  readonly mark: string;
  /** Excel's own first line, `sep=;`, says so. */
  readonly declared: boolean;
}

/** `head` is the beginning of the text. */
export function delimiterOf(head: string): Delimiter {
  const declared = /^\uFEFF?"?sep=([^\r\n])"?\r?\n/iu.exec(head)?.[1];
  if (declared !== undefined) return { mark: declared, declared: true };
  let best = { mark: ",", score: 0 };
  for (const mark of MARKS) {
    const score = scoreOf(head, mark);
    if (score > best.score * 1.000_001) best = { mark, score };
  }
  return { mark: best.mark, declared: false };
}

/** True for a line that only declares the delimiter, which is not a row. */
export function isDeclaration(cells: readonly string[], delimiter: string): boolean {
  const text = cells.join(delimiter);
  return /^"?sep=.?"?$/iu.test(text);
}

/** High for many rows of the same width, and for wide rows. */
function scoreOf(head: string, mark: string): number {
  const splitter = new CsvSplitter(mark);
  let widths: number[];
  try {
    const rows = splitter.push(head);
    // The last row of the head may be cut in two, so it is judged only when it is the only one.
    if (rows.length < 2) rows.push(...splitter.end());
    widths = rows.slice(0, JUDGED_ROWS).map((row) => row.cells.length);
  } catch {
    return 0;
  }
  if (widths.length === 0) return 0;
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let [mode, most] = [1, 0];
  for (const [width, count] of counts) if (width > 1 && count > most) [mode, most] = [width, count];
  if (mode < 2) return 0;
  const share = most / widths.length;
  return share * share * (1 + Math.min(mode, 12) / 12);
}
