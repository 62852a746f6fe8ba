import { zipSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { readSheets } from "../../src/reader/read-sheets.ts";
import { readAll, reading, readOne, salesOf, sourceOf, TODAY } from "./support.ts";
import { serial, workbook } from "./workbook.ts";

describe("a workbook", () => {
  it("has dates as numbers, a merged title, and amounts with a point that have one reading", async () => {
    const bytes = workbook([
      {
        name: "Sales",
        merges: ["A1:C1"],
        rows: [
          ["Sales of the shop", null, null],
          ["Item", "Date", "Units"],
          ["Tea & <honey>", { date: serial("2026-01-05") }, 3],
          ["Rice", { date: serial("2026-02-01") }, 1.234],
        ],
      },
    ]);
    const found = await readOne(bytes);
    expect(found.reading).toMatchObject({
      sheet: "Sales",
      status: "read",
      header_line: 2,
      units: 4.234,
      encoding: null,
      delimiter: null,
    });
    expect(salesOf(found)).toEqual(["Rice 2026-02-01 1.234", "Tea & <honey> 2026-01-05 3"]);
  });

  it("counts days from 1904 where the workbook says so", async () => {
    const rows = [
      ["Item", "Date", "Units"],
      ["A", { date: serial("2026-01-05") - 1_462 }, 3],
    ];
    expect(await reading(workbook([{ name: "S", rows }], { date1904: true }))).toMatchObject({ first: "2026-01-05" });
  });

  it("shows months as months, and numbers with the zeros in front", async () => {
    const months = ["2026-01-01", "2026-02-01", "2026-03-01"].map((day) => ({ month: serial(day) }));
    const found = await readOne(
      workbook([
        {
          name: "S",
          rows: [
            ["SKU", ...months],
            [{ digits: 123 }, 1, 2, 3],
          ],
        },
      ]),
    );
    expect(found.reading).toMatchObject({ status: "read", period: "month", units: 6 });
    expect(found.content.sales?.items[0]?.product).toBe("00123");
  });

  it("gives a name that is merged over rows to each of them", async () => {
    const day = (date: string) => ({ date: serial(date) });
    const rows = [
      ["Item", "Date", "Units"],
      ["A", day("2026-01-05"), 1],
      [null, day("2026-01-06"), 2],
      ["B", day("2026-01-06"), 4],
    ];
    expect(salesOf(await readOne(workbook([{ name: "S", merges: ["A2:A3"], rows }])))).toContain("A 2026-01-06 2");
  });

  it("is a reading a sheet; hidden and empty ones are passed over, and one can be chosen", async () => {
    const sheet = (name: string, units: number, hidden = false) => ({
      name,
      hidden,
      rows: [
        ["Item", "Date", "Units"],
        ["A", "2026-01-05", units],
      ],
    });
    const bytes = workbook([sheet("Nord", 1), sheet("Süd", 2), sheet("Draft", 9, true), { name: "Empty", rows: [] }]);
    expect((await readAll(bytes)).map(({ reading: one }) => [one.sheet, one.units])).toEqual([
      ["Nord", 1],
      ["Süd", 2],
    ]);
    expect(await reading(bytes, { sheet: "Süd" })).toMatchObject({ units: 2 });
    expect((await reading(bytes, { sheet: "West" })).problem).toContain('There are "Nord"');
  });

  it("has choices of its own for each sheet, and one can be taken out", async () => {
    const bytes = workbook([
      {
        name: "Till",
        rows: [
          ["item", "date", "sales"],
          ["A", { date: serial("2026-01-31") }, 2],
        ],
      },
      {
        name: "Web",
        rows: [
          ["item", "date", "amount"],
          ["A", { date: serial("2026-01-30") }, 3],
        ],
      },
      {
        name: "Notes",
        rows: [
          ["by", "Ann"],
          ["on", "Monday"],
        ],
      },
    ]);
    const own = new Map([
      ["Till", { unitsColumn: "sales" }],
      ["Web", { unitsColumn: "amount" }],
    ]);
    const found = await readSheets(sourceOf(bytes), { all: {}, own, without: new Set(["Notes"]) }, TODAY);
    expect(found.map(({ reading: { sheet, status, units } }) => [sheet, status, units])).toEqual([
      ["Till", "read", 2],
      ["Web", "read", 3],
    ]);
  });

  it("asks how many a text of digits is, and takes other cells as the numbers that they are", async () => {
    const bytes = (text: string) =>
      workbook([
        {
          name: "Till",
          rows: [
            ["sku", "date", "qty"],
            ["A", { date: serial("2026-01-31") }, text],
            ["12.345", { date: serial("2026-01-31") }, 1.234],
          ],
        },
      ]);
    const { status, questions } = await reading(bytes("1.234"));
    expect([status, questions[0]?.text]).toEqual(["ask", 'How many are "1.234"?']);
    expect(salesOf(await readOne(bytes("1.234"), { decimalMark: "comma" }))).toEqual([
      "12.345 2026-01-31 1.234",
      "A 2026-01-31 1234",
    ]);
    expect(await reading(bytes("2,5"))).toMatchObject({ status: "read", units: 3.734 });
  });

  it("expands no entities", async () => {
    const bytes = workbook(
      [
        {
          name: "S",
          rows: [
            ["Item", "Date", "Units"],
            ["A", "2026-01-05", 1],
          ],
        },
      ],
      {
        extra: {
          "xl/sharedStrings.xml":
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b ' +
            '"&a;&a;&a;">]><sst><si><t>Item</t></si><si><t>Date</t></si><si><t>Units</t></si><si><t>&b;' +
            "</t></si><si><t>2026-01-05</t></si></sst>",
        },
      },
    );
    const found = await readOne(bytes);
    expect(JSON.stringify(found.content.sales?.items.map(({ product }) => product) ?? [])).not.toContain("aaaaaaaaaa");
  });

  it("is refused when it unpacks to more than 64 MiB", async () => {
    const bomb = zipSync({
      "xl/workbook.xml": strToU8("<workbook/>"),
      "xl/worksheets/sheet1.xml": new Uint8Array(66 * 1_024 * 1_024),
    });
    expect(bomb.length).toBeLessThan(200_000);
    expect((await reading(bomb)).problem).toContain("64 MiB");
  });

  it.each([
    ["a ZIP file of something else", zipSync({ "a.txt": strToU8("hello") }), "no Excel workbook"],
    [
      "a workbook that was cut off",
      workbook([{ name: "S", rows: [["Item"], ["A"]] }]).subarray(0, 300),
      "damaged|no Excel",
    ],
    ["an old workbook", new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), "old Excel file"],
    ["a PDF", strToU8("%PDF-1.7"), "PDF"],
    ["bytes of no text", new Uint8Array([1, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 9]), "no text"],
  ])("is refused in words when it is %s", async (_, bytes, problem) => {
    const found = await reading(bytes);
    expect(found.status).toBe("refused");
    expect(found.problem).toMatch(new RegExp(problem, "u"));
  });
});
