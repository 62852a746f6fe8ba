/** Periods in the words of many languages, in the headers of a table and in the cells of a list. */
import { describe, expect, it } from "vitest";
import { reading, readOne, salesOf } from "./support.ts";

const table = (headers: readonly string[]): string =>
  `item;${headers.join(";")}\nA;${headers.map((_, at) => at + 1).join(";")}\n`;

describe("columns by period", () => {
  it.each([
    ["week", "2025-12-29", ["1. KW 2026", "2. KW 2026", "3. KW 2026", "4. KW 2026", "5. KW 2026"]],
    ["week", "2025-12-29", ["Sett. 1 2026", "Sett. 2 2026", "Sett. 35 2026"]],
    ["week", "2025-12-29", ["S1 2026", "S2 2026", "S3 2026"]],
    ["week", "2025-12-29", ["tydz. 1 2026", "tydz. 2 2026"]],
    ["week", "2026-01-05", ["Week of 2026-01-05", "Week of 2026-01-12"]],
    ["week", "2026-01-11", ["w/e 11/01/2026", "w/e 18/01/2026"]],
    ["week", "2026-01-05", ["Woche vom 05.01.2026", "Woche vom 12.01.2026"]],
    ["fortnight", "2026-01-01", ["1re quinzaine de janvier 2026", "2e quinzaine de janvier 2026"]],
    ["fortnight", "2026-01-01", ["1ª quincena enero 2026", "2ª quincena enero 2026"]],
    ["fortnight", "2026-01-01", ["1ª quindicina gennaio 2026", "2ª quindicina gennaio 2026"]],
    ["fortnight", "2026-01-01", ["1ª quinzena de janeiro de 2026", "2ª quinzena de janeiro de 2026"]],
    ["fortnight", "2026-02-01", ["Quincena 3 2026", "Quincena 4 2026"]],
    ["fortnight", "2025-12-29", ["twee weken 1 2026", "twee weken 2 2026"]],
    ["quarter", "2026-01-01", ["1er trimestre 2026", "2e trimestre 2026", "3ème trimestre 2026"]],
    ["quarter", "2026-01-01", ["1er trimestre 2026", "2º trimestre 2026"]],
    ["quarter", "2026-01-01", ["I trimestre 2026", "II trimestre 2026", "III trimestre 2026", "IV trimestre 2026"]],
    ["quarter", "2026-01-01", ["1º trimestre de 2026", "2º trimestre de 2026"]],
    ["quarter", "2026-01-01", ["1º tri 2026", "2º tri 2026"]],
    ["quarter", "2026-01-01", ["1e kwartaal 2026", "2de kwartaal 2026"]],
    ["quarter", "2026-01-01", ["1 kwartał 2026", "2 kwartał 2026"]],
    ["quarter", "2026-01-01", ["I kw. 2026", "II kw. 2026"]],
    ["month", "2025-10-01", ["Kasım 2025", "Aralık 2025", "Ekim 2025"]],
    ["day", "2026-01-05", ["Mo 05.01.2026", "Di 06.01.2026", "Mi 07.01.2026"]],
    ["day", "2026-01-14", ["ma 14-1-2026", "di 15-1-2026"]],
    ["day", "2026-01-05", ["2026/01/05(月)", "2026/01/06(火)"]],
  ])("are %ss from %s in %j", async (period, first, headers) => {
    const found = await reading(table(headers));
    expect(found.status, found.problem ?? JSON.stringify(found.questions)).toBe("read");
    expect(found).toMatchObject({ period, first, units: (headers.length * (headers.length + 1)) / 2 });
  });

  it.each([
    [
      ["1. KW 2026", "2. KW 2026"],
      ["--period week", "--period quarter"],
    ],
    [
      ["Sett. 1 2026", "Sett. 2 2026"],
      ["--period week", "--period day"],
    ],
    [["S1 2025", "S2 2025", "S1 2026"], ["--period week"]],
  ])("are asked about where %j have two readings", async (headers, flags) => {
    const { status, questions } = await reading(table(headers));
    expect(status).toBe("ask");
    expect(questions[0]?.choices.map(({ flag }) => flag)).toEqual(flags);
  });

  it("are what the person says", async () => {
    const text = table(["1. KW 2026", "2. KW 2026"]);
    expect(await reading(text, { period: "week" })).toMatchObject({ period: "week", last: "2026-01-05", units: 3 });
    expect(await reading(text, { period: "quarter" })).toMatchObject({ period: "quarter", last: "2026-04-01" });
    expect(await reading(table(["Sett. 1 2026", "Sett. 2 2026"]), { period: "day" })).toMatchObject({
      period: "day",
      last: "2026-09-02",
    });
  });

  it.each([
    ["quarters among months", ["Jan 2026", "Feb 2026", "Mar 2026", "Q1 2026"], "month", 6, 4],
    ["months among weeks", ["KW 1 2026", "KW 2 2026", "KW 3 2026", "Januar 2026"], "week", 6, 4],
    ["a year among months", ["Nov 2025", "Dec 2025", "2025", "Jan 2026"], "month", 7, 3],
    ["a column without a name", ["Nov 2025", "Dec 2025", ""], "month", 3, 3],
  ])("leave %s out, with the units", async (_, headers, period, units, out) => {
    expect(await reading(table(headers))).toMatchObject({ status: "read", period, units, left_out: { units: out } });
  });

  it("are refused where a few are shorter than the others", async () => {
    const { problem } = await reading(table(["Q1 2025", "Q2 2025", "Q3 2025", "Oct 2025"]));
    expect(problem).toContain('"Oct 2025" is a month, and "Q1 2025" is a quarter');
  });

  it.each([
    [["Mon", "Tue", "Wed", "Thu", "Fri"], "days of the week without a date"],
    [["Week 1", "Week 2", "Week 3"], "number their periods and say no dates"],
    [["1er trimestre", "2e trimestre"], "quarters without a year"],
  ])("are refused for what they are: %j", async (headers, why) => {
    const { status, problem } = await reading(table(headers));
    expect(status).toBe("refused");
    expect(problem).toContain(why);
  });
});

