/** What labels that are written once leave open, and what a person should check about them. */
import { itemQuestion } from "../columns/choose-item.ts";
import { flagFor, headerText, type Head } from "../columns/head.ts";
import type { FileQuestion, ReadColumn, ReaderOptions } from "../types.ts";
import type { Labels } from "./find-labels.ts";

const FLAGS = { item: "--item-column", date: "--date-column", store: "--store-column" } as const;

export function labelQuestions(
  head: Head,
  columns: readonly ReadColumn[],
  { doubtful, heading }: Labels,
  options: ReaderOptions,
): readonly FileQuestion[] {
  const named = { item: options.itemColumn, date: options.dateColumn, store: options.storeColumn };
  const questions = doubtful.flatMap((column) => {
    const role = columns[column]?.role;
    if ((role !== "item" && role !== "date" && role !== "store") || named[role] !== undefined) return [];
    if (role === "item" && areNamed(head, column, columns)) return [];
    return [blankQuestion(head, column, FLAGS[role])];
  });
  if (heading === null || head.headers[heading] !== "" || options.itemColumn !== undefined) return questions;
  const items = columns.filter(({ role }) => role === "item").map(({ column }) => column - 1);
  return [itemQuestion(head, [heading, ...items.filter((column) => column !== heading)]), ...questions];
}

/** Goods without a code have a name of their own, other than that of the goods above them. */
function areNamed({ rows }: Head, column: number, columns: readonly ReadColumn[]): boolean {
  const name = columns.findIndex(({ role }) => role === "name");
  let above = "";
  let differ = false;
  for (const { cells } of rows) {
    const own = cells[name] ?? "";
    if ((cells[column] ?? "") !== "") above = own;
    else if (own === "") return false;
    else differ ||= own !== above;
  }
  return differ;
}

export function labelWarnings(head: Head, columns: readonly ReadColumn[], { repeated }: Labels): readonly string[] {
  const used = repeated.filter((column) => !["ignored", "money"].includes(columns[column]?.role ?? "ignored"));
  if (used.length === 0) return [];
  const names = used.map((column) => `"${headerText(head.headers, column)}"`).join(", ");
  return [`${names} ${used.length === 1 ? "is" : "are"} written once for several rows, and read for each of them.`];
}

function blankQuestion({ headers, rows }: Head, column: number, flag: string): FileQuestion {
  const blanks = rows.filter(({ cells }) => (cells[column] ?? "") === "").length;
  const name = headerText(headers, column);
  return {
    about: "labels",
    text:
      `"${name}" is blank in ${blanks} of the first ${rows.length} rows. Do these belong to the row above? Then ` +
      `write it in each row (pivot tables call this "Repeat item labels").`,
    choices: [
      {
        flag: flagFor(flag, headers, column),
        means: flag === FLAGS.store ? "those rows are of no named store" : `rows without "${name}" are left out`,
      },
    ],
  };
}
