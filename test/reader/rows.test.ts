/** Which rows of a file are read, in whatever form it comes, and what is said of those that are not. */
import { describeReading } from "../../src/reader/describe.ts";
import { describe, expect, it } from "vitest";
import { reading, readOne, salesOf } from "./support.ts";

describe("forms of a file", () => {
  it.each([
    ["Excel's sep= line", "sep=;\nArtikel;Datum;Menge\nA;31.01.2026;3\nB;01.02.2026;2,5\n", 5.5],
    ["a title above the header", "Sales report\nShop 1;;\n\nArtikel;Datum;Menge\nA;31.01.2026;3\n", 3],
    ["tabs with decimal commas", "Artikel\tDatum\tMenge\nA\t31.01.2026\t2,5\nB\t31.01.2026\t2\n", 4.5],
    ["short years of the United States", "item,date,qty\nA,04/19/26,2\nA,04/20/26,2\n", 4],
    ["bars", "item|date|qty\nA|2026-01-01|2\n", 2],
    ["carriage returns alone", "item,date,qty\rA,2026-01-01,2\rB,2026-01-01,3\r", 5],
  ])("reads %s", async (_, text, units) => {
    expect(await reading(text)).toMatchObject({ status: "read", units });
  });

  it.each([
    ["a date of two readings", "item,date,qty\nA,03/04/2026,2\n", ["--date-order dmy", "--date-order mdy"]],
    [
      "a number of two readings",
      'item,date,qty\nA,2026-01-01,"1,234"\n',
      ["--decimal-mark dot", "--decimal-mark comma"],
    ],
    ["two columns of units", "item,date,qty,units\nA,2026-01-01,2,3\n", ["--units-column qty", "--units-column units"]],
    [
      "two dates of a sale",
      "item,order date,invoice date,qty\nA,2026-01-01,2026-01-03,3\n",
      ['--date-column "order date"', '--date-column "invoice date"'],
    ],
    [
      "weeks that may be days",
      "item,date,qty\nA,2026-01-05,1\nA,2026-01-12,1\nA,2026-01-19,1\nA,2026-01-26,1\n",
      ["--period week", "--period day"],
    ],
    ["stock or sales", "item,quantity\nA,3\n", ["--kind stock", "--kind catalogue"]],
  ])("asks about %s and names the flags", async (_, text, flags) => {
    const { status, questions } = await reading(text);
    expect(status).toBe("ask");
    expect(questions[0]?.choices.map(({ flag }) => flag)).toEqual(flags);
  });

  it.each([
    ["no header", "A,2026-01-01,3\nB,2026-01-01,4\n", "no line names the columns"],
    ["numbered periods", "Product_Code,W0,W1,W2,W3\nP1,11,12,10,8\n", "say no dates"],
    ["identifiers that Excel cut", "ean,date,qty\n4.00638E+12,2026-01-01,2\n", "Excel cut the identifiers"],
    ["a quotation mark that is never closed", 'item,date,qty\n"A,2026-01-01,2\n', "line 2: a quotation mark"],
    ["words where dates should be", "item,date,qty\nA,soon,2\n", 'holds "soon"'],
    ["days without a year", "item,date,qty\nA,31-Jan,2\n", "does not say the year"],
    ["something else", "colour,shape\nred,round\n", "no list of sales"],
    ["cells apart by spaces", "item   date         qty\nA      2026-11-02   3\n", "every line is one cell"],
    ["an empty file", "", "empty"],
  ])("refuses %s and says so", async (_, text, problem) => {
    const found = await reading(text);
    expect(found.status).toBe("refused");
    expect(found.problem).toContain(problem);
  });
});

