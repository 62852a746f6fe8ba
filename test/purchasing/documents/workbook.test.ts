/** An order and a list of orders as workbooks: one page wide on paper, days as days, numbers and codes as such. */
import { strFromU8, unzipSync } from "fflate";
import { expect, it } from "vitest";
import { listXlsx } from "../../../src/purchasing/documents/order-list.ts";
import { PurchasingWorld } from "../world.ts";

it("a workbook prints all its columns on one page, and has a day as a day", async () => {
  const world = new PurchasingWorld();
  world.decide("00017", 24);
  world.settle();
  const files = unzipSync(await listXlsx([world.present()!]));
  const sheet = strFromU8(files["xl/worksheets/sheet1.xml"]!);
  expect(sheet).toMatch(/<worksheet[^>]*><sheetPr><pageSetUpPr fitToPage="1"\/><\/sheetPr><sheetViews>/);
  expect(sheet).toMatch(/<pageSetup fitToHeight="0" /);
  const { arrivesOn } = world.present()!;
  // Days since 1899-12-30.
  expect(sheet).toContain(`<c r="G2" s="2"><v>${arrivesOn + 25_569}</v></c>`);
  expect(strFromU8(files["xl/styles.xml"]!)).toContain('formatCode="yyyy-mm-dd"');
});
