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
import { gather, hasNamedColumn, isLonger } from "./gather-table.ts";
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
  const start = startOf(table, first, options);
  const { header, rows, above } = start;
  const headerLine = header?.line ?? 0;
  const { head, labels } = await labelled(table, start);
  const roles = new Roles();
  const layout = chooseLayout(head, roles, options);
  const chosen = layout.layout === null ? layout : withLabels(layout, head, roles.list(head), labels, options);
  const width = header?.cells.length ?? 0;
  const context = { table: repeatLabels(table, headerLine, labels), options, head, headerLine, width };
  refuseLongerRows(context, start);
  const outcome = chosen.layout === null ? noOutcome([]) : await gather(context, chosen.layout);
  const told = <T extends Chosen | Outcome>(read: T): T => withTwoLines(read, first, above.length);
  const columns = { header_line: header?.line ?? null, columns: roles.list(head) };
  const reading = readingOf(table, columns, told(chosen), told(outcome));
  return { reading, content: outcome.content, sample: rows.slice(0, SAMPLE_ROWS) };
}

/** The first rows of a table, told apart. */
interface TableStart {
  /** Null = the table has none. */
  readonly header: Row | null;
  readonly rows: readonly Row[];
  /** Titles and the like. */
  readonly above: readonly Row[];
}

/** Throws a ReadProblem for what is no table. */
function startOf(table: Table, first: readonly Row[], options: ReaderOptions): TableStart {
  const [top] = first;
  if (top === undefined) throw new ReadProblem("the file holds no rows.");
  const index = headerIndex(first);
  const header = first[index] ?? null;
  const rows = first.slice(index + 1);
  if (rows.length === 0) throw new ReadProblem("the file has a header and no rows under it.");
  const start = { header, rows, above: first.slice(0, Math.max(0, index)) };
  // A person who named a column has looked at the rows.
  if (hasNamedColumn(options)) return start;
  const captions = header ?? top;
  const unfit = unfitHeader(header, top);
  if (unfit !== null) throw new ReadProblem(unfit, captions.line);
  if (!table.typed && [captions, ...rows].every(({ cells }) => cells.length === 1))
    throw new ReadProblem(
      `every line is one cell, such as "${captions.cells[0]!.slice(0, 40)}". Cells must be apart by ` +
        "commas, semicolons, tabs or bars.",
    );
  return start;
}

/** Where half of the rows have more cells than the header, the header is not theirs. */
function refuseLongerRows(context: Parameters<typeof isLonger>[0], { header, rows }: TableStart): void {
  const longer = rows.filter((row) => isLonger(context, row));
  if (header === null || longer.length < rows.length * 0.5) return;
  throw new ReadProblem(
    `it has ${longer[0]!.cells.length} cells, and the header on line ${header.line} names ${header.cells.length}. ` +
      "Put quotation marks around names and numbers that contain the delimiter, or name every column.",
    longer[0]!.line,
  );
}

/** The head of the table with its labels in every row that they hold for. */
async function labelled(
  table: Table,
  { header, rows, above }: TableStart,
): Promise<{ readonly head: Head; readonly labels: Labels }> {
  const titles = [...above.flatMap(({ cells }) => cells), table.sheet ?? ""];
  const head = headOf(header?.cells ?? null, rows, titles);
  const labels = knownExport(head, new Roles()) === null ? findLabels(head) : NO_LABELS;
  if (labels.repeated.length === 0) return { head, labels };
  const headerLine = header?.line ?? 0;
  const repeated = await firstRows(repeatLabels(table, headerLine, labels));
  const own = repeated.filter(({ line }) => line > headerLine);
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
