import { describe, expect, it } from "vitest";
import { bestSellers, readSalesText } from "../../../scripts/lib/import/sales-file.ts";

describe("sales to play back", () => {
  it(
    "adds rows of one day, takes missing days of a list as days without sales, and begins at an item's own first " +
      "row",
    async () => {
      const sales = await readSalesText(
        "SKU,Order Date,Qty\nA,2026-01-01 09:12,2\nA,2026-01-01 17:40,3\nA,2026-01-04,1\nB,2026-01-03,7\n",
      );
      expect(sales).toMatchObject({ periodDays: 1, warnings: [] });
      expect(sales.items).toEqual([
        { item: "A", start: "2026-01-01", units: [5, 0, 0, 1], inStock: null },
        { item: "B", start: "2026-01-03", units: [7, 0], inStock: null },
      ]);
    },
  );

  it("takes blanks of a table as not recorded, and trims what is before and after", async () => {
    const { items, periodDays } = await readSalesText(
      'item,2026-01-05,2026-01-12,2026-01-19,2026-01-26\nA,,3,,4\n"B, red",1,2,3,\n',
    );
    expect(periodDays).toBe(7);
    expect(items).toEqual([
      { item: "A", start: "2026-01-12", units: [3, null, 4], inStock: null },
      { item: "B, red", start: "2026-01-05", units: [1, 2, 3], inStock: null },
    ]);
  });

  it("leaves a missing week of a table unrecorded", async () => {
    const { items } = await readSalesText("item,2026-01-05,2026-01-12,2026-01-26,2026-02-02\nA,1,2,3,4\n");
    expect(items[0]?.units).toEqual([1, 2, null, 3, 4]);
  });

  it("takes numbered periods as weeks, and says so", async () => {
    const sales = await readSalesText("Product_Code,W0,W1,W2,W3\nP1,11,12,10,9\n");
    expect(sales).toMatchObject({ periodDays: 7, items: [{ start: null, units: [11, 12, 10, 9] }] });
    expect(sales.warnings.join()).toContain("each is taken for a week");
  });

  it("keeps stores apart, and marks days without stock", async () => {
    const { items } = await readSalesText(
      "store,item,date,units,in_stock\ntokyo,A,2026-01-01,2,1\ntokyo,A,2026-01-02,0,0\nosaka,A,2026-01-01,9,1\n",
    );
    expect(items.map(({ item, inStock }) => [item, inStock])).toEqual([
      ["tokyo / A", [true, false]],
      ["osaka / A", [true, true]],
    ]);
  });

  it("says what was left out, and counts returns as no sales", async () => {
    const { items, warnings } = await readSalesText("item,date,units\nA,2026-01-01,4\nA,2026-01-02,-1\nTotal,,3\n");
    expect(items[0]?.units).toEqual([4, 0]);
    expect(warnings[0]).toBe("left out: 1 row, 3 units (a row of totals)");
    expect(warnings[1]).toContain("more returns than sales");
  });

  it("says each reason once, however many rows it leaves out", async () => {
    const totals = Array.from({ length: 30 }, () => "Total,,3").join("\n");
    const { warnings } = await readSalesText(`item,date,units\nA,2026-01-01,4\n${totals}\n`);
    expect(warnings[0]).toBe("left out: 30 rows, 90 units (a row of totals)");
  });

  it("refuses in words, with the flags that answer", async () => {
    await expect(readSalesText("item,date,units\nA,03/04/2026,3\n")).rejects.toThrow("--date-order dmy");
    await expect(readSalesText("item,date,units\nA,soon,3\n")).rejects.toThrow('holds "soon"');
  });

  it("takes the best sellers, and says of how many", async () => {
    const sales = await readSalesText("item,date,units\nA,2026-01-01,0\nB,2026-01-01,5\nC,2026-01-01,9\n");
    const best = bestSellers(sales, 2);
    expect(best.items.map(({ item }) => item)).toEqual(["C", "B"]);
    expect(best.warnings).toContain("the 2 best sellers of 3 items");
  });
});
