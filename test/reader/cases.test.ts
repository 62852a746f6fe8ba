import { describeReading } from "../../src/reader/describe.ts";
import { describe, expect, it } from "vitest";
import { reading, readOne, salesOf } from "./support.ts";

describe("columns", () => {
  it("takes units, and not the money beside them", async () => {
    expect(await reading("date,item,sales,units\n2026-01-01,A,19.99,2\n2026-01-02,A,9.99,1\n")).toMatchObject({
      status: "read",
      units: 3,
    });
  });

  it("asks what a column called sales is", async () => {
    const { status, questions } = await reading("date,store,item,sales\n2026-01-01,1,7,13\n2026-01-02,1,7,11\n");
    expect(status).toBe("ask");
    expect(questions[0]?.choices[0]?.flag).toBe("--units-column sales");
    expect(await reading("date,store,item,sales\n2026-01-01,1,7,13\n", { unitsColumn: "sales" })).toMatchObject({
      status: "read",
      units: 13,
      items: 1,
    });
  });

  it("reads a column of money as units when it is named, and says so", async () => {
    const text = "item,date,qty,revenue\nA,2026-01-01,2,3\n";
    expect(await reading(text, { unitsColumn: "revenue" })).toMatchObject({
      status: "read",
      units: 3,
      warnings: ['"revenue" looks like money, and is read as units because it was named.'],
    });
    expect(await reading(text, { unitsColumn: "qty" })).toMatchObject({ units: 2, warnings: [] });
  });

  it("refuses a list whose only figures are money", async () => {
    const { status, problem } = await reading("date,item,revenue\n2026-01-01,A,19.99\n2026-01-02,A,9.99\n");
    expect(status).toBe("refused");
    expect(problem).toContain('"revenue" is money');
  });

  it("takes the product's number before a number of the row, and the product before a person", async () => {
    expect(salesOf(await readOne("id,date,sku,qty\n1,2026-01-01,A,2\n2,2026-01-02,B,1\n"))).toEqual([
      "A 2026-01-01 2",
      "B 2026-01-02 1",
    ]);
    expect(salesOf(await readOne("name,product,date,qty\nAnn,Tea,2026-01-01,2\n"))).toEqual(["Tea 2026-01-01 2"]);
  });

  it("takes the date before the month beside it", async () => {
    expect(await reading("month,date,item,qty\n1,2026-01-01,A,2\n1,2026-01-02,A,1\n")).toMatchObject({
      period: "day",
      first: "2026-01-01",
      last: "2026-01-02",
    });
  });

  it("makes an item of each line of products in each branch, and says so", async () => {
    const found = await reading(
      "date,branch,product line,quantity\n2026-01-01,A,Food,2\n2026-01-01,B,Food,3\n2026-01-02,B,Home,1\n",
    );
    expect(found).toMatchObject({ status: "read", items: 3, products: 2, stores: 2, units: 6 });
    expect(found.warnings.join()).toContain("product line");
  });
});

describe("tables with a column a date", () => {
  it("reads columns from Monday to Friday as dated", async () => {
    const dates = ["05", "06", "07", "08", "09", "12", "13", "14", "15", "16"].map((day) => `2026-01-${day}`);
    const found = await readOne(`item,${dates.join(",")}\nA,1,2,3,4,5,6,7,8,9,10\n`);
    expect(found.reading).toMatchObject({ period: "day", units: 55 });
    expect(salesOf(found)).toContain("A 2026-01-12 6");
  });

  it.each([
    ["fortnights", "item,2026-01-05,2026-01-19,2026-02-02,2026-02-16\nA,1,2,3,4\n", "fortnight"],
    ["weeks", "item,2026-01-05,2026-01-12,2026-01-19,2026-01-26\nA,1,2,3,4\n", "week"],
    ["months in Spanish", "producto,enero 2026,febrero 2026,marzo 2026\nA,1,2,3\n", "month"],
    ["quarters in French", "produit,T1 2026,T2 2026,T3 2026\nA,1,2,3\n", "quarter"],
    ["weeks in German", "Artikel,KW 1 2026,KW 2 2026,KW 3 2026\nA,1,2,3\n", "week"],
    ["quarters in English", "item,2025-Q4,2026-Q1,2026-Q2\nA,1,2,3\n", "quarter"],
    ["months in Japanese", "商品名,2026年1月,2026年2月,2026年3月\nA,1,2,3\n", "month"],
  ])("takes %s for what they are", async (_, text, period) => {
    expect(await reading(text)).toMatchObject({ status: "read", kind: "sales", period, rows: 1 });
  });

  it.each([
    ["item;202601;202602;202603\nA;1;2;3\n", "month", "2026-03-01"],
    ["item;20261101;20261102;20261103\nA;1;2;3\n", "day", "2026-11-03"],
  ])("reads dates in figures alone: %j", async (text, period, last) => {
    expect(await reading(text)).toMatchObject({ status: "read", period, last, units: 6 });
  });

  it("refuses months without a year", async () => {
    const { status, problem } = await reading("producto,Enero,Febrero,Marzo,Abril\nA,1,2,3,4\n");
    expect(status).toBe("refused");
    expect(problem).toContain("months without a year");
  });

  it.each([
    [
      "item,January,,February,\n,units,revenue,units,revenue\nTea,3,30,4,40\nRice,5,50,6,60\n",
      'by line 1 alone they are "January", "February", by line 2 alone "units", "revenue"',
    ],
    [
      ",2025,,,2026,,\nitem,Jan,Feb,Mar,Jan,Feb,Mar\nTea,1,2,3,4,5,6\n",
      'Write both names into one line, such as "2025 Jan"',
    ],
    [
      ",North,North,South,South\nitem,2026-01-05,2026-01-12,2026-01-05,2026-01-12\nTea,1,2,3,4\n",
      'by line 1 alone they are "North", "South"',
    ],
    ["item,2022,2023,2024\nTea,100,120,130\nRice,50,60,70\n", 'The columns "2022" to "2024" are years'],
    ["item,month,2024,2025\nTea,1,10,12\nTea,2,9,8\n", 'The columns "2024" to "2025" are years'],
  ])("refuses names on two lines and columns of years for what they are: %j", async (text, why) => {
    const { status, problem, units } = await reading(text);
    expect([status, units]).toEqual(["refused", 0]);
    expect(problem).toContain(why);
  });

  it("asks about dates down and items across, and reads them when told", async () => {
    const text = "date,Espresso,Latte,Tea,Total\n2026-01-01,1,2,3,6\n2026-01-02,4,5,6,15\nTotal,5,7,9,21\n";
    expect(await reading(text)).toMatchObject({ status: "ask" });
    const found = await readOne(text, { itemColumn: "headers" });
    expect(found.reading).toMatchObject({ items: 3, units: 21, left_out: { units: 63 } });
    expect(salesOf(found)).toContain("Latte 2026-01-02 5");
  });

  it("reads one date in three columns", async () => {
    expect(salesOf(await readOne("year,month,day,sku,units\n2026,1,5,A,3\n2026,1,6,A,4\n"))).toEqual([
      "A 2026-01-05 3",
      "A 2026-01-06 4",
    ]);
  });

  it("leaves columns of totals and averages out, with their units", async () => {
    expect(await reading("item,2026-01-05,2026-01-06,Total,MIN\nA,1,2,3,1\nB,4,5,9,4\nSumme,5,7,12,5\n")).toMatchObject(
      { units: 12, items: 2, left_out: { units: 3 + 1 + 9 + 4 + 5 + 7 + 12 + 5 } },
    );
  });
});

