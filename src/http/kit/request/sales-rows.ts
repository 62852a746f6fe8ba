/**
 * Rows of sales as CSV or NDJSON. Pure: text in, rows out, or a problem that names line and column of everything that
 * is wrong, up to a hundred.
 */
import * as z from "zod";
import { day, MAX_QUANTITY, name, number } from "../../../api/fields.ts";
import type { SalesRow } from "../../../world/sales/sales.ts";
import { unitsIn } from "./csv-number.ts";
import { csvTable } from "./csv-table.ts";
import { parseStrictJson } from "./strict-json.ts";
import type { UploadErrors } from "./upload-errors.ts";
import { dayOfIso } from "../../../shared/calendar-dates.ts";
import { perText } from "../../../shared/per-text.ts";

/** Rows of one part: some 2 MiB with the longest names. */
const MOST_SALES_ROWS = 50_000;

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
  const nameOf = perText(nameIn);
  const { columns, rows } = csvTable(
    text,
    { required: [...required, "date", "units"], optional: [...optional, "in_stock"], mostRows: MOST_SALES_ROWS },
    errors,
  );
  for (const row of rows) {
    const named = (column: string): string | Error => {
      const parsed = nameOf(row.name(column));
      if (parsed instanceof Error) row.refuse(column, parsed.message);
      return parsed;
    };
    const date = row.cell("date");
    const day = dayOfIso(date);
    if (day === null) row.refuse("date", `"${date}" is not a date like 2026-01-31`);
    const units = unitsIn(row.cell("units"));
    if (typeof units === "string") row.refuse("units", units);
    const stocked = row.cell("in_stock");
    if (!["", "0", "1"].includes(stocked)) row.refuse("in_stock", "in_stock must be 0 or 1");
    const productId = columns.has("product_id") ? named("product_id") : null;
    const storeId = row.name("store_id") === "" ? null : named("store_id");
    if (day === null || typeof units === "string" || productId instanceof Error || storeId instanceof Error) continue;
    const inStock = stocked === "" ? null : stocked === "1";
    sales.push({ line: row.line, dateColumn: row.placeOf("date"), productId, storeId, day, units, inStock });
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

function nameIn(written: string): string | Error {
  const { data, error } = name.safeParse(written);
  return data ?? new Error(`"${written}" is not a valid name: it ${error!.issues[0]!.message}`);
}

/** Undefined if the line is not JSON. */
function jsonIn(line: string): unknown {
  try {
    return parseStrictJson(line);
  } catch {
    return undefined;
  }
}
