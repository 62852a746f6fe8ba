/**
 * Adds up the rows of a table whose columns are known. It passes over them twice: once to decide how dates and numbers
 * are written, and once to add up.
 */
import { bareDate, headerDate, numberedPeriod } from "./columns/wide/choose-wide.ts";
import type { Head } from "./columns/head.ts";
import type { AcrossLayout, GoodsLayout, Layout, ListLayout, WideLayout } from "./columns/layout.ts";
import { DateSurvey } from "./dates/date-survey.ts";
import { isCompactDate } from "./dates/date-text.ts";
import { GoodsGatherer } from "./goods/gather-goods.ts";
import { ListGatherer } from "./sales/gather-list.ts";
import { listDoubts } from "./sales/list-doubts.ts";
import { AcrossGatherer } from "./sales/gather-across.ts";
import { WideGatherer } from "./sales/gather-wide.ts";
import { returnNotes } from "./sales/return-notes.ts";
import { rowDates, utcWarnings } from "./sales/row-dates.ts";
import { isEmptyOutcome, noOutcome, salesOutcome, type Outcome } from "./table-outcome.ts";
import { NumberSurvey } from "./text/number-survey.ts";
import { stripMoney } from "./text/number-text.ts";
import type { ReaderOptions, Row, Table } from "./types.ts";
import { dayOfIso } from "../shared/calendar-dates.ts";

export interface Context {
  readonly table: Table;
  readonly options: ReaderOptions;
  readonly head: Head;
  readonly headerLine: number;
  /** Cells of the header. A longer row of a text has a delimiter inside a cell: its cells are not under the header. */
  readonly width: number;
}

const TOO_LONG = "more cells than the header names";

export function gather(context: Context, layout: Layout): Promise<Outcome> {
  if (layout.kind === "list") return gatherList(context, layout);
  if (layout.kind === "wide") return gatherWide(context, layout);
  if (layout.kind === "across") return gatherAcross(context, layout);
  return gatherGoods(context, layout);
}

async function gatherList(context: Context, layout: ListLayout): Promise<Outcome> {
  const dates = rowDates(layout.date, context.options);
  const numbers = surveyed(context, layout.units === null ? [] : [layout.units]);
  await eachRow(context, ({ cells }) => {
    dates.survey(cells);
    if (layout.units !== null) numbers.add(cells[layout.units] ?? "", true);
  });
  const verdict = dates.verdict(context.options);
  const open = openOutcome([verdict.question, numbers.decide(context.options)], verdict.problem);
  if (open !== null) return open;
  if (dates.isEmpty) return noOutcome([], noDates(dates.text(context.head.rows[0]!.cells)));
  const gatherer = new ListGatherer(layout, context.head.headers, dates, numbers, lastDay(context));
  await addUp(context, gatherer);
  const outcome = salesOutcome(
    gatherer,
    {
      hint: layout.date.kind === "column" ? layout.date.hint : null,
      written: dates.period,
      format: verdict.format,
      gaps: "zero",
    },
    context.options,
  );
  const problem =
    isEmptyOutcome(outcome) && gatherer.cut > 0
      ? "Excel cut the identifiers (such as 4.00638E+12): their digits are gone. Export the file again and open " +
        "it as text, or name the items by another column with --item-column."
      : outcome.problem;
  const questions = [
    ...outcome.questions,
    ...(context.options.kind === "sales" ? [] : listDoubts(gatherer, context.head, layout)),
  ];
  const warnings = [...outcome.warnings, ...utcWarnings(dates), ...returnNotes(gatherer, layout, context.head.headers)];
  return { ...outcome, questions, warnings, problem };
}

async function gatherWide(context: Context, layout: WideLayout): Promise<Outcome> {
  const { head, options, headerLine } = context;
  const texts = layout.periods.map((column) => head.headers[column]!);
  const bare = texts.map((text) => (headerDate(text) === null ? text : bareDate(text)));
  const survey = new DateSurvey(options, bare.every(isCompactDate) ? "days" : "none");
  for (const text of bare) survey.add(text);
  const verdict = survey.verdict(options);
  const numbers = surveyed(context, layout.periods);
  await eachRow(context, ({ cells }) => {
    for (const column of [...layout.periods, ...layout.totals]) numbers.add(cells[column] ?? "", true);
  });
  const open = openOutcome([verdict.question, numbers.decide(options)], verdict.problem);
  if (open !== null) return open;
  if (layout.numbered && options.undated !== true)
    return noOutcome(
      [],
      `The columns "${texts[0]}" to "${texts.at(-1)}" number their periods and say no dates. Write the date ` +
        "each one begins on, such as 2026-01-05.",
    );
  const days = layout.numbered
    ? texts.map((_, index) => index)
    : bare.map((text) => survey.dayOf(text)?.day ?? Number.NaN);
  const twice = days.findIndex((day, index) => days.indexOf(day) !== index);
  if (twice >= 0)
    return noOutcome([], `Two columns are "${texts[twice]}": leave one out, or export one figure a period.`);
  const gatherer = new WideGatherer(
    layout,
    { headers: head.headers, line: headerLine },
    days,
    numbers,
    layout.numbered ? Number.POSITIVE_INFINITY : lastDay(context),
  );
  await addUp(context, gatherer);
  gatherer.close();
  return salesOutcome(
    gatherer,
    {
      hint: null,
      written: layout.numbered ? (numberedPeriod(texts[0] ?? "") ?? "week") : survey.period,
      format: verdict.format,
      gaps: "unrecorded",
      isTable: true,
      undated: layout.numbered,
    },
    options,
  );
}

