/** Columns that add up or average others, in a table with a column a period or a column an item. */
import { isTotalWord } from "../../text/total-rows.ts";
import { isDated, isNumeric } from "../column-facts.ts";
import type { Head, Roles } from "../head.ts";

export function totalColumns(head: Head, others: ReadonlySet<number>): number[] {
  return head.headers
    .map((_, column) => column)
    .filter(
      (column) =>
        !others.has(column) &&
        isTotalWord(head.headers[column]!) &&
        isNumeric(head.facts[column]!) &&
        !isDated(head.facts[column]!),
    );
}

export function giveTotals(roles: Roles, totals: readonly number[]): void {
  for (const column of totals) roles.give(column, "total", "adds up or averages other columns: left out");
}
