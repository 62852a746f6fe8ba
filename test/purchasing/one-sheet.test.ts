import { expect, it } from "vitest";
import { xlsxOf } from "../../src/purchasing/documents/order-xlsx.ts";
import type { CellValue } from "../../src/purchasing/documents/table.ts";
import { workbookTables } from "../../src/reader/xlsx/workbook.ts";

const COLUMNS = [
  { header: "name", width: 20 },
  { header: "value", width: 10, format: "#,##0.00##" },
  { header: "gtin", width: 16 },
];

async function readBack(rows: readonly (readonly CellValue[])[], sheet = "Orders") {
  const bytes = xlsxOf(COLUMNS, rows, sheet);
  const source = {
    name: "orders.xlsx",
    size: bytes.length,
    async *slices() {
      yield bytes;
    },
  };
  const [table] = await workbookTables(source, undefined);
  const cells: (readonly string[])[] = [];
  for await (const slice of table!.slices()) cells.push(...slice.map((row) => row.cells));
  return { sheet: table!.sheet, cells };
}

it("a workbook is read as it was written: a header, texts in any script, numbers, codes with their zeros", async () => {
  const rows = [
    ['緑茶 <500 g> & "more"', 1_234.5, "0012345678905"],
    ["a\u0001b\ud800", -0.25, null],
  ];
  expect(await readBack(rows)).toEqual({
    sheet: "Orders",
    cells: [
      ["name", "value", "gtin"],
      ['緑茶 <500 g> & "more"', "1234.5", "0012345678905"],
      ["ab\ufffd", "-0.25"],
    ],
  });
});

it("no text is a formula, and a sheet's name is one that Excel takes", async () => {
  const { sheet, cells } = await readBack([["=1+1", 1, "@x"]], 'PO/2026: [a] & "b" of a very long supplier');
  expect(cells[1]).toEqual(["'=1+1", "1", "'@x"]);
  expect(sheet).toBe('PO 2026   a  & "b" of a very lo');
});

it("the same order is the same bytes", () => {
  expect(xlsxOf(COLUMNS, [["a", 1, "b"]], "S")).toEqual(xlsxOf(COLUMNS, [["a", 1, "b"]], "S"));
});
