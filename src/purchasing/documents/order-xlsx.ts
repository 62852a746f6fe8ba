/** Orders as XLSX, by a writer that is loaded when first needed. Codes stay text, so that a GTIN keeps its zeros. */
import type { OrderDocument } from "../order/order-document.ts";
import { DAY, LINE_COLUMNS, neutralised, type CellValue, type TableColumn } from "./table.ts";

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export function orderXlsx(document: OrderDocument): Promise<Uint8Array> {
  const rows = document.lines.map((line) => LINE_COLUMNS.map(({ value }) => value(line, document)));
  return xlsxOf(LINE_COLUMNS, rows, document.number ?? "Order");
}

export async function xlsxOf(
  columns: readonly Pick<TableColumn, "header" | "width" | "format">[],
  rows: readonly (readonly CellValue[])[],
  sheet: string,
): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import("write-excel-file/universal");
  const header = columns.map(({ header: value }) => ({ value, type: String, fontWeight: "bold" as const }));
  const body = rows.map((row) => row.map((value, at) => cell(value, columns[at]!.format)));
  const options = {
    sheet: sheet.replaceAll(/[[\]*/\\?:]/g, " ").slice(0, SHEET_NAME_LENGTH),
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    orientation: "landscape",
  } as const;
  const font = { fontFamily: "Calibri", fontSize: 11 };
  const sheets = writeExcelFile([header, ...body], options, { ...font, features: [ONE_PAGE_WIDE] });
  const blob = await sheets.toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

const SHEET_NAME_LENGTH = 31;

/** Printed, all columns are on one page, however many pages the rows take. */
const ONE_PAGE_WIDE = {
  files: {
    transform: {
      "xl/worksheets/sheet{id}.xml": {
        transform: (xml: string) =>
          xml
            .replace("<sheetViews", '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews')
            .replace("<pageSetup ", '<pageSetup fitToHeight="0" '),
      },
    },
  },
};

function cell(value: CellValue, format: string | undefined) {
  if (value === null) return null;
  if (format === DAY) return { value: new Date(value), type: Date, format };
  return typeof value === "number"
    ? { value, type: Number, ...(format === undefined ? {} : { format }) }
    : { value: neutralised(value), type: String };
}
