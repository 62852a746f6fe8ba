import { describe, expect, it } from "vitest";
import { reading, readOne, salesOf } from "./support.ts";

describe("a day in the writing of a language", () => {
  it.each([
    ["Portuguese, with a day of the week of two words", "segunda-feira, 2 de novembro de 2026"],
    ["Russian, with a day of the week", "понедельник, 2 ноября 2026 г."],
    ["Czech, with a day of the week", "pondělí 2. listopadu 2026"],
    ["Turkish, with a day of the week", "2 Kasım 2026 Pazartesi"],
    ["Swedish, with a day of the week", "måndag 2 november 2026"],
    ["spaces after its marks, as in Hungary and Korea", "2026. 11. 2."],
    ["full-width figures", "２０２６/１１/０２"],
    ["Arabic figures", "٢٠٢٦-١١-٠٢"],
    ["Persian figures", "۲۰۲۶/۱۱/۰۲"],
    ["Devanagari figures", "२०२६-११-०२"],
    ["the year of a Japanese era", "令和8年11月2日"],
    ["the year of a Japanese era, short", "R8.11.2"],
    ["the Thai year", "2569-11-02"],
    ["a time zone by its place", "2026-11-02 23:30:00 America/New_York"],
    ["a time zone by name and offset", "Mon Nov 02 2026 23:30:00 GMT+0100 (Central European Standard Time)"],
  ])("is read in %s", async (_, text) => {
    expect(salesOf(await readOne(`date;sku;qty\n${text};A;1\n`))).toEqual(["A 2026-11-02 1"]);
  });

  it("is read with spaces after its dots, day first", async () => {
    expect(salesOf(await readOne("Datum;Zboží;Množství\n1. 11. 2026;A;1\n13. 11. 2026;A;2\n"))).toEqual([
      "A 2026-11-01 1",
      "A 2026-11-13 2",
    ]);
  });

  it("is read after a day of the week with a year of two digits", async () => {
    const text = "Datum;SKU;Menge\nMo 02.11.26;A;1\nDi 24.11.26;A;2\n";
    expect(salesOf(await readOne(text, { dateOrder: "dmy" }))).toEqual(["A 2026-11-02 1", "A 2026-11-24 2"]);
  });

  it("is read in columns of the Thai year, month and day", async () => {
    expect(salesOf(await readOne("Year,Month,Day,SKU,Qty\n2569,11,2,A,3\n"))).toEqual(["A 2026-11-02 3"]);
  });

  it.each([
    ["Arabic", "المنتج,يناير 2026,فبراير 2026"],
    ["Hebrew", "מוצר,ינואר 2026,פברואר 2026"],
    ["Thai, in its own years", "สินค้า,มกราคม 2569,กุมภาพันธ์ 2569"],
  ])("names the months of a table in %s", async (_, header) => {
    expect(await reading(`${header}\nx,1,2\n`)).toMatchObject({ period: "month", first: "2026-01-01", units: 3 });
  });

  it("stands at the head of a column in full-width figures", async () => {
    expect(salesOf(await readOne("商品,２０２６年１月,２０２６年２月\n茶,１,２\n"))).toEqual([
      "茶 2026-01-01 1",
      "茶 2026-02-01 2",
    ]);
  });
});

describe("moments in UTC", () => {
  it.each(["2026-11-01T23:30:00Z", "2026-11-01 23:30:00 UTC", "2026-11-01T23:30:00+00:00"])(
    "count on their day in UTC, and the reading says so: %s",
    async (moment) => {
      const found = await readOne(`created_at,sku,quantity\n${moment},A,1\n`);
      expect(salesOf(found)).toEqual(["A 2026-11-01 1"]);
      expect(found.reading.warnings.join()).toContain(`"${moment}" is a time in UTC`);
    },
  );

  it.each(["2026-11-01T00:00:00Z", "2026-11-01T23:30:00+01:00", "2026-11-01 23:30:00"])(
    "are not seen in a plain day or a time of the store's clock: %s",
    async (day) => {
      expect(await reading(`date,sku,quantity\n${day},A,1\n`)).toMatchObject({ first: "2026-11-01", warnings: [] });
    },
  );
});

describe("seconds since 1970", () => {
  it.each(["timestamp", "created_at"])("are refused for what they are in a column called %s", async (header) => {
    const { status, problem } = await reading(`${header},sku,quantity\n1793575800000,A,1\n`);
    expect(status).toBe("refused");
    expect(problem).toContain(`"${header}" should hold dates such as 2026-01-31, and holds "1793575800000"`);
  });
});

describe("columns are known by their names", () => {
  it.each([
    ["Arabic", "تاريخ البيع,رمز المنتج,اسم المنتج,الكمية,السعر,الإجمالي", "الإجمالي"],
    ["Hebrew", 'תאריך,מק"ט,שם פריט,כמות,מחיר,סה"כ', 'סה"כ'],
    ["Thai", "วันที่,รหัสสินค้า,ชื่อสินค้า,จำนวน,ราคา,ยอดขาย", "รวม"],
  ])("in %s, with a row of totals", async (_, header, total) => {
    const found = await readOne(`${header}\n01/11/2026,A1,x,٣,10,30\n13/11/2026,A1,x,4,10,40\n${total},,,7,,70\n`);
    expect(salesOf(found)).toEqual(["A1 2026-11-01 3", "A1 2026-11-13 4"]);
    expect(found.reading.left_out).toMatchObject({ rows: 1, units: 7 });
  });
});

describe("numbers", () => {
  it("are read in the figures and marks of Arabic", async () => {
    expect(await reading("date,sku,qty\n2026-11-01,A,۱٬۲۰۰\n2026-11-02,A,٢٫٥\n")).toMatchObject({ units: 1_202.5 });
  });
});
