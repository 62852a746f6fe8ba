/** A table whose labels are in every row that they hold for. */
import { isSumRow } from "../text/total-rows.ts";
import type { Row, Table } from "../types.ts";
import { filledIn, type Labels } from "./find-labels.ts";

export function repeatLabels(table: Table, headerLine: number, labels: Labels): Table {
  if (labels.repeated.length === 0) return table;
  return {
    ...table,
    async *slices() {
      const carry = new Map<number, string>();
      for await (const slice of table.slices())
        yield slice.map((row) => (row.line <= headerLine ? row : withLabels(row, labels, carry)));
    },
  };
}

/** `carry` holds the labels of the rows before, and is changed. */
function withLabels({ line, cells }: Row, { repeated, heading, ofOrder }: Labels, carry: Map<number, string>): Row {
  if (isSumRow(cells)) return { line, cells };
  if (heading !== null && filledIn(cells).join() === String(heading)) {
    carry.set(heading, cells[heading]!);
    return { line, cells: [] };
  }
  const filled = Array.from(
    { length: Math.max(cells.length, repeated.at(-1)! + 1) },
    (_, column) => cells[column] ?? "",
  );
  const order = ofOrder === null ? "" : (cells[ofOrder.order] ?? "");
  // A line of another order has another date, though nobody wrote it.
  if (ofOrder !== null && carry.get(ofOrder.order) !== order) {
    for (const column of ofOrder.columns) carry.delete(column);
    carry.set(ofOrder.order, order);
  }
  let isNew = false;
  for (const column of repeated) {
    // A label that begins ends those to its right.
    if (filled[column] !== "" || isNew) carry.set(column, filled[column]!);
    else filled[column] = carry.get(column) ?? "";
    isNew ||= column !== heading && (cells[column] ?? "") !== "";
  }
  return { line, cells: filled };
}
