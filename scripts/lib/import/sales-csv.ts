/**
 * A user's own sales, from either of the two shapes people export:
 * long (`item,date,units`, any sensible header names, one row a sale or a day) or wide (an item column, then one a date).
 *
 * V1. A period between an item's first and last row without a row is a period without sales (long), a blank cell is one
 *     nobody recorded (wide).
 * V2. Returns (negative units) count as no sales and are reported in `warnings`.
 * V3. What cannot be read is a CsvError that names line and column; nothing is guessed.
 */
import { CsvError, csvRows, separatorOf, type CsvRow } from "../../../src/shared/csv-rows.ts";
import { dayNumberOf, dayOrderOf, isoOf, periodIndexOf, periodStart, spacingOf, type DayOrder } from "./sales-dates.ts";

export interface ItemSales {
  readonly item: string;
  /** ISO date of the first period; null when the columns were not dates. */
  readonly start: string | null;
  /** Units sold per period, oldest first; null = not recorded. */
  readonly units: readonly (number | null)[];
  /** False = out of stock in that period; null when the file says nothing about it. */
  readonly inStock: readonly boolean[] | null;
}

export interface Sales {
  /** Days per period: 1, 7, or 30 for calendar months; 7 when the columns were not dates. */
  readonly periodDays: number;
  readonly items: readonly ItemSales[];
  readonly warnings: readonly string[];
}

const HEADERS = {
  item: /^(item|sku|product|article|part|material|stock_?code|code|name|id)(_?(id|code|no|number|name))?$/u,
  store: /^(store|shop|location|site|warehouse|branch)(_?(id|code|no|number|name))?$/u,
  date: /^((order|sale|sales|invoice|transaction)_?)?(date|day|week|month|period|ds|time|timestamp)(_?(start|of_sale))?$/u,
  units: /^(units?|qty|quantity|sales|sold|demand|amount|y|count)(_?(units?|qty|quantity|sold|sales))?$/u,
  inStock: /^(in_?stock|available|availability)$/u,
} as const;

type Column = keyof typeof HEADERS;
const MAX_WARNINGS = 20;
/** 1970 to 2099: a date outside is a typing error, and would make a history of a thousand years. */
const FIRST_DAY = 0;
const LAST_DAY = 47_481;
/** More is a bar code in the wrong column; a plan counts no further either. */
const MOST_UNITS = 1e12;
/** In a file with decimal commas this is 1234 to some and 1.234 to others. */
const DOTTED_THOUSANDS = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/u;

/** Throws CsvError. */
export function parseSalesCsv(text: string): Sales {
  const separator = separatorOf(text);
  const [header, ...rows] = [...csvRows(text, separator)];
  if (header === undefined || rows.length === 0) throw new CsvError(1, 1, "the file has no rows of sales");
  const names = header.cells.map((cell) =>
    cell
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, "_")
      .replaceAll(/^_|_$/gu, ""),
  );
  const find = (column: Column): number => names.findIndex((name) => HEADERS[column].test(name));
  const decimalComma = separator === ";";
  return find("date") >= 0 && find("units") >= 0
    ? longSales(rows, find, decimalComma)
    : wideSales(header, rows, { item: Math.max(0, find("item")), store: find("store") }, decimalComma);
}

interface SaleRow {
  readonly item: string;
  readonly day: number;
  readonly units: number;
  readonly inStock: boolean | null;
}

function longSales(rows: readonly CsvRow[], find: (column: Column) => number, decimalComma: boolean): Sales {
  const at = {
    item: find("item"),
    store: find("store"),
    date: find("date"),
    units: find("units"),
    inStock: find("inStock"),
  };
  const order = dayOrderOf(rows.map((row) => row.cells[at.date] ?? ""));
  const returns: string[] = [];
  const sales = rows.map((row): SaleRow => {
    const product = at.item < 0 ? "all sales" : requiredCell(row, at.item, "an item");
    return {
      item: storePrefix(row, at.store) + product,
      day: dayIn(row, at.date, order),
      units: unitsIn(row, at.units, decimalComma, returns) ?? 0,
      inStock: at.inStock < 0 ? null : flagIn(row, at.inStock),
    };
  });
  const days = [...new Set(sales.map((sale) => sale.day))].sort((a, b) => a - b);
  const spacing = spacingOf(days);
  const first = days[0] ?? 0;
  const last = periodIndexOf(days.at(-1) ?? first, first, spacing);
  const byItem = Map.groupBy(sales, (sale) => sale.item);
  const items = [...byItem].map(([item, own]) => itemFromRows(item, own, { first, last, spacing }));
  return { periodDays: spacing, items, warnings: atMost(returns) };
}

interface Calendar {
  readonly first: number;
  readonly last: number;
  readonly spacing: 1 | 7 | 30;
}

function itemFromRows(item: string, sales: readonly SaleRow[], { first, last, spacing }: Calendar): ItemSales {
  const begin = Math.min(...sales.map((sale) => periodIndexOf(sale.day, first, spacing)));
  const units = Array.from({ length: last - begin + 1 }, () => 0);
  const inStock = sales.some((sale) => sale.inStock !== null) ? units.map(() => true) : null;
  for (const sale of sales) {
    const index = periodIndexOf(sale.day, first, spacing) - begin;
    units[index] = (units[index] ?? 0) + sale.units;
    if (inStock !== null && sale.inStock === false) inStock[index] = false;
  }
  return { item, start: isoOf(periodStart(begin, first, spacing)), units, inStock };
}