describe("money and other measures", () => {
  const table = (header: string, ...rows: string[]): string => `${[header, ...rows].join("\n")}\n`;

  it.each([
    ["cells look like money", table("item;Oct 2026;Nov 2026", "Tea;12.50;14.99", "Rice;9.99;8.00"), "look like money"],
    [
      "the title says money",
      table("Umsatz in € nach Monat;;", "Artikel;Okt 2026;Nov 2026", "Tee;1200;1350", "Reis;900;800"),
      '"Umsatz in € nach Monat" above them says money',
    ],
  ])("asks about columns of periods where %s", async (_, text, why) => {
    const { status, questions } = await reading(text);
    expect(status).toBe("ask");
    expect(questions[0]?.text).toContain(why);
    expect(questions[0]?.choices[0]?.flag).toBe("--kind sales");
    expect(await reading(text, { kind: "sales" })).toMatchObject({ status: "read", items: 2, period: "month" });
  });

  it.each([
    ["item;Oct 2026;Nov 2026\nTea;€12.50;€14.99\nRice;€9.99;€8.00\n", 'The columns "Oct 2026" to "Nov 2026" are money'],
    [
      "item;Revenue Oct 2026;Revenue Nov 2026\nTea;12;14\n",
      'columns "Revenue Oct 2026" to "Revenue Nov 2026" are money',
    ],
    ["date,sku,cumulative units\n2026-01-01,A,3\n", '"cumulative units" is "cumulative"'],
    ["month,sku,avg daily units\n2026-01,A,3\n", '"avg daily units" is "avg"'],
    ["date,sku,forecast qty\n2026-01-01,A,3\n", '"forecast qty" is "forecast"'],
    ["date,sku,Menge Vorjahr\n2026-01-01,A,3\n", '"Menge Vorjahr" is "vorjahr"'],
    [
      "item;metric;Oct 2026;Nov 2026\nTea;Margin;1;2\nTea;Share;3;4\n",
      '"metric" says what each row measures ("Margin", "Share")',
    ],
    ["date,sku,stock\n2026-01-01,A,4\n2026-01-01,B,3\n", 'counts stock on "2026-01-01"'],
    ["item,timestamp,qty\nA,1793491200,3\n", 'holds "1793491200"'],
    ['[{"sku":"A","qty":3}]\n', "this is JSON"],
    ["<html><table><tr><td>sku</td></tr></table></html>", "this is a page"],
  ])("refuses %j for what it is", async (text, why) => {
    const { status, problem, units } = await reading(text);
    expect([status, units]).toEqual(["refused", 0]);
    expect(problem).toContain(why);
  });

  it.each([
    ["Plan Menge", "Ist Menge"],
    ["forecast units", "units"],
    ["avg units", "total units"],
    ["units per case", "units sold"],
    ["qty on order", "qty"],
  ])("passes over %s beside %s", async (other, units) => {
    expect(await reading(`date,sku,${other},${units}\n2026-01-01,A,9,1\n2026-01-02,A,8,2\n`)).toMatchObject({
      status: "read",
      units: 3,
    });
  });

  it("reads the rows of units where others measure money or a plan", async () => {
    expect(
      await reading(table("item;metric;Oct 2026;Nov 2026", "Tea;Units;12;14", "Tea;Revenue;120;140", "Cup;Units;9;8")),
    ).toMatchObject({ units: 43, items: 2, left_out: { rows: 1, units: 260 } });
    expect(
      await reading("date,sku,version,qty\n2026-01-01,A,Actual,3\n2026-01-01,A,Budget,5\n2026-01-02,A,Actual,4\n"),
    ).toMatchObject({ units: 7, left_out: { rows: 1, units: 5 } });
  });
});

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
