/**
 * Triggers as CSV: the trigger's field names as header. Each row is parsed on its own, so that a bad one fails alone.
 */
import { MOST_TRIGGERS, TriggerBody } from "../../../api/trigger/trigger-request.ts";
import { termFields } from "../../../api/trigger/trigger-terms.ts";
import { numberIn } from "./csv-number.ts";
import { csvTable, nameCell, UploadErrors } from "./sales-rows.ts";

const NUMBERS: ReadonlySet<string> = new Set([
  ...Object.keys(termFields),
  "current_stock",
  "safety_stock_level",
  "on_order",
  "backordered",
  "reserved",
]);
const NAMES: ReadonlySet<string> = new Set(["product_id", "store_id"]);
/** Lists do not fit a cell. */
const LISTS: ReadonlySet<string> = new Set(["open_orders", "lots"]);
const COLUMNS = Object.keys(TriggerBody.shape).filter((field) => !LISTS.has(field));

/** Rows as the bodies that they mean; empty cells are left out. */
export function triggersFromCsv(text: string): Readonly<Record<string, unknown>>[] {
  const errors = new UploadErrors();
  const required = ["product_id", "current_stock"];
  const optional = COLUMNS.filter((column) => !required.includes(column));
  const { columns, rows } = csvTable(text, required, optional, MOST_TRIGGERS, errors);
  errors.throwIfAny("The CSV");
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(columns).flatMap(([column, index]) => {
        const cell = NAMES.has(column) ? nameCell(row, index!) : (row.cells[index!] ?? "");
        return cell === "" ? [] : [[column, valueOf(column, cell)]];
      }),
    ),
  );
}

function valueOf(column: string, cell: string): unknown {
  if (NUMBERS.has(column)) return numberIn(cell) ?? cell;
  if (column !== "backfill") return cell;
  return /^(1|true)$/i.test(cell) ? true : /^(0|false)$/i.test(cell) ? false : cell;
}