function wideSales(
  header: CsvRow,
  rows: readonly CsvRow[],
  at: { item: number; store: number },
  decimalComma: boolean,
): Sales {
  const columns = header.cells.map((_, column) => column).filter((column) => column !== at.item && column !== at.store);
  const order = dayOrderOf(header.cells);
  const dated = columns.filter((column) => dayNumberOf(header.cells[column] ?? "", order) !== null);
  // Without any date the columns are numbered periods (W0, W1 …); with some, the others are descriptions.
  const periods = dated.length > 0 ? dated : columns;
  if (periods.length < 2) {
    throw new CsvError(
      header.line,
      1,
      "expected columns item, date and units, or an item column and then one column a date",
    );
  }
  const days = dated.map((column) => dayNumberOf(header.cells[column] ?? "", order) ?? 0);
  days.forEach((day, index) => {
    if (index > 0 && day <= (days[index - 1] ?? 0)) {
      throw new CsvError(header.line, (dated[index] ?? 0) + 1, "dates must rise from left to right");
    }
  });
  if (dated.length === 0) refuseUnknownList(header, rows[0]!);
  const returns: string[] = [];
  const items = rows.map((row) => {
    const units = periods.map((column) => unitsIn(row, column, decimalComma, returns));
    return itemFromCells(storePrefix(row, at.store) + requiredCell(row, at.item, "an item"), units, days);
  });
  if (dated.length > 0) return { periodDays: spacingOf(days), items, warnings: atMost(returns) };
  const undated = `no column is a date such as 2026-01-31, so each from "${header.cells[periods[0]!]}" on is taken for a week`;
  return { periodDays: 7, items, warnings: [undated, ...atMost(returns)] };
}

/** A list whose headers are in another language, or of another kind, must not pass for a table with a column a period. */
function refuseUnknownList(header: CsvRow, first: CsvRow): void {
  const at = first.cells.findIndex(
    (cell) => dayNumberOf(cell, "day_first") !== null || dayNumberOf(cell, "month_first") !== null,
  );
  if (at < 0) return;
  const found = header.cells.map((cell) => `"${cell}"`).join(", ");
  throw new CsvError(
    header.line,
    at + 1,
    `a list has columns called item, date and units, and these are called ${found}`,
  );
}

/** Blank cells before an item's first and after its last record are no history at all. */
function itemFromCells(item: string, units: readonly (number | null)[], days: readonly number[]): ItemSales {
  const begin = Math.max(
    0,
    units.findIndex((value) => value !== null),
  );
  const end = units.findLastIndex((value) => value !== null);
  const start = days[begin];
  return { item, start: start === undefined ? null : isoOf(start), units: units.slice(begin, end + 1), inStock: null };
}

function storePrefix(row: CsvRow, column: number): string {
  return column < 0 ? "" : `${row.cells[column] ?? ""} / `;
}

function requiredCell(row: CsvRow, column: number, what: string): string {
  const cell = row.cells[column] ?? "";
  if (cell === "") throw new CsvError(row.line, column + 1, `expected ${what}, found nothing`);
  return cell;
}

function dayIn(row: CsvRow, column: number, order: DayOrder): number {
  const cell = requiredCell(row, column, "a date");
  const day = dayNumberOf(cell, order);
  if (day !== null && day >= FIRST_DAY && day <= LAST_DAY) return day;
  const canBeTwo = day === null && order === "unknown" && dayNumberOf(cell, "day_first") !== null;
  throw new CsvError(
    row.line,
    column + 1,
    `expected a date such as 2026-01-31, found "${cell}"${canBeTwo ? ", which can be read two ways" : ""}`,
  );
}

/** Negative units are told to `returns`. */
function unitsIn(row: CsvRow, column: number, decimalComma: boolean, returns: string[]): number | null {
  const cell = row.cells[column] ?? "";
  if (cell === "") return null;
  const value = /^[+-]?[\d.,]+(e[+-]?\d+)?$/iu.test(cell)
    ? Number(decimalComma ? cell.replace(",", ".") : cell)
    : Number.NaN;
  if (decimalComma && DOTTED_THOUSANDS.test(cell))
    throw new CsvError(row.line, column + 1, `"${cell}" can be read two ways: write no mark between thousands`);
  if (!(Math.abs(value) <= MOST_UNITS))
    throw new CsvError(row.line, column + 1, `expected a number of units, found "${cell}"`);
  if (value >= 0) return value;
  returns.push(`line ${row.line}, column ${column + 1}: ${cell} units counted as no sales`);
  return 0;
}

function atMost(returns: readonly string[]): readonly string[] {
  const more = returns.length - MAX_WARNINGS;
  return more <= 0
    ? returns
    : [...returns.slice(0, MAX_WARNINGS), `and ${more} more cells below zero, counted as no sales`];
}

function flagIn(row: CsvRow, column: number): boolean | null {
  const cell = (row.cells[column] ?? "").toLowerCase();
  if (cell === "") return null;
  if (["1", "true", "yes", "y"].includes(cell)) return true;
  if (["0", "false", "no", "n"].includes(cell)) return false;
  throw new CsvError(row.line, column + 1, `expected 1 or 0 for in stock, found "${cell}"`);
}
