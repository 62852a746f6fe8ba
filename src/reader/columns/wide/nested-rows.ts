/** Tables whose rows have two levels, as a pivot table in compact form: a row adds up those under it. */
import { readNumber } from "../../text/number-text.ts";
import { isSumRow } from "../../text/total-rows.ts";
import type { FileQuestion, Row } from "../../types.ts";
import type { Head } from "../head.ts";

/** Null = some row neither adds up those under it nor belongs to such a row. */
export function nestedQuestion({ rows }: Head, periods: readonly number[]): FileQuestion | null {
  const entries = rows
    .filter(({ cells }) => !isSumRow(cells))
    .map((row) => ({ row, units: periods.map((column) => unitsIn(row, column)) }));
  let largest = 0;
  let at = 0;
  while (at < entries.length) {
    const parts = partsOf(entries, at);
    if (parts === 0) return null;
    largest = Math.max(largest, parts);
    at += parts + 1;
  }
  const [first] = entries;
  if (first === undefined || largest < 2) return null;
  const name = first.row.cells.find((cell) => cell !== "") ?? "";
  return {
    about: "nested",
    text:
      `Does "${name}" on line ${first.row.line} add up the rows under it? Then export a column for each level (pivot ` +
      "tables call this tabular form), or take such rows out.",
    choices: [{ flag: "--kind sales", means: "no: each row counts by itself" }],
  };
}

interface Entry {
  readonly row: Row;
  readonly units: readonly number[];
}

/** How many rows under this one add up to it in each period, with those of zeros after them; 0 for none. */
function partsOf(entries: readonly Entry[], at: number): number {
  const whole = entries[at]!.units;
  const sums = whole.map(() => 0);
  let found = 0;
  for (let next = at + 1; next < entries.length; next++) {
    const { units } = entries[next]!;
    if (found > 0 && units.some((count) => count !== 0)) break;
    units.forEach((count, index) => (sums[index]! += count));
    if (sums.every((sum, index) => Math.abs(sum - whole[index]!) < 1e-6)) found = next - at;
    if (sums.some((sum, index) => sum > whole[index]! + 1e-6)) break;
  }
  return found;
}

function unitsIn({ cells }: Row, column: number): number {
  const number = readNumber(cells[column] ?? "");
  return number?.dot ?? number?.comma ?? 0;
}
