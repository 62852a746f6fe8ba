/** Questions that only all rows of a list can raise. */
import type { Head } from "../columns/head.ts";
import type { ListLayout } from "../columns/layout.ts";
import { isDateRange, readDate } from "../dates/date-text.ts";
import type { FileQuestion } from "../types.ts";
import type { ListGatherer } from "./gather-list.ts";

/** Above the header of a printed page. */
const PAGE =
  /^(?:page|seite|blatt|página|pagina|pág|pag|strona|sida|side|стр)\b|^\p{N}+(?:\s*\/\s*\p{N}+)?$|頁|ページ/iu;
const MOST_TITLE = 60;

/** What the rows of a list leave open; `--kind sales` settles it. */
export function listDoubts(
  { book, negative, unknownKinds, parts }: ListGatherer,
  { headers, titles }: Pick<Head, "headers" | "titles">,
  { rowKind, store }: ListLayout,
): readonly FileQuestion[] {
  const questions: FileQuestion[] = [];
  if (negative.rows > book.rows * 0.5)
    questions.push({
      about: "returns",
      text:
        `Most units are below 0, such as "${negative.example}". Are these returns? If they are goods that left the ` +
        "stock, export sales above 0.",
      choices: [{ flag: "--kind sales", means: "they are returns, and are taken off" }],
    });
  if (rowKind !== null && unknownKinds.size > 0) {
    const kinds = [...unknownKinds].map((kind) => `"${kind}"`).join(", ");
    questions.push({
      about: "row_kind",
      text: `"${headers[rowKind]}" also says ${kinds}. Are these sales? If not, take these rows out of the file.`,
      choices: [{ flag: "--kind sales", means: "they are sales, too" }],
    });
  }
  const part = parts.find(({ title }) => !titles.includes(title) && !PAGE.test(title) && !isOfDays(title));
  if (part !== undefined && store === null)
    questions.push({
      about: "parts",
      text:
        `The header stands again on line ${part.line}, under "${part.title.slice(0, MOST_TITLE)}". Are all parts of ` +
        "one store? If not, export each store alone, or with a column that names it.",
      choices: [{ flag: "--kind sales", means: "they are of one store, and are added up" }],
    });
  return questions;
}

/** A part for each month or day: its rows have their dates. */
function isOfDays(title: string): boolean {
  return readDate(title, "none") !== null || isDateRange(title);
}
