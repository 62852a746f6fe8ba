/**
 * Triggers as CSV: the trigger's field names as header. Each row is parsed on its own, so that a bad one fails alone.
 */
import * as z from "zod";
import { MOST_TRIGGERS, TriggerBody } from "../../../api/trigger/trigger-request.ts";
import { numberIn } from "./csv-number.ts";
import { csvTable } from "./csv-table.ts";
import { UploadErrors } from "./upload-errors.ts";

const NAMES: ReadonlySet<string> = new Set(["product_id", "store_id"]);
/** The type of each field's value; lists do not fit a cell. */
const COLUMNS = new Map(
  Object.entries(TriggerBody.shape)
    .map(([field, schema]) => [field, typeOf(schema)] as const)
    .filter(([, type]) => type !== "array"),
);

/** Rows as the bodies that they mean; empty cells are left out. */
export function triggersFromCsv(text: string): Readonly<Record<string, unknown>>[] {
  const errors = new UploadErrors();
  const required = ["product_id", "current_stock"];
  const optional = [...COLUMNS.keys()].filter((column) => !required.includes(column));
  const { columns, rows } = csvTable(text, { required, optional, mostRows: MOST_TRIGGERS }, errors);
  errors.throwIfAny("The CSV");
  return rows.map((row) =>
    Object.fromEntries(
      [...columns.keys()].flatMap((column) => {
        const cell = NAMES.has(column) ? row.name(column) : row.cell(column);
        return cell === "" ? [] : [[column, valueOf(column, cell)]];
      }),
    ),
  );
}

function valueOf(column: string, cell: string): unknown {
  switch (COLUMNS.get(column)) {
    case "number":
      return numberIn(cell) ?? cell;
    case "boolean":
      return truthIn(cell) ?? cell;
    default:
      return cell;
  }
}

function truthIn(cell: string): boolean | null {
  if (/^(1|true)$/iu.test(cell)) return true;
  return /^(0|false)$/iu.test(cell) ? false : null;
}

function typeOf(schema: z.ZodType): string {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? typeOf(schema.unwrap() as z.ZodType)
    : schema.type;
}
