import { describe, expect, it } from "vitest";
import { parseSalesCsv } from "../../scripts/lib/import/sales-csv.ts";

describe("sales in a long list", () => {
  it("sums rows of one day, fills days without sales, and starts each item at its own first row", () => {
    const sales = parseSalesCsv(
      "SKU,Order Date,Qty\nA,2026-01-01 09:12,2\nA,2026-01-01 17:40,3\nA,2026-01-04,1\nB,2026-01-03,7\n",
    );
    expect(sales.periodDays).toBe(1);
    expect(sales.items).toEqual([
      { item: "A", start: "2026-01-01", units: [5, 0, 0, 1], inStock: null },
      { item: "B", start: "2026-01-03", units: [7, 0], inStock: null },
    ]);
  });

  it("tells weeks and months by their spacing", () => {
    expect(parseSalesCsv("date,units\n2026-01-05,1\n2026-01-12,2\n2026-01-26,3\n")).toMatchObject({
      periodDays: 7,
      items: [{ item: "all sales", units: [1, 2, 0, 3] }],
    });
    expect(parseSalesCsv("item,month,sales\nA,2026-01,1\nA,2026-04,2\n")).toMatchObject({
      periodDays: 30,
      items: [{ start: "2026-01-01", units: [1, 0, 0, 2] }],
    });
  });

  it("keeps stock-out flags and stores apart", () => {
    const { items } = parseSalesCsv(
      "store,item,date,units,in_stock\ntokyo,A,2026-01-01,2,1\ntokyo,A,2026-01-02,0,0\nosaka,A,2026-01-01,9,1\n",
    );
    expect(items.map(({ item, inStock }) => [item, inStock])).toEqual([
      ["tokyo / A", [true, false]],
      ["osaka / A", [true, true]],
    ]);
  });

  it("counts returns as no sales and says so", () => {
    expect(parseSalesCsv("date,units\n2026-01-01,4\n2026-01-02,-1\n")).toMatchObject({
      items: [{ units: [4, 0] }],
      warnings: ["line 3, column 2: -1 units counted as no sales"],
    });
  });

  it("says how many returns it does not list", () => {
    const { warnings } = parseSalesCsv(
      `date,units\n${Array.from({ length: 28 }, (_, day) => `2026-01-${String(day + 1).padStart(2, "0")},-1\n`).join("")}`,
    );
    expect(warnings).toHaveLength(21);
    expect(warnings.at(-1)).toBe("and 8 more cells below zero, counted as no sales");
  });

  it("reads dates with the day first once one of them tells", () => {
    expect(parseSalesCsv("date;units\n03/04/2026;1,5\n13/04/2026;2\n").items[0]).toMatchObject({ start: "2026-04-03" });
  });
});

describe("sales in a wide table", () => {
  it("takes one column a date, blanks as not recorded, and trims what lies before and after", () => {
    expect(parseSalesCsv('item,2026-01-05,2026-01-12,2026-01-19,2026-01-26\nA,,3,,4\n"B, red",1,2,3,\n')).toEqual({
      periodDays: 7,
      warnings: [],
      items: [
        { item: "A", start: "2026-01-12", units: [3, null, 4], inStock: null },
        { item: "B, red", start: "2026-01-05", units: [1, 2, 3], inStock: null },
      ],
    });
  });

  it("takes numbered periods as weeks, and says so", () => {
    expect(parseSalesCsv("Product_Code,W0,W1\nP1,11,12\n")).toMatchObject({
      periodDays: 7,
      items: [{ start: null, units: [11, 12] }],
      warnings: ['no column is a date such as 2026-01-31, so each from "W0" on is taken for a week'],
    });
  });

  it("keeps stores apart", () => {
    const { items } = parseSalesCsv("store,item,2026-01-01,2026-01-02\ntokyo,A,1,2\nosaka,A,3,4\n");
    expect(items.map(({ item }) => item)).toEqual(["tokyo / A", "osaka / A"]);
  });

  it("lets other columns hold dates", () => {
    expect(parseSalesCsv("item,launched,2026-01-01,2026-01-02\nA,2025-03-01,1,2\n")).toMatchObject({
      items: [{ units: [1, 2] }],
    });
  });
});

describe("a CSV that cannot be read", () => {
  it.each([
    ["no rows", "item,date,units\n", "line 1, column 1: the file has no rows of sales"],
    [
      "a bad number",
      "item,date,units\nA,2026-01-01,3\nA,2026-01-02,many\n",
      'line 3, column 3: expected a number of units, found "many"',
    ],
    ["a bad date", "item,date,units\nA,soon,3\n", 'line 2, column 2: expected a date such as 2026-01-31, found "soon"'],
    [
      "a date that can be read two ways",
      "item,date,units\nA,03/04/2026,3\n",
      'line 2, column 2: expected a date such as 2026-01-31, found "03/04/2026", which can be read two ways',
    ],
    [
      "a year with a slip",
      "item,date,units\nA,2026-01-01,3\nA,1026-01-02,3\n",
      'line 3, column 2: expected a date such as 2026-01-31, found "1026-01-02"',
    ],
    [
      "a bar code for units",
      "item,date,units\nA,2026-01-01,4006381333931\n",
      'line 2, column 3: expected a number of units, found "4006381333931"',
    ],
    [
      "thousands that may be decimals",
      "item;date;units\nA;2026-01-01;1.234\n",
      'line 2, column 3: "1.234" can be read two ways',
    ],
    [
      "headers in another language",
      "Artikel;Datum;Menge\nA;31.01.2026;3\n",
      'line 1, column 2: a list has columns called item, date and units, and these are called "Artikel", "Datum", "Menge"',
    ],
    ["an item left out", "item,date,units\n,2026-01-01,3\n", "line 2, column 1: expected an item, found nothing"],
    [
      "lines after a quoted line break",
      'item,date,units\n"A\nB",2026-01-01,3\nC,2026-01-01,x\n',
      'line 4, column 3: expected a number of units, found "x"',
    ],
    [
      "an open quotation mark",
      'item,date,units\n"A,2026-01-01,3\n',
      "line 2, column 1: a quotation mark is never closed",
    ],
    [
      "unknown columns",
      "colour\nred\n",
      "line 1, column 1: expected columns item, date and units, or an item column and then one column a date",
    ],
    ["dates that fall", "item,2026-01-12,2026-01-05\nA,1,2\n", "line 1, column 3: dates must rise from left to right"],
  ])("names line and column: %s", (_, text, message) => {
    expect(() => parseSalesCsv(text)).toThrow(message);
  });
});
