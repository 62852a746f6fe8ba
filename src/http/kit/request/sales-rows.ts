/**
 * Rows of sales as CSV or NDJSON. Pure: text in, rows out, or a problem that names line and column of everything that
 * is wrong, up to a hundred.
 */
import * as z from "zod";
import { day, MAX_QUANTITY, name, number } from "../../../api/fields.ts";
import { Problem, type FieldError } from "../../../api/problems.ts";
import { CsvError, csvRows, type CsvRow } from "../../../shared/csv-rows.ts";
import type { SalesRow } from "../../../world/sales/sales.ts";
import { numberIn } from "./csv-number.ts";
import { parseStrictJson } from "./strict-json.ts";
import { dayOfIso } from "../../../shared/calendar-dates.ts";

/** Rows of one part: some 2 MiB with the longest names. */
const MOST_SALES_ROWS = 50_000;
const MOST_ERRORS = 100;

export interface GivenSale extends SalesRow {
  readonly line: number;
  /** Of its date, from 1; null in NDJSON. */
  readonly dateColumn: number | null;
  readonly productId: string | null;
  readonly storeId: string | null;
}

const NdjsonSale = z.strictObject({
  product_id: name,
  store_id: name.nullish(),
  date: day,
  units: number.min(-MAX_QUANTITY).max(MAX_QUANTITY),
  in_stock: z.union([z.literal(0), z.literal(1), z.boolean()]).nullish(),
});

/** Collects every problem of an upload, so a person corrects the file once and not a hundred times. */
export class UploadErrors {
  readonly #errors: FieldError[] = [];

  get isEmpty(): boolean {
    return this.#errors.length === 0;
  }

