/** Which columns of a file are read, and which are left out or asked about. */
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
