import { expect, it } from "vitest";
import { csvOf } from "../../../src/purchasing/documents/order-csv.ts";

it.each(["=1+1", "+1", "-1", "@SUM(1)", " =1+1", "\u200b=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "\t=1"])(
  "the name %j is text in a spreadsheet, not a formula",
  (name) => {
    expect(csvOf(["name"], [[name]])).toMatch(/^name\r\n'/u);
  },
);

it.each(["Milk 1 = 1", "A-1", "50 % @ home", "'s-Hertogenbosch"])("the name %j stays as it is", (name) => {
  expect(csvOf(["name"], [[name]])).toBe(`name\r\n${name}\r\n`);
});