  add(pointer: string, message: string): void {
    if (this.#errors.length < MOST_ERRORS) this.#errors.push({ pointer, message });
  }

  at(line: number, column: number, message: string): void {
    this.add(`line ${line}, column ${column}`, `line ${line}, column ${column}: ${message}`);
  }

  throwIfAny(what: string): void {
    if (this.#errors.length === 0) return;
    const errors = this.#errors.toSorted((a, b) => a.pointer.localeCompare(b.pointer, "en", { numeric: true }));
    throw new Problem("validation_failed", `${what} was not stored: ${errors[0]!.message}.`, { errors });
  }
}

/** A cell that is a name: as it was written, so that white space around it is refused like everywhere else. */
export function nameCell({ cells, padded }: CsvRow, column: number): string {
  return padded?.get(column) ?? cells[column] ?? "";
}

/**
 * The rows that can be read; what is wrong with the others is in `errors`.
 *
 * @param required beside `date` and `units`.
 */
export function salesFromCsv(
  text: string,
  required: readonly string[],
  optional: readonly string[],
  errors: UploadErrors,
): GivenSale[] {
  const sales: GivenSale[] = [];
  const names = new Map<string, string | Error>();
  const { columns, rows } = csvTable(
    text,
    [...required, "date", "units"],
    [...optional, "in_stock"],
    MOST_SALES_ROWS,
    errors,
  );
  for (const row of rows) {
    const cell = (column: string): string => (columns[column] === undefined ? "" : (row.cells[columns[column]] ?? ""));
    const refuse = (column: string, message: string): void => errors.at(row.line, (columns[column] ?? 0) + 1, message);
    let isNamed = true;
    const named = (column: string, isRequired: boolean): string | null => {
      const written = nameCell(row, columns[column]!);
      if (written === "" && !isRequired) return null;
      const parsed = names.get(written) ?? nameIn(written);
      names.set(written, parsed);
      if (typeof parsed === "string") return parsed;
      refuse(column, parsed.message);
      isNamed = false;
      return null;
    };
    const date = dayOfIso(cell("date"));
    if (date === null) refuse("date", `"${cell("date")}" is not a date like 2026-01-31`);
    const units = unitsIn(cell("units"));
    if (typeof units === "string") refuse("units", units);
    const stocked = cell("in_stock");
    if (!["", "0", "1"].includes(stocked)) refuse("in_stock", "in_stock must be 0 or 1");
    const productId = columns["product_id"] === undefined ? null : named("product_id", true);
    const storeId = columns["store_id"] === undefined ? null : named("store_id", false);
    if (date === null || typeof units === "string" || !isNamed) continue;
    sales.push({
      line: row.line,
      dateColumn: (columns["date"] ?? 0) + 1,
      productId,
      storeId,
      day: date,
      units,
      inStock: stocked === "" ? null : stocked === "1",
    });
  }
  return sales;
}

export function salesFromNdjson(text: string, errors: UploadErrors): GivenSale[] {
  const sales: GivenSale[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const at = index + 1;
    if (sales.length >= MOST_SALES_ROWS) {
      errors.at(at, 1, `there are more than ${MOST_SALES_ROWS} rows`);
      break;
    }
    const json = jsonIn(line);
    if (json === undefined) {
      errors.add(`line ${at}, /`, `line ${at}: is not JSON`);
      continue;
    }
    const parsed = NdjsonSale.safeParse(json);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      const field = issue.code === "unrecognized_keys" ? issue.keys[0] : issue.path.join("/");
      const message = issue.code === "unrecognized_keys" ? "is not a known field" : issue.message;
      errors.add(`line ${at}, /${field}`, `line ${at}, ${field || "the line"}: ${message}`);
      continue;
    }
    const { product_id, store_id, date, units, in_stock } = parsed.data;
    const inStock = in_stock == null ? null : Boolean(in_stock);
    sales.push({
      line: at,
      dateColumn: null,
      productId: product_id,
      storeId: store_id ?? null,
      day: date,
      units,
      inStock,
    });
  }
  if (sales.length === 0 && errors.isEmpty) errors.at(1, 1, "there is no row");
  return sales;
}

export interface CsvTable {
  /** Index by name; undefined = the file does not have it. */
  readonly columns: Readonly<Record<string, number | undefined>>;
  readonly rows: readonly CsvRow[];
}

/** A header by which cells are found, and the rows below it. */
export function csvTable(
  text: string,
  required: readonly string[],
  optional: readonly string[],
  mostRows: number,
  errors: UploadErrors,
): CsvTable {
  const all: CsvRow[] = [];
  try {
    for (const row of csvRows(text)) {
      if (all.length > mostRows) throw new CsvError(row.line, 1, `there are more than ${mostRows} rows`);
      all.push(row);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    errors.add(`line ${error.line}, column ${error.column}`, error.message);
    errors.throwIfAny("The CSV");
  }
  const [header, ...rows] = all;
  if (header === undefined) errors.at(1, 1, `the file is empty; the first line must be ${required.join(",")}`);
  const columns: Record<string, number | undefined> = {};
  for (const [index, cell] of (header?.cells ?? []).entries()) {
    const column = cell.toLowerCase();
    if (![...required, ...optional].includes(column))
      errors.at(header!.line, index + 1, `"${cell}" is not a column here`);
    else if (columns[column] !== undefined) errors.at(header!.line, index + 1, `"${cell}" is repeated`);
    else columns[column] = index;
  }
  errors.throwIfAny("The CSV");
  for (const column of required) {
    if (columns[column] === undefined)
      errors.at(header!.line, header!.cells.length, `the column "${column}" is missing`);
  }
  if (rows.length === 0) errors.at(header!.line + 1, 1, "there is no row below the header");
  errors.throwIfAny("The CSV");
  for (const row of rows) {
    if (row.cells.length > header!.cells.length)
      errors.at(row.line, header!.cells.length + 1, "there are more cells than columns");
  }
  return { columns, rows };
}

function nameIn(written: string): string | Error {
  const { data, error } = name.safeParse(written);
  return data ?? new Error(`"${written}" is not a valid name: it ${error!.issues[0]!.message}`);
}

/** The number in a cell, or what is wrong with it. */
export function unitsIn(cell: string, least = -MAX_QUANTITY): number | string {
  const value = numberIn(cell);
  if (value === null) return `"${cell}" is not a number`;
  return value < least || value > MAX_QUANTITY ? `${cell} is out of range` : value;
}

/** Undefined if the line is not JSON. */
function jsonIn(line: string): unknown {
  try {
    return parseStrictJson(line);
  } catch {
    return undefined;
  }
}
