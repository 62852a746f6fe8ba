/** Finds the row that names the columns; titles may be above it. */
import { dateInHeader } from "../dates/date-text.ts";
import { readNumber } from "../text/number-text.ts";
import type { Row } from "../types.ts";
import { classOfHeader } from "./header-class.ts";

/** Rows searched: an export has fewer lines of titles, filters and dates above its table. */
const SEARCHED_ROWS = 40;

/** Index in `head` of the header; -1 when the first row is already data. */
export function headerIndex(head: readonly Row[]): number {
  const width = usualWidth(head);
  let best = { index: -1, score: 0, width: 0 };
  head.slice(0, SEARCHED_ROWS).forEach((row, index) => {
    const filled = row.cells.filter((cell) => cell !== "");
    if (filled.length < Math.min(2, width) || filled.length < width * 0.5) return;
    const score = headerScore(filled);
    // A later row must be clearly better, since a data row may contain a word or two of a header; or name each of more
    // columns, some by periods, as under the line of filters of a pivot table.
    const isTable = score >= 1 && filled.filter(isPeriod).length >= 2;
    const isWider = best.index >= 0 && isTable && filled.length > best.width;
    if (isWider || score > best.score * 1.3 + (best.index < 0 ? 0 : 0.2)) best = { index, score, width: filled.length };
  });
  return best.index;
}

/** Share of the cells that name something, minus those that are figures. */
function headerScore(cells: readonly string[]): number {
  let known = 0;
  let figures = 0;
  let dates = 0;
  for (const cell of cells) {
    if (isPeriod(cell)) dates++;
    else if (readNumber(cell) !== null) figures++;
    else if (cell.length <= 60 && classOfHeader(cell).class !== "none") known++;
  }
  // One date in a row is data; several mean a table with a column for each period.
  const named = known + (dates >= 2 ? dates : -dates);
  const texts = cells.length - figures - dates;
  return (named + texts * 0.2 - figures * 2) / cells.length;
}

function isPeriod(cell: string): boolean {
  return cell.length <= 30 && dateInHeader(cell) !== null;
}

/** The number of filled cells in the rows that hold most of the cells: titles are many rows of one cell. */
function usualWidth(head: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of head) {
    const filled = cells.filter((cell) => cell !== "").length;
    counts.set(filled, (counts.get(filled) ?? 0) + 1);
  }
  let [width, most] = [1, 0];
  for (const [filled, count] of counts) {
    const cells = count * filled;
    if (cells > most || (cells === most && filled > width)) [width, most] = [filled, cells];
  }
  return width;
}
