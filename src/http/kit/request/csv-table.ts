/** A header by which cells are found, and the rows below it: what all uploads of CSV share. */
import { CsvError, csvRows, type CsvRow } from "../../../shared/csv-rows.ts";
import type { UploadErrors } from "./upload-errors.ts";

export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly mostRows: number;
}

export interface CsvTable {
  /** The columns that the file has: index by name. */
  readonly columns: ReadonlyMap<string, number>;
  readonly rows: readonly TableRow[];
}

/** A row whose cells are found by the names of their columns. */
export class TableRow {
  readonly #row: CsvRow;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #errors: UploadErrors;

  constructor(row: CsvRow, columns: ReadonlyMap<string, number>, errors: UploadErrors) {
    this.#row = row;
    this.#columns = columns;
    this.#errors = errors;
  }

  get line(): number {
    return this.#row.line;
  }

  /** Empty where the file has no such column. */
  cell(column: string): string {
    const at = this.#columns.get(column);
    return at === undefined ? "" : (this.#row.cells[at] ?? "");
  }

  /** A cell that is a name: as it was written, so that white space around it is refused like everywhere else. */
  name(column: string): string {
    const at = this.#columns.get(column);
    return (at === undefined ? undefined : this.#row.padded?.get(at)) ?? this.cell(column);
  }

  /** From 1; a column that the file does not have is shown as its first. */
  placeOf(column: string): number {
    return (this.#columns.get(column) ?? 0) + 1;
  }

  refuse(column: string, message: string): void {
    this.#errors.at(this.line, this.placeOf(column), message);
  }
}

/** Throws what is wrong with the file as a whole; what is wrong with a row is in `errors`. */
export function csvTable(text: string, { required, optional, mostRows }: CsvColumns, errors: UploadErrors): CsvTable {
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
  const columns = new Map<string, number>();
  for (const [index, cell] of (header?.cells ?? []).entries()) {
    const column = cell.toLowerCase();
    if (![...required, ...optional].includes(column))
      errors.at(header!.line, index + 1, `"${cell}" is not a column here`);
    else if (columns.has(column)) errors.at(header!.line, index + 1, `"${cell}" is repeated`);
    else columns.set(column, index);
  }
  errors.throwIfAny("The CSV");
  for (const column of required) {
    if (!columns.has(column)) errors.at(header!.line, header!.cells.length, `the column "${column}" is missing`);
  }
  if (rows.length === 0) errors.at(header!.line + 1, 1, "there is no row below the header");
  errors.throwIfAny("The CSV");
  for (const row of rows) {
    if (row.cells.length > header!.cells.length)
      errors.at(row.line, header!.cells.length + 1, "there are more cells than columns");
  }
  return { columns, rows: rows.map((row) => new TableRow(row, columns, errors)) };
}
