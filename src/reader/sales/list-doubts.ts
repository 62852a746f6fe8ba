/** Questions that only all rows of a list can raise. */
import type { ListLayout } from "../columns/layout.ts";
import type { FileQuestion } from "../types.ts";
import type { ListGatherer } from "./gather-list.ts";

/** What the rows of a list leave open; `--kind sales` settles it. */
export function listDoubts(
  { book, negative, unknownKinds }: ListGatherer,
  headers: readonly string[],
  { rowKind }: ListLayout,
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
  return questions;
}
