/** Headers that are refused, and why: columns of years, and names on two lines. */
import { readNumber } from "../text/number-text.ts";
import type { Row } from "../types.ts";

const YEAR = /^(?:19|20)\d\d$/u;
const SHOWN = 3;

/** Null = the header is usable; `first` is the first line of the file. */
export function unfitHeader(header: Row | null, first: Row): string | null {
  const years = yearsProblem(header ?? first);
  if (years !== null || header !== null) return years;
  return (
    "this is already data: no line names the columns. Put a line such as item,date,units above it, or give the " +
    "columns by their numbers, such as --item-column 1 --date-column 2 --units-column 3."
  );
}

/** Null = these are not years. */
function yearsProblem(row: Row): string | null {
  const first = row.cells.findIndex((cell) => YEAR.test(cell));
  const years = row.cells.slice(Math.max(0, first)).filter((cell) => cell !== "");
  const isRun = years.every((year, at) => YEAR.test(year) && Math.abs(Number(year) - Number(years[0])) === at);
  const isNamed = row.cells.slice(0, first).every((cell) => cell !== "" && readNumber(cell) === null);
  if (first < 1 || years.length < 2 || !isRun || !isNamed) return null;
  return (
    `The columns "${years[0]}" to "${years.at(-1)}" are years, and sales are planned by day, week or month. ` +
    `Export them by month or finer, each named with its year, such as "${years.at(-1)}-01".`
  );
}

/** Replaces the problem of a refused table by that of two lines of names, if it has them. */
export function withTwoLines<T extends { readonly problem: string | null }>(
  read: T,
  rows: readonly Row[],
  at: number,
): T {
  return read.problem === null ? read : { ...read, problem: twoLinesProblem(rows, at) ?? read.problem };
}

/** `at` is the line that looks most like a header. Null = its names are on one line. */
function twoLinesProblem(rows: readonly Row[], at: number): string | null {
  for (const upperAt of [at - 1, at]) {
    const [upper, lower, data] = [rows[upperAt], rows[upperAt + 1], rows[upperAt + 2]];
    if (upper === undefined || lower === undefined || data === undefined) continue;
    const [above, below] = [namesIn(upper), namesIn(lower)];
    const isSplit = upper.cells[0] === "" || lower.cells[0] === "";
    const spans = new Set(above).size < below.length;
    const areNames = [...above, ...below].every((cell) => YEAR.test(cell) || readNumber(cell) === null);
    if (!isSplit || !spans || !areNames || above.length < 2 || below.length < 2) continue;
    return (
      `The columns are named on two lines: by line ${upper.line} alone they are ${shown(above)}, by line ` +
      `${lower.line} alone ${shown(below)}. ` +
      `Write both names into one line, such as "${above[0]} ${below[0]}".`
    );
  }
  return null;
}

/** The names besides the first column, which names the items. */
function namesIn({ cells }: Row): string[] {
  return cells.slice(1).filter((cell) => cell !== "");
}

function shown(names: readonly string[]): string {
  return [...new Set(names)]
    .slice(0, SHOWN)
    .map((name) => `"${name}"`)
    .join(", ");
}