describe("a list by period", () => {
  it.each([
    ["Artikel;Woche;Menge\nA;1. KW 2026;3\nA;2. KW 2026;4\n", "week"],
    ["Towar;Kwartał;Ilość\nA;1. kw. 2026;3\nA;2. kw. 2026;4\n", "quarter"],
    ["Articolo;Settimana;Quantità\nA;Sett. 1 2026;3\nA;Sett. 2 2026;4\n", "week"],
  ])("is read by its header: %j", async (text, period) => {
    expect(await reading(text)).toMatchObject({ status: "read", period, units: 7 });
  });

  it("leaves the rows of months out, which add up its days", async () => {
    const found = await readOne("date,item,qty\n2026-01-05,A,3\n2026-01-06,A,7\n2026-01,A,10\n");
    expect(found.reading).toMatchObject({ units: 10, left_out: { units: 10 } });
    expect(salesOf(found)).toEqual(["A 2026-01-05 3", "A 2026-01-06 7"]);
  });

  it.each([
    ["Año;Quincena;Producto;Unidades\n2026;1;A;3\n2026;2;A;4\n", '"Quincena" numbers fortnights'],
    ["yr,mon,sku,qty\n26,1,A,3\n26,2,A,4\n", '"yr" should hold years such as 2026, and holds "26"'],
  ])("is refused where its parts make no date: %j", async (text, why) => {
    const { status, problem } = await reading(text);
    expect(status).toBe("refused");
    expect(problem).toContain(why);
  });

  it("of years alone is asked about, and the question says why", async () => {
    const { status, questions } = await reading("year,sku,qty\n2024,A,3\n2025,A,4\n");
    expect(status).toBe("ask");
    expect(questions[0]?.text).toContain('"year" says only the year');
  });
});
