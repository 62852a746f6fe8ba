/** Sales as parts to upload; each holds whole products. */
import { isoDay } from "../../shared/calendar-dates.ts";
import { periodStart } from "../dates/file-period.ts";
import { tidy } from "../left-out.ts";
import type { ItemSales, Period, SalesContent } from "../types.ts";
import { csvLine } from "./csv-line.ts";
import { PART_CHARACTERS, type UploadPart } from "./upload-part.ts";

const SALES_COLUMNS = ["product_id", "store_id", "date", "units", "in_stock"];
const SALES_ROWS = 50_000;

export function* salesParts(
  { items, period }: SalesContent,
  store: string,
  through: string,
  replace: boolean,
): Generator<UploadPart> {
  const path = `/sales?period=${period}&complete_through=${through}${replace ? "&replace=true" : ""}`;
  const header = csvLine(SALES_COLUMNS);
  let csv = header;
  let rows = 0;
  for (const item of items) {
    const lines = salesLines(item, item.store ?? store, period);
    if (rows > 0 && (rows + lines.length > SALES_ROWS || csv.length + size(lines) > PART_CHARACTERS)) {
      yield { what: "sales", method: "POST", path, csv, rows, columns: SALES_COLUMNS, records: [] };
      [csv, rows] = [header, 0];
    }
    csv += lines.join("");
    rows += lines.length;
  }
  if (rows > 0) yield { what: "sales", method: "POST", path, csv, rows, columns: SALES_COLUMNS, records: [] };
}

function salesLines(item: ItemSales, store: string, period: Period): string[] {
  const { units, unrecorded, inStock } = item;
  const byStart = new Map<number, { units: number; mark: string }>();
  for (const [day, sold] of units) {
    const start = periodStart(day, period, day);
    const mark = inStock?.get(day);
    const before = byStart.get(start);
    byStart.set(start, {
      units: (before?.units ?? 0) + sold,
      mark: mark === false || before?.mark === "0" ? "0" : mark === true ? "1" : (before?.mark ?? ""),
    });
  }
  const days = [...byStart.keys()];
  const [first, last] = [Math.min(...days), Math.max(...days)];
  // A day that nobody recorded has unknown demand: a censored zero. Days before and after an item's own are left
  // out.
  for (const day of unrecorded) {
    const start = periodStart(day, period, day);
    if (start > first && start < last && !byStart.has(start)) byStart.set(start, { units: 0, mark: "0" });
  }
  return [...byStart]
    .sort((a, b) => a[0] - b[0])
    .map(([day, { units: sold, mark }]) => csvLine([item.product, store, isoDay(day), tidy(sold), mark]));
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