async function gatherAcross(context: Context, layout: AcrossLayout): Promise<Outcome> {
  const { head, options } = context;
  const dates = rowDates(layout.date, options);
  const numbers = surveyed(context, layout.items);
  await eachRow(context, ({ cells }) => {
    dates.survey(cells);
    for (const column of layout.items) numbers.add(cells[column] ?? "", true);
  });
  const verdict = dates.verdict(options);
  const open = openOutcome([verdict.question, numbers.decide(options)], verdict.problem);
  if (open !== null) return open;
  if (dates.isEmpty) return noOutcome([], noDates(dates.text(head.rows[0]!.cells)));
  const gatherer = new AcrossGatherer(layout, head.headers, dates, numbers, lastDay(context));
  await addUp(context, gatherer);
  const outcome = salesOutcome(
    gatherer,
    {
      hint: layout.date.kind === "column" ? layout.date.hint : null,
      written: dates.period,
      format: verdict.format,
      gaps: "unrecorded",
      isTable: true,
    },
    options,
  );
  return { ...outcome, warnings: [...outcome.warnings, ...utcWarnings(dates)] };
}

async function gatherGoods(context: Context, layout: GoodsLayout): Promise<Outcome> {
  const numbers = new NumberSurvey(context.table.typed);
  const judged = [
    ...layout.fields.filter(({ as }) => as === "number" || as === "days" || as === "money"),
    ...layout.storeStocks.map(({ column }) => ({ column, as: "number" as const })),
  ];
  await eachRow(context, ({ cells }) => {
    for (const { column, as } of judged)
      numbers.add(as === "money" ? stripMoney(cells[column] ?? "") : (cells[column] ?? ""), true);
  });
  const open = openOutcome([numbers.decide(context.options)], null);
  if (open !== null) return open;
  const gatherer = new GoodsGatherer(layout, numbers);
  await addUp(context, gatherer);
  return {
    ...noOutcome([]),
    ...gatherer.counts,
    rows: gatherer.rows,
    units: gatherer.units,
    leftOut: gatherer.leftOut.report(),
    warnings: gatherer.warnings,
    content: { sales: null, catalogue: gatherer.catalogue, stock: gatherer.stock },
    problem: gatherer.rows === 0 ? "No row holds an item." : null,
  };
}

interface Gatherer {
  add(row: Row): void;
  leaveOut(row: Row, why: string): void;
}

function addUp(context: Context, gatherer: Gatherer): Promise<void> {
  return eachRow(context, (row) => (isLonger(context, row) ? gatherer.leaveOut(row, TOO_LONG) : gatherer.add(row)));
}

/** Other columns of numbers show which decimal mark the file uses. */
function surveyed({ head, table }: Context, judged: readonly number[]): NumberSurvey {
  const numbers = new NumberSurvey(table.typed);
  head.facts.forEach(({ numbers: count, filled }, column) => {
    if (judged.includes(column) || count < filled * 0.9) return;
    for (const { cells } of head.rows) numbers.add(cells[column] ?? "", false);
  });
  return numbers;
}

function openOutcome(
  questions: readonly (Outcome["questions"][number] | null)[],
  problem: string | null,
): Outcome | null {
  const open = questions.filter((question) => question !== null);
  return open.length > 0 || problem !== null ? noOutcome(open, problem) : null;
}

function noDates(example: string): string {
  return `No row has a date such as 2026-01-31; the first one has "${example}".`;
}

function lastDay({ options }: Context): number {
  return dayOfIso(options.today) ?? Number.POSITIVE_INFINITY;
}

export function hasNamedColumn({ itemColumn, dateColumn, unitsColumn }: ReaderOptions): boolean {
  return (itemColumn ?? dateColumn ?? unitsColumn) !== undefined;
}

/** A typed sheet has no delimiters; a person who named a column has looked at the rows. */
export function isLonger(
  { table, options, width }: Pick<Context, "table" | "options" | "width">,
  { cells }: Row,
): boolean {
  if (table.typed || width === 0 || cells.length <= width) return false;
  return !hasNamedColumn(options) && cells.slice(width).some((cell) => cell !== "");
}

async function eachRow({ table, headerLine }: Context, take: (row: Row) => void): Promise<void> {
  for await (const slice of table.slices()) for (const row of slice) if (row.line > headerLine) take(row);
}