describe("rows", () => {
  it("leaves a row of totals out and says so", async () => {
    expect(await reading("item,date,qty\nA,2026-01-01,2\nB,2026-01-01,5\nTotal,,7\n")).toMatchObject({
      items: 2,
      units: 7,
      left_out: { rows: 1, units: 7, reasons: [{ line: 4, why: "a row of totals", units: 7 }] },
    });
  });

  it("leaves the sums of days out, and says which items could be sums", async () => {
    expect(await reading("Artikel;Datum;Menge\nA;02.11.2026;3\nTagessumme;02.11.2026;3\n")).toMatchObject({
      units: 3,
      left_out: { units: 3 },
    });
    const { warnings } = await reading("item,date,qty\nA,2026-11-02,3\nDrinks Total,2026-11-02,3\n");
    expect(warnings.join()).toContain('"Drinks Total" could add others up, and is read as an item');
    expect((await reading("商品名,日付,数量\n時計,2026-11-02,3\n")).warnings).toEqual([]);
  });

  it("does not record blank units, where 0 is recorded", async () => {
    const { reading: found, content } = await readOne("item,date,qty\nA,2026-01-01,2\nA,2026-01-02,\nA,2026-01-03,0\n");
    expect(found).toMatchObject({ rows: 2, left_out: { rows: 1, units: 0 } });
    expect([...content.sales!.items[0]!.units.values()]).toEqual([2, 0]);
    expect(content.sales!.items[0]!.unrecorded.size).toBe(1);
  });

  it("leaves cancelled orders out, and counts returns on their day", async () => {
    const text =
      "order,status,date,sku,qty\n1,completed,2026-01-01,A,3\n2,cancelled,2026-01-01,A,8\n" +
      "3,completed,2026-01-05,A,-1\n";
    const found = await readOne(text);
    expect(found.reading).toMatchObject({ units: 2, left_out: { units: 8 } });
    expect(salesOf(found)).toEqual(["A 2026-01-01 3", "A 2026-01-05 -1"]);
  });

  it("leaves sales of the future out", async () => {
    expect(await reading("item,date,qty\nA,2026-11-28,2\nA,2062-11-28,9\n")).toMatchObject({
      units: 2,
      left_out: { units: 9 },
    });
  });

  it("leaves rows of all stores out, which add up the others", async () => {
    expect(
      await reading("store,item,date,qty\nBerlin,A,2026-01-01,3\nBonn,A,2026-01-01,2\nAll,A,2026-01-01,5\n"),
    ).toMatchObject({ units: 5, stores: 2, left_out: { rows: 1, units: 5 } });
  });

  it.each([
    ["NULL", "no item"],
    ["#N/A", "no item"],
    ["(Leer)", "no item"],
    ["..", "a name of dots alone"],
  ])("leaves out a row whose item is %s", async (item, why) => {
    expect(await reading(`item,date,qty\nA,2026-01-01,2\n${item},2026-01-01,3\n`)).toMatchObject({
      units: 2,
      left_out: { units: 3, reasons: [{ line: 3, why, units: 3 }] },
    });
  });

  it("keeps the space of a line break inside a name", async () => {
    expect(salesOf(await readOne('item,date,qty\n"Tea\nGreen",2026-01-01,1\n'))).toEqual(["Tea Green 2026-01-01 1"]);
  });

  it("refuses numbers whose comma cuts them in two, and leaves a single longer row out", async () => {
    const { problem } = await reading("item,date,qty\nA,2026-01-01,2,5\nB,2026-01-02,1,5\n");
    expect(problem).toContain("line 2: it has 4 cells, and the header on line 1 names 3");
    expect(await reading("item,date,qty\nA,2026-01-01,2\nB,2026-01-02,7\nTea, green,2026-01-02,1\n")).toMatchObject({
      units: 9,
      left_out: { rows: 1 },
    });
  });

  it("counts cells that are no numbers, and columns that are no item, as left out where items lie across", async () => {
    const rows = Array.from({ length: 20 }, (_, at) => `2026-01-${at + 10},1,${at === 3 ? "n/a" : 2},3`);
    expect(
      await reading(`date,Tea,Cup,${"x".repeat(140)}\n${rows.join("\n")}\n`, { itemColumn: "headers" }),
    ).toMatchObject({
      units: 20 + 38,
      items: 2,
      left_out: { units: 60 },
    });
  });

  it("offers items across where money lies beside them", async () => {
    const text = "Datum;Brot;Käse;Umsatz\n02.11.2026;1;2;30,50\n03.11.2026;4;5;61,20\n";
    const { questions } = await reading(text);
    expect(questions.flatMap(({ choices }) => choices.map(({ flag }) => flag))).toContain("--item-column headers");
    expect(await reading(text, { itemColumn: "headers" })).toMatchObject({ items: 2, units: 12 });
  });

  it("finds the header below more lines of titles than there are rows", async () => {
    expect(
      await reading(
        "Bericht Mitte;;\nvon 01.11.2026;;\nErstellt 29.11.2026;;\n;;\nArtikel;Datum;Menge\nA;02.11.2026;3\n",
      ),
    ).toMatchObject({ status: "read", header_line: 5, units: 3 });
  });

  it.each([
    ["a row kind", "date,type,sku,qty\n2026-01-01,Sale,A,3\n2026-01-02,Return,A,1\n", 2, 0],
    ["a credit note", "Datum;Belegart;Artikelnr;Menge\n01.01.2026;Rechnung;A;3\n02.01.2026;Gutschrift;A;1\n", 2, 0],
    ["a minus as well", "date,type,sku,qty\n2026-01-01,Sale,A,3\n2026-01-02,Refund,A,-1\n", 2, 0],
    ["a voided row", "date,type,sku,qty\n2026-01-01,Sale,A,3\n2026-01-02,Void,A,1\n", 3, 1],
    ["a flag", "Datum;Artikelnr;Menge;Storno\n01.01.2026;A;3;\n02.01.2026;A;1;x\n03.01.2026;A;2;nein\n", 5, 1],
  ])("takes returns off and leaves cancelled rows out by %s", async (_, text, units, out) => {
    expect(await reading(text)).toMatchObject({ status: "read", units, left_out: { units: out } });
  });

  it("leaves out rows of offers and movements, and asks about kinds that nobody knows", async () => {
    expect(
      await reading(
        "Belegart;Datum;Artikelnr;Menge\nAngebot;02.11.2026;A;30\nRechnung;13.11.2026;A;3\n" +
          "Stornorechnung;14.11.2026;A;1\n",
      ),
    ).toMatchObject({ status: "read", units: 2, left_out: { rows: 1, units: 30 } });
    const text = "date,movement,sku,qty\n2026-11-02,Receipt,A,100\n2026-11-03,Sale,A,3\n";
    const { status, questions } = await reading(text);
    expect([status, questions[0]?.text]).toEqual([
      "ask",
      '"movement" also says "Receipt". Are these sales? If not, take these rows out of the file.',
    ]);
    expect(await reading(text, { kind: "sales" })).toMatchObject({ status: "read", units: 103 });
  });

  it("asks whether units that are mostly below 0 are returns", async () => {
    const text = "date,sku,qty\n2026-11-02,A,3-\n2026-11-03,A,4-\n2026-11-04,A,1\n";
    const { status, questions } = await reading(text);
    expect([status, questions[0]?.text]).toEqual(["ask", expect.stringContaining('below 0, such as "3-"')]);
    expect(await reading(text, { kind: "sales" })).toMatchObject({ status: "read", units: -6 });
  });

  it("says how returns without a minus were read, and which orders came back on an unknown day", async () => {
    const returns = await reading("date,type,sku,qty\n2026-01-01,Sale,A,3\n2026-01-02,Return,A,1\n");
    expect(returns.warnings).toEqual(['1 row is a return by "type", written without a minus: 1 unit taken off.']);
    const refunded = await reading("date,status,sku,qty\n2026-01-01,paid,A,3\n2026-01-02,refunded,A,1\n");
    expect(refunded.warnings[0]).toContain("1 order was refunded (1 unit in them)");
    const onItsDay = await reading("date,status,sku,qty\n2026-01-01,paid,A,3\n2026-01-02,refunded,A,-1\n");
    expect(onItsDay).toMatchObject({ units: 2, warnings: [] });
  });

  it.each(["01.11.2026 - 07.11.2026", "2026-11-01 to 2026-11-07", "01/11/2026-07/11/2026", "1 Nov 2026 – 7 Nov 2026"])(
    "refuses sales of a range of dates such as %s, and does not take them for stock",
    async (range) => {
      const { status, problem } = await reading(`Period,SKU,Units\n${range},A,10\n${range},B,12\n`);
      expect([status, problem]).toEqual(["refused", expect.stringContaining(`range of dates, such as "${range}"`)]);
    },
  );

  it("says in words what was left out, one unit as one", async () => {
    const found = await reading("date,sku,qty\n2026-01-01,A,3\n2062-01-02,A,1\n2062-01-03,A,2\n");
    expect(describeReading(found).slice(-3)).toEqual([
      "  Left out: 2 rows, 3 units",
      "    line 3: a date after today, 1 unit",
      "    line 4: a date after today, 2 units",
    ]);
  });

  it("asks about a date that is another day in each order, and not where the order does not matter", async () => {
    const { questions } = await reading("date,sku,qty\n01/01/2026,A,2\n02/02/2026,A,3\n03/04/2026,A,4\n");
    expect(questions[0]).toMatchObject({
      text: 'Which day is "03/04/2026"?',
      choices: [{ means: "day, month, year: 2026-04-03" }, { means: "month, day, year: 2026-03-04" }],
    });
    const oneDay = await reading("date,sku,qty\n05/05/2026,A,2\n05/05/2026,B,3\n");
    expect(oneDay).toMatchObject({ status: "read", units: 5, first: "2026-05-05", questions: [] });
  });

  it("takes the apostrophe off that keeps zeros in front of a number", async () => {
    expect(salesOf(await readOne("sku,date,qty\n'00123,2026-01-01,1\n"))).toEqual(["00123 2026-01-01 1"]);
  });
});
