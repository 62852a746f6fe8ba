import { MAX_QUANTITY } from "../../../api/fields.ts";

/** What a spreadsheet writes; `Number` would also read 0x10 and Infinity. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** Null when the cell is not a number. */
export function numberIn(cell: string): number | null {
  const value = Number(cell);
  return DECIMAL.test(cell) && Number.isFinite(value) ? value : null;
}

/** The number in a cell, or what is wrong with it. */
export function unitsIn(cell: string, least = -MAX_QUANTITY): number | string {
  const value = numberIn(cell);
  if (value === null) return `"${cell}" is not a number`;
  return value < least || value > MAX_QUANTITY ? `${cell} is out of range` : value;
}
