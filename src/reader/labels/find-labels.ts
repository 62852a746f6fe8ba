/**
 * Finds labels that are written once for several rows: in a pivot table beside the first row of a group, in a report on
 * a line above it, in a nested export on the first line of an order.
 */
import { isDated, isNumeric } from "../columns/column-facts.ts";
import type { HeaderClass } from "../columns/header-class.ts";
import type { Head } from "../columns/head.ts";
import { isSumRow } from "../text/total-rows.ts";
import { hasPhrase, plainText } from "../text/words.ts";

export interface Labels {
  /** Columns whose labels hold for the rows under them: the file proves it. Rising. */
  readonly repeated: readonly number[];
  /** The one among them whose labels are on lines of their own. */
  readonly heading: number | null;
  /** Those among them that hold for lines with the same number in the column `order` alone. */
  readonly ofOrder: { readonly order: number; readonly columns: readonly number[] } | null;
  /** Columns that look the same, without proof. */
  readonly doubtful: readonly number[];
}

export const NO_LABELS: Labels = { repeated: [], heading: null, ofOrder: null, doubtful: [] };

const MEASURES: ReadonlySet<HeaderClass> = new Set([
  "units",
  "units_or_money",
  "money",
  "returns",
  "stock",
  "in_stock",
  "measure",
]);
/** A single label with blanks under it more likely has forgotten cells there. */
const LEAST_GROUPS = 2;
const LEAST_SHARE = 0.25;

type Cells = readonly string[];

export function findLabels(head: Head): Labels {
  const texts = head.headers
    .map((_, column) => column)
    .filter((column) => {
      const facts = head.facts[column]!;
      const { class: name } = head.classes[column]!;
      const isText = !isNumeric(facts) || name === "order";
      return isText && facts.filled > 0 && facts.filled < head.rows.length && !MEASURES.has(name);
    });
  if (texts.length === 0) return NO_LABELS;
  const sums = head.rows.filter(({ cells }) => isSumRow(cells)).map(({ cells }) => plainText(cells.join(" ")));
  const rows = head.rows.map(({ cells }) => cells).filter((cells) => !isSumRow(cells));
  const heading = headingOf(rows, texts, sums);
  const entries = rows.filter((cells) => filledIn(cells).length > 1);
  const once: number[] = [];
  for (const column of texts) if (column !== heading && isOnce(entries, column, once)) once.push(column);
  const nested = nestedOrder(head, entries, texts);
  const ofOrder = withinOrders(head, entries, texts);
  const proven = texts.filter(
    (column) =>
      nested.includes(column) ||
      ofOrder?.columns.includes(column) === true ||
      (once.includes(column) && hasSums(entries, column, sums)),
  );
  return {
    repeated: [...proven, ...(heading === null ? [] : [heading])].sort((a, b) => a - b),
    heading,
    ofOrder,
    doubtful: once.filter((column) => {
      const blanks = entries.filter((cells) => isBlank(cells, column)).length;
      const isMany = blanks >= entries.length * LEAST_SHARE && groupsOf(entries, column).length >= LEAST_GROUPS;
      return !proven.includes(column) && isMany;
    }),
  };
}

export function filledIn(cells: Cells): readonly number[] {
  return cells.flatMap((cell, column) => (cell === "" ? [] : [column]));
}

function isBlank(cells: Cells, column: number): boolean {
  return (cells[column] ?? "") === "";
}

/** Lines that hold one label alone, above rows without it, and with a total under them. Null for none. */
function headingOf(rows: readonly Cells[], texts: readonly number[], sums: readonly string[]): number | null {
  for (const column of texts) {
    const isHeading = (cells: Cells): boolean => filledIn(cells).join() === String(column);
    const labels = rows.filter(isHeading).map((cells) => cells[column]!);
    const areBare = rows.every((cells) => isHeading(cells) || isBlank(cells, column));
    if (labels.length > 0 && areBare && labels.slice(0, -1).every((label) => isSummed(label, sums)))
      if (labels.length > 1 || isSummed(labels[0]!, sums)) return column;
  }
  return null;
}

/** True when no label repeats that of the rows above it, unless a label to its left changes. */
function isOnce(entries: readonly Cells[], column: number, outer: readonly number[]): boolean {
  if (entries.length === 0 || isBlank(entries[0]!, column)) return false;
  let last = "";
  for (const cells of entries) {
    const label = cells[column] ?? "";
    if (label === "") continue;
    if (label === last && !outer.some((other) => !isBlank(cells, other))) return false;
    last = label;
  }
  return entries.some((cells) => isBlank(cells, column));
}

/** Each label with rows under it, but for the last one that was read, is in the caption of a total. */
function hasSums(entries: readonly Cells[], column: number, sums: readonly string[]): boolean {
  const [first, ...others] = groupsOf(entries, column);
  return first !== undefined && isSummed(first, sums) && others.slice(0, -1).every((label) => isSummed(label, sums));
}

/** The labels that have rows under them. */
function groupsOf(entries: readonly Cells[], column: number): readonly string[] {
  return entries.flatMap((cells, index) => {
    const next = entries[index + 1];
    return next !== undefined && !isBlank(cells, column) && isBlank(next, column) ? [cells[column]!] : [];
  });
}

function isSummed(label: string, sums: readonly string[]): boolean {
  const plain = plainText(label);
  return plain !== "" && sums.some((sum) => hasPhrase(sum, plain));
}

/** The columns that are blank on every further line of an order, its number and its date among them. */
function nestedOrder({ classes, facts }: Head, entries: readonly Cells[], texts: readonly number[]): readonly number[] {
  const order = texts.find((column) => classes[column]!.class === "order");
  if (order === undefined || !isOnce(entries, order, [])) return [];
  const same = texts.filter((column) => entries.every((cells) => isBlank(cells, column) === isBlank(cells, order)));
  return same.some((column) => isDated(facts[column]!)) ? same : [];
}

/** Dates and stores that are blank only on lines of the order above, by its number. */
function withinOrders(
  { classes, facts }: Head,
  entries: readonly Cells[],
  texts: readonly number[],
): Labels["ofOrder"] {
  const order = classes.findIndex(({ class: name }) => name === "order");
  if (order < 0) return null;
  const isSame = (index: number): boolean =>
    !isBlank(entries[index]!, order) && entries[index]![order] === entries[index - 1]?.[order];
  const columns = texts
    .filter((column) => isDated(facts[column]!) || classes[column]!.class === "store")
    .filter((column) => entries.every((cells, index) => !isBlank(cells, column) || isSame(index)))
    .filter((column) => entries.some((cells) => isBlank(cells, column)));
  return columns.length === 0 ? null : { order, columns };
}
