/**
 * Reads one table. It passes over the rows three times: the first ones to recognise the columns, all of them to decide
 * how dates and numbers are written, and all of them again to add up. A file of any size thus needs only the memory of
 * its sums.
 */
import { chooseLayout } from "./columns/choose-layout.ts";
import { asked, type Chosen } from "./columns/chosen.ts";
import { headOf, Roles, type Head } from "./columns/head.ts";
import { knownExport } from "./columns/systems/systems.ts";
import { findLabels, NO_LABELS, type Labels } from "./labels/find-labels.ts";
import { labelQuestions, labelWarnings } from "./labels/label-questions.ts";
import { repeatLabels } from "./labels/repeat-labels.ts";
import { unfitHeader, withTwoLines } from "./columns/unfit-header.ts";
import { headerIndex } from "./columns/header-line.ts";
import { gather, isLonger } from "./gather-table.ts";
import { noOutcome, type Outcome } from "./table-outcome.ts";
import { ReadProblem, type Reading, type ReaderOptions, type ReadResult, type Row, type Table } from "./types.ts";

/** Columns are recognised by these rows; the formats of dates and numbers by every row. */
const HEAD_ROWS = 2_000;
const SAMPLE_ROWS = 12;

export async function readTable(table: Table, options: ReaderOptions): Promise<ReadResult> {
  try {
    return await read(table, options);
  } catch (error) {
    if (error instanceof ReadProblem) return refusal(table, error.message);
    throw error;
  }
}

/** The reading of a file that cannot be read, with what is wrong. */
export function refusal(
  table: Pick<Table, "file" | "sheet" | "encoding" | "delimiter" | "notes">,
  problem: string,
): ReadResult {
  const chosen: Chosen = { kind: "unknown", system: null, layout: null, questions: [], warnings: [], problem };
  const outcome = noOutcome([]);
  const reading = readingOf(table, { header_line: null, columns: [] }, chosen, outcome);
  return { reading, content: outcome.content, sample: [] };
}

async function read(table: Table, options: ReaderOptions): Promise<ReadResult> {
  const first = await firstRows(table);
  if (first.length === 0) throw new ReadProblem("the file holds no rows.");
  const index = headerIndex(first);
  const header = index < 0 ? null : first[index]!;
  const rows = first.slice(index + 1);
  if (rows.length === 0) throw new ReadProblem("the file has a header and no rows under it.");
  const named = options.itemColumn ?? options.dateColumn ?? options.unitsColumn;
  const unfit = named === undefined ? unfitHeader(header, first[0]!) : null;
  if (unfit !== null) throw new ReadProblem(unfit, (header ?? first[0]!).line);
  const titles = [...first.slice(0, Math.max(0, index)).flatMap(({ cells }) => cells), table.sheet ?? ""];
  if (named === undefined && !table.typed && [header ?? first[0]!, ...rows].every(({ cells }) => cells.length === 1))
    throw new ReadProblem(
      `every line is one cell, such as "${(header ?? first[0]!).cells[0]!.slice(0, 40)}". Cells must be apart by ` +
        "commas, semicolons, tabs or bars.",
    );
  const { head, labels } = await labelled(table, header, rows, titles);
  const roles = new Roles();
  const layout = chooseLayout(head, roles, options);
  const chosen = layout.layout === null ? layout : withLabels(layout, head, roles.list(head), labels, options);
  const context = {
    table: repeatLabels(table, header?.line ?? 0, labels),
    options,
    head,
    headerLine: header?.line ?? 0,
    width: header?.cells.length ?? 0,
  };
  const longer = rows.filter((row) => isLonger(context, row));
  if (header !== null && longer.length >= rows.length * 0.5)
    throw new ReadProblem(
      `it has ${longer[0]!.cells.length} cells, and the header on line ${header.line} names ${header.cells.length}. ` +
        "Put quotation marks around names and numbers that contain the delimiter, or name every column.",
      longer[0]!.line,
    );
  const outcome = chosen.layout === null ? noOutcome([]) : await gather(context, chosen.layout);
  const told = <T extends Chosen | Outcome>(read: T): T => withTwoLines(read, first, Math.max(0, index));
  const columns = { header_line: header?.line ?? null, columns: roles.list(head) };
  const reading = readingOf(table, columns, told(chosen), told(outcome));
  return { reading, content: outcome.content, sample: rows.slice(0, SAMPLE_ROWS) };
}

/** The head of the table with its labels in every row that they hold for. */
async function labelled(
  table: Table,
  header: Row | null,
  rows: readonly Row[],
  titles: readonly string[],
): Promise<{ head: Head; labels: Labels }> {
  const head = headOf(header?.cells ?? null, rows, titles);
  const labels = knownExport(head, new Roles()) === null ? findLabels(head) : NO_LABELS;
  if (labels.repeated.length === 0) return { head, labels };
  const repeated = await firstRows(repeatLabels(table, header?.line ?? 0, labels));
  const own = repeated.filter(({ line }) => line > (header?.line ?? 0));
  return { head: headOf(header?.cells ?? null, own, titles), labels };
}

function withLabels(
  chosen: Chosen,
  head: Head,
  columns: Reading["columns"],
  labels: Labels,
  options: ReaderOptions,
): Chosen {
  const questions = labelQuestions(head, columns, labels, options);
  const warnings = [...chosen.warnings, ...labelWarnings(head, columns, labels)];
  return questions.length > 0 ? asked(chosen.kind, questions, warnings) : { ...chosen, warnings };
}

async function firstRows(table: Table): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const slice of table.slices()) {
    rows.push(...slice.slice(0, HEAD_ROWS - rows.length));
    if (rows.length >= HEAD_ROWS) break;
  }
  return rows;
}

function readingOf(
  { file, sheet, encoding, delimiter, notes }: Pick<Table, "file" | "sheet" | "encoding" | "delimiter" | "notes">,
  columns: Pick<Reading, "header_line" | "columns">,
  chosen: Chosen,
  outcome: Outcome,
): Reading {
  const problem = chosen.problem ?? outcome.problem;
  const questions = [...chosen.questions, ...outcome.questions];
  return {
    file,
    sheet,
    kind: chosen.kind,
    system: chosen.system,
    status: problem !== null ? "refused" : questions.length > 0 ? "ask" : "read",
    encoding,
    delimiter,
    ...columns,
    period: outcome.period,
    date_format: outcome.format,
    items: outcome.items,
    products: outcome.products,
    stores: outcome.stores,
    rows: outcome.rows,
    units: outcome.units,
    first: outcome.first,
    last: outcome.last,
    left_out: outcome.leftOut,
    questions,
    warnings: [...notes, ...chosen.warnings, ...outcome.warnings],
    problem,
  };
}
