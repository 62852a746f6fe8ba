/** A column whose cells say what each row measures: units in some rows, money or a plan in others. */
import { ACTUAL, PLANNED, ROW_MEASURE } from "../text/vocabulary.ts";
import { plainText } from "../text/words.ts";
import { classOfHeader } from "./header-class.ts";
import type { Choice, Head, Roles } from "./head.ts";
import type { RowMeasure } from "./layout.ts";

const MOST_MEASURES = 12;

/** A value of null without a problem: no column is one. */
export function chooseMeasure(head: Head, roles: Roles): Choice<RowMeasure> {
  for (const [column, header] of head.classes.entries()) {
    if (!roles.isFree(column) || head.facts[column]!.numbers > 0) continue;
    const cells = [...new Set(head.rows.map((row) => row.cells[column] ?? "").filter((cell) => cell !== ""))];
    if (cells.length === 0 || cells.length > MOST_MEASURES) continue;
    const units = cells.filter((cell) => isUnits(cell));
    const others = cells.filter((cell) =>
      ["money", "units_or_money", "measure", "stock"].includes(classOfHeader(cell).class),
    );
    const actual = cells.filter((cell) => ACTUAL.includes(plainText(cell)));
    const planned = cells.filter((cell) => PLANNED.includes(plainText(cell)));
    const isMeasure = ROW_MEASURE.includes(header.plain) || (units.length > 0 && others.length > 0);
    if (!isMeasure && !(actual.length > 0 && planned.length > 0)) continue;
    const kept = units.length > 0 ? units : actual;
    const [only] = kept;
    if (only === undefined || kept.length > 1) return { value: null, problem: problemOf(head.headers[column]!, cells) };
    roles.give(column, "measure", `its rows of "${only}" are read, the others left out`);
    return { value: { column, only: plainText(only) } };
  }
  return { value: null };
}

/** Why a row is left out; null for a row of the measure that is read. */
export function otherMeasure(measure: RowMeasure | null, cells: readonly string[]): string | null {
  if (measure === null) return null;
  const cell = cells[measure.column] ?? "";
  return plainText(cell) === measure.only ? null : `a row of "${cell.slice(0, 40)}"`;
}

function isUnits(cell: string): boolean {
  const { class: name, whole } = classOfHeader(cell);
  return name === "units" && whole;
}

function problemOf(header: string, cells: readonly string[]): string {
  const shown = cells
    .slice(0, 4)
    .map((cell) => `"${cell}"`)
    .join(", ");
  const rows = `"${header}" says what each row measures (${shown})`;
  return `${rows}, and not which of these is the units sold. Keep those rows alone.`;
}
