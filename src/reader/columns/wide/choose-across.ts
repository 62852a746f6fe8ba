/** Tables with a row a date and a column an item. */
import { isTotalWord } from "../../text/total-rows.ts";
import { isNumeric } from "../column-facts.ts";
import { flagFor, headerText, type Head, type Roles } from "../head.ts";
import type { AcrossLayout, DateSource } from "../layout.ts";
import { giveTotals, totalColumns } from "./total-columns.ts";

/**
 * Columns of a table with one item each: no column counts units, and several columns of numbers have headers that no
 * list has.
 */
export function acrossColumns(head: Head, roles: Roles): readonly number[] {
  return head.headers
    .map((_, column) => column)
    .filter(
      (column) =>
        roles.isFree(column) &&
        head.headers[column] !== "" &&
        (head.classes[column]!.class === "none" ||
          head.classes[column]!.class === "item_name" ||
          head.classes[column]!.class === "item_group") &&
        isNumeric(head.facts[column]!) &&
        !isTotalWord(head.headers[column]!),
    );
}

/** True when all headers look like a shop's item numbers, so they are not measures. */
export function areCodes(head: Head, columns: readonly number[]): boolean {
  const codes = columns.filter((column) => /\p{L}/u.test(head.headers[column]!) && /\d/u.test(head.headers[column]!));
  return codes.length >= 2 && codes.length === columns.length;
}

export function acrossLayout(
  head: Head,
  roles: Roles,
  date: DateSource,
  items: readonly number[],
  store: number | null,
): AcrossLayout {
  const totals = totalColumns(head, new Set(items)).filter((column) => roles.isFree(column));
  for (const column of items) roles.give(column, "units", "its header is an item");
  giveTotals(roles, totals);
  return { kind: "across", date, store, items, totals };
}

export function acrossQuestion(head: Head, items: readonly number[]) {
  const names = items
    .slice(0, 3)
    .map((column) => `"${headerText(head.headers, column)}"`)
    .join(", ");
  return {
    about: "items_across",
    text:
      `No column names an item or counts units. Are ${names}${items.length > 3 ? " …" : ""} items, each with its ` +
      "units?",
    choices: [
      { flag: "--item-column headers", means: "each of these columns is an item, and its cells are units" },
      ...items.slice(0, 4).map((column) => ({
        flag: `--item-column none ${flagFor("--units-column", head.headers, column)}`,
        means: `the whole file is one item, and "${headerText(head.headers, column)}" counts its units`,
      })),
    ],
  };
}
