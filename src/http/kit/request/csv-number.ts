/** What a spreadsheet writes; `Number` would also read 0x10 and Infinity. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** Null when the cell is not a number. */
export function numberIn(cell: string): number | null {
  const value = Number(cell);
  return DECIMAL.test(cell) && Number.isFinite(value) ? value : null;
}
