import { describe, expect, it } from "vitest";
import { reading, readOne, salesOf } from "./support.ts";

const file = (...lines: string[]): string => `${lines.join("\n")}\n`;

const PIVOT = file(
  "Product,Store,Date,Sum of Units",
  "Tea,Berlin,2026-11-01,2",
  ",,2026-11-02,3",
  ",Berlin Total,,5",
  ",Köln,2026-11-01,1",
  ",,2026-11-03,4",
  ",Köln Total,,5",
  "Tea Total,,,10",
  "Rice,Berlin,2026-11-01,7",
  ",Berlin Total,,7",
  "Rice Total,,,7",
  "Grand Total,,,17",
);

const QUICKBOOKS = file(
  ",Date,Transaction Type,Num,Memo/Description,Qty,Amount",
  "Tea,,,,,,",
  ",11/01/2026,Invoice,1001,Green tea,2.00,20.00",
  ",11/14/2026,Sales Receipt,1002,Green tea,3.00,30.00",
  "Total for Tea,,,,,5.00,$50.00",
  "Rice,,,,,,",
  ",11/05/2026,Credit Memo,1003,Rice,1.00,5.00",
  "Total for Rice,,,,,1.00,$5.00",
  "TOTAL,,,,,6.00,$55.00",
);

describe("labels that are written once for several rows", () => {
  it("are repeated in a pivot table whose totals name them", async () => {
    const found = await readOne(PIVOT);
    expect(found.reading).toMatchObject({ status: "read", units: 17, stores: 2, left_out: { units: 51 } });
    expect(found.reading.warnings).toEqual([
      '"Product", "Store" are written once for several rows, and read for each of them.',
    ]);
    expect(salesOf(found)).toEqual([
      "Berlin/Rice 2026-11-01 7",
      "Berlin/Tea 2026-11-01 2",
      "Berlin/Tea 2026-11-02 3",
      "Köln/Tea 2026-11-01 1",
      "Köln/Tea 2026-11-03 4",
    ]);
  });

  it("end where a label to their left begins", async () => {
    const text = PIVOT.replace("Rice,Berlin,2026-11-01,7", "Rice,,2026-11-01,7").replace(",Berlin Total,,7\n", "");
    expect(salesOf(await readOne(text))).toContain("Rice 2026-11-01 7");
  });

  it("are repeated in a pivot table with a column a day, under its line of filters", async () => {
    const found = await readOne(
      file(
        "Sum - Qty,,Date,",
        "店舗,Product,2026-11-01,2026-11-02",
        "東京,Tea,1,2",
        ",Rice,3,4",
        "東京 Result,,4,6",
        "大阪,Tea,1,1",
        ",Rice,0,2",
        "大阪 Result,,1,3",
        "Total Result,,5,9",
      ),
    );
    expect(found.reading).toMatchObject({ status: "read", units: 14, items: 4, left_out: { units: 28 } });
    expect(salesOf(found)).toContain("東京/Rice 2026-11-02 4");
  });

  it("are those of the order in a nested export", async () => {
    const found = await readOne(
      file(
        "Order Reference,Order Lines/Product,Order Lines/Quantity,Order Date,Customer,Status",
        "S1,[TEA] Tea,2.00,2026-11-01 10:00:00,Ann,Sales Order",
        ",[RICE] Rice,1.00,,,",
        "S2,[TEA] Tea,3.00,2026-11-02 10:00:00,Bob,Cancelled",
        ",[RICE] Rice,1.00,,,",
      ),
    );
    expect(salesOf(found)).toEqual(["[RICE] Rice 2026-11-01 1", "[TEA] Tea 2026-11-01 2"]);
    expect(found.reading.left_out).toMatchObject({ rows: 2, units: 4 });
  });

  it.each([
    [
      "Order ID,Date,Store,SKU,Qty",
      "1001,2026-11-01,Berlin,A,2",
      "1001,,,B,1",
      "1002,2026-11-01,Berlin,A,1",
      "1003,2026-11-02,Köln,A,1",
      "1003,,,B,1",
    ],
    [
      "Date,Order,Store,SKU,Qty",
      "2026-11-01,1001,Berlin,A,2",
      ",,,B,1",
      "2026-11-01,1002,Berlin,A,1",
      "2026-11-02,1003,Köln,A,1",
      ",,,B,1",
    ],
  ])("are those of an order with a number of figures: %s", async (...lines) => {
    expect(salesOf(await readOne(file(...lines)))).toEqual([
      "Berlin/A 2026-11-01 3",
      "Berlin/B 2026-11-01 1",
      "Köln/A 2026-11-02 1",
      "Köln/B 2026-11-02 1",
    ]);
  });

  it("hold for no other order, however far down the file", async () => {
    const order = (number: number): string[] => [`${number},2026-11-01,A,1`, `${number},,B,1`];
    const orders = Array.from({ length: 1_500 }, (_, number) => order(number)).flat();
    const found = await reading(file("Order ID,Date,SKU,Qty", ...orders, "9000,,A,1"));
    expect(found).toMatchObject({
      status: "read",
      units: 3_000,
      left_out: { units: 1, reasons: [{ why: "no date" }] },
    });
  });

  it("are no item: a line of a receipt without one stays without", async () => {
    const text = file(
      "Receipt,Date,Item,Qty",
      "1,2026-11-01,Tea,1",
      "1,2026-11-01,,1",
      "2,2026-11-02,Tea,1",
      "3,2026-11-02,Tea,1",
    );
    expect(await reading(text)).toMatchObject({ status: "read", units: 3, left_out: { units: 1 } });
  });

  it("on lines of their own are asked about where no header says what they name", async () => {
    const { status, questions } = await reading(QUICKBOOKS);
    expect(status).toBe("ask");
    expect(questions[0]?.choices.map(({ flag }) => flag)).toEqual([
      "--item-column 1",
      '--item-column "Memo/Description"',
      "--item-column none",
    ]);
    expect(salesOf(await readOne(QUICKBOOKS, { itemColumn: "1" }))).toEqual([
      "Rice 2026-11-05 -1",
      "Tea 2026-11-01 2",
      "Tea 2026-11-14 3",
    ]);
  });

  it.each([
    ["Product,Date,Qty\nTea,2026-11-01,3\n,2026-11-02,4\nRice,2026-11-01,5\n,2026-11-02,6\n", "--item-column Product"],
    ["Date,Item,Qty\n2026-11-01,Tea,3\n,Rice,4\n2026-11-02,Tea,5\n,Rice,6\n", "--date-column Date"],
    [
      "Filiale;Artikel;Datum;Menge\nA;Tee;01.11.2026;3\n;Reis;01.11.2026;4\nB;Tee;13.11.2026;6\n;Reis;13.11.2026;7\n",
      "--store-column Filiale",
    ],
  ])("are asked about where no total proves them: %j", async (text, flag) => {
    const { status, questions } = await reading(text);
    expect([status, questions[0]?.about, questions[0]?.choices[0]?.flag]).toEqual(["ask", "labels", flag]);
  });

  it("are not seen in names that lack here and there", async () => {
    const names = ["Tea", "", "Rice", "Tea", "Rice", "", "Tea", "Rice", "Tea", "Rice"];
    const rows = names.map((name, at) => `${name},2026-11-${String(at + 10)},1`);
    expect(await reading(file("Product,Date,Qty", ...rows))).toMatchObject({ units: 8, left_out: { units: 2 } });
  });

  it("are no codes that goods with a name of their own lack", async () => {
    const text = file(
      "Date,SKU,Product name,Qty",
      "2026-11-01,T,Tea,3",
      "2026-11-01,,Rice,4",
      "2026-11-02,S,Soap,5",
      "2026-11-02,,Salt,6",
    );
    expect(await reading(text)).toMatchObject({ status: "read", units: 18, items: 4 });
    const repeated = text.replace(",,Rice", ",,Tea").replace(",,Salt", ",,Soap");
    expect((await reading(repeated)).questions[0]?.about).toBe("labels");
  });

  it("are left out, and said to be, when the person names the column", async () => {
    const text = "Date,Item,Qty\n2026-11-01,Tea,3\n,Rice,4\n2026-11-02,Tea,5\n,Rice,6\n";
    expect(await reading(text, { dateColumn: "Date" })).toMatchObject({ units: 8, left_out: { units: 10 } });
  });

  it("are not seen in a name that lacks once", async () => {
    const text = "Product,Date,Qty\nTea,2026-11-01,3\nTea,2026-11-02,4\n,2026-11-02,1\nRice,2026-11-01,5\n";
    expect(await reading(text)).toMatchObject({ status: "read", units: 12, left_out: { units: 1 } });
  });
});

describe("rows that add up those under them", () => {
  const COMPACT = file(
    "Row Labels,2026-11-01,2026-11-02,Grand Total",
    "Berlin,5,7,12",
    "  Tea,1,2,3",
    "  Rice,4,5,9",
    "  Soap,0,0,0",
    "Köln,1,1,2",
    "  Tea,1,1,2",
    "Grand Total,6,8,14",
  );

  it("are asked about, and counted twice only when the person says so", async () => {
    const { status, questions } = await reading(COMPACT);
    expect(status).toBe("ask");
    expect(questions[0]?.text).toContain('Does "Berlin" on line 2 add up the rows under it?');
    expect(await reading(COMPACT, { kind: "sales" })).toMatchObject({ status: "read", units: 28 });
  });

  it("are not seen in two products that sell alike", async () => {
    expect(await reading("item,2026-11-01,2026-11-02\nA,3,4\nB,3,4\n")).toMatchObject({ status: "read", units: 14 });
  });

  it("are not seen where one row happens to be a sum", async () => {
    expect(await reading("item,2026-11-01,2026-11-02\nA,3,4\nB,1,2\nC,2,2\nD,7,7\n")).toMatchObject({
      status: "read",
      units: 28,
    });
  });
});
