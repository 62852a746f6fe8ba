/**
 * Uploaded CSV and JSON as days. Pure: text in, days or an error that names line and column out. Nothing is stored when
 * any row is wrong.
 */
import * as z from "zod";
import type { ForecastDay } from "../../../world/forecast.ts";
import { CsvError, csvRows, type CsvRow } from "../../../shared/csv-rows.ts";
import { Problem } from "../../../api/problems.ts";
import { quantity } from "../../../api/fields.ts";
import { dayOfIso } from "../../../shared/calendar-dates.ts";

const MAX_UNITS = 1e9;
/** More than a century of days. */
const MOST_ROWS = 50_000;
/** What a spreadsheet writes; `Number` would also read 0x10 and Infinity. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

export function parseForecastCsv(text: string): ForecastDay[] {
  return fromCsv(() => {
    const { rows, columns } = table(text, ["date", "mean"], ["p10", "p50", "p90", "std"]);
    const days = new Map<number, ForecastDay>();
    for (const row of rows) {
      const day = dateAt(row, columns.date!);
      if (days.has(day)) throw new CsvError(row.line, columns.date! + 1, "the date is repeated");
      const optional = (name: string): number | undefined => {
        const column = columns[name];
        return column === undefined || (row.cells[column] ?? "") === "" ? undefined : numberAt(row, column, { min: 0 });
      };
      const point = {
        day,
        mean: numberAt(row, columns.mean!, { min: 0 }),
        p10: optional("p10"),
        p50: optional("p50"),
        p90: optional("p90"),
        std: optional("std"),
      };
      if (!isOrdered(point))
        throw new CsvError(row.line, (columns.p90 ?? columns.p50 ?? 0) + 1, "quantiles must rise: p10 <= p50 <= p90");
      days.set(day, point);
    }
    return sorted(days);
  });
}

export const ForecastBody = z
  .strictObject({
    points: z
      .array(
        z
          .strictObject({
            date: z.string().refine((text) => dayOfIso(text) !== null, "must be a date like 2026-01-31"),
            mean: quantity,
            p10: quantity.nullish(),
            p50: quantity.nullish(),
            p90: quantity.nullish(),
            std: quantity.nullish(),
          })
          .refine((point) => isOrdered(point), "quantiles must rise: p10 <= p50 <= p90"),
      )
      .min(1),
  })
  .refine((body) => new Set(body.points.map((point) => point.date)).size === body.points.length, {
    path: ["points"],
    message: "a date is repeated",
  })
  .transform(({ points }): ForecastDay[] =>
    sorted(
      new Map(
        points.map((point) => {
          const day = dayOfIso(point.date)!;
          return [
            day,
            {
              day,
              mean: point.mean,
              p10: point.p10 ?? undefined,
              p50: point.p50 ?? undefined,
              p90: point.p90 ?? undefined,
              std: point.std ?? undefined,
            },
          ];
        }),
      ),
    ),
  );

function table(text: string, required: readonly string[], optional: readonly string[]) {
  const [header, ...rows] = boundedRows(text);
  if (header === undefined) throw new CsvError(1, 1, `the file is empty; the first line must be ${required.join(",")}`);
  const columns: Record<string, number | undefined> = {};
  for (const [index, cell] of header.cells.entries()) {
    const column = cell.toLowerCase();
    if (![...required, ...optional].includes(column))
      throw new CsvError(header.line, index + 1, `"${cell}" is not a column here`);
    if (columns[column] !== undefined) throw new CsvError(header.line, index + 1, `"${cell}" is repeated`);
    columns[column] = index;
  }
  for (const column of required) {
    if (columns[column] === undefined)
      throw new CsvError(header.line, header.cells.length, `the column "${column}" is missing`);
  }
  if (rows.length === 0) throw new CsvError(header.line + 1, 1, "there is no row below the header");
  for (const row of rows) {
    if (row.cells.length > header.cells.length)
      throw new CsvError(row.line, header.cells.length + 1, "there are more cells than columns");
  }
  return { rows, columns };
}

function boundedRows(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  for (const row of csvRows(text)) {
    if (rows.length > MOST_ROWS) throw new CsvError(row.line, 1, `there are more than ${MOST_ROWS} rows`);
    rows.push(row);
  }
  return rows;
}

function dateAt(row: CsvRow, column: number): number {
  const day = dayOfIso(row.cells[column] ?? "");
  if (day === null)
    throw new CsvError(row.line, column + 1, `"${row.cells[column] ?? ""}" is not a date like 2026-01-31`);
  return day;
}

function numberAt(row: CsvRow, column: number, { min }: { min: number }): number {
  const cell = row.cells[column] ?? "";
  const value = Number(cell);
  if (!DECIMAL.test(cell) || !Number.isFinite(value))
    throw new CsvError(row.line, column + 1, `"${cell}" is not a number`);
  if (value < min || value > MAX_UNITS) throw new CsvError(row.line, column + 1, `${cell} is out of range`);
  return value;
}

function isOrdered(point: {
  p10?: number | null | undefined;
  p50?: number | null | undefined;
  p90?: number | null | undefined;
}): boolean {
  const given = [point.p10, point.p50, point.p90].filter((value) => value != null);
  return given.every((value, index) => index === 0 || value >= given[index - 1]!);
}

function sorted<T extends { readonly day: number }>(days: ReadonlyMap<number, T>): T[] {
  return [...days.values()].toSorted((a, b) => a.day - b.day);
}

function fromCsv<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Problem("validation_failed", `The CSV was not stored: ${error.message}.`, {
      errors: [{ pointer: `line ${error.line}, column ${error.column}`, message: error.message }],
    });
  }
}
