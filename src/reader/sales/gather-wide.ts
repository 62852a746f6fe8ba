/** Sums tables with a column for each period (rows are items) or for each item (rows are dates). */
import { otherMeasure } from "../columns/row-measure.ts";
import type { AcrossLayout, WideLayout } from "../columns/layout.ts";
import { LeftOutRows } from "../left-out.ts";
import type { NumberSurvey } from "../text/number-survey.ts";
import { isAllStores, isTotalCaption, isTotalWord } from "../text/total-rows.ts";
import type { Row } from "../types.ts";
import { itemText, namedBy, NameCache, unfitName, ALL_SALES } from "./item-names.ts";
import type { RowDates } from "./row-dates.ts";
import { SalesBook } from "./sales-book.ts";

export class WideGatherer {
  readonly book = new SalesBook();
  readonly leftOut = new LeftOutRows();
  readonly #layout: WideLayout;
  readonly #headers: readonly string[];
  /** By period column; a period after today is left out. */
  readonly #days: readonly number[];
  readonly #numbers: NumberSurvey;
  readonly #lastDay: number;
  readonly #columnUnits = new Map<string, number>();
  readonly #headerLine: number;

  constructor(
    layout: WideLayout,
    header: { readonly headers: readonly string[]; readonly line: number },
    days: readonly number[],
    numbers: NumberSurvey,
    lastDay: number,
  ) {
    this.#layout = layout;
    this.#headers = header.headers;
    this.#headerLine = header.line;
    this.#days = days;
    this.#numbers = numbers;
    this.#lastDay = lastDay;
  }

  /** A row whose cells are not under the header's. */
  leaveOut({ line, cells }: Row, why: string): void {
    const columns = [...this.#layout.periods, ...this.#layout.totals];
    this.leftOut.add(line, why, sum(columns.map((column) => this.#numbers.valueOf(cells[column] ?? "") ?? 0)));
  }

  add({ line, cells }: Row): void {
    const { periods, totals, item: columns, variants, store } = this.#layout;
    const named =
      columns.length === 0 ? ({ kind: "name", name: ALL_SALES } as const) : namedBy(itemText(cells, columns, variants));
    const why = this.#whyNot(cells, named.kind);
    const ofTotals = sum(totals.map((column) => this.#numbers.valueOf(cells[column] ?? "") ?? 0));
    if (why !== null) {
      const own = sum(periods.map((column) => this.#numbers.valueOf(cells[column] ?? "") ?? 0));
      this.leftOut.add(line, why, own + ofTotals);
      return;
    }
    for (const column of totals) {
      const units = this.#numbers.valueOf(cells[column] ?? "") ?? 0;
      const header = this.#headers[column] ?? "";
      const what = header === "" ? `column ${column + 1}, which has no name` : `the column "${header}" of totals`;
      this.#columnUnits.set(what, (this.#columnUnits.get(what) ?? 0) + units);
    }
    const place = store === null ? null : namedBy(cells[store] ?? "");
    const entry = this.book.item(place?.kind === "name" ? place.name : null, named.kind === "name" ? named.name : "");
    this.book.rows++;
    periods.forEach((column, index) => {
      const day = this.#days[index]!;
      const text = cells[column] ?? "";
      const units = text === "" ? null : this.#numbers.valueOf(text);
      if (units === null) {
        if (text === "") entry.unrecorded.add(day);
        else this.leftOut.add(line, `"${text.slice(0, 40)}" is no number of units`, 0, false);
      } else if (day > this.#lastDay) this.leftOut.add(line, "a date after today", units, false);
      else this.book.add(entry, day, units);
    });
  }

  /** Call once, after the last row. */
  close(): void {
    for (const [why, units] of this.#columnUnits) this.leftOut.add(this.#headerLine, why, units, false);
  }

  #whyNot(cells: readonly string[], kind: ReturnType<typeof namedBy>["kind"]): string | null {
    if (kind === "total") return "a row of totals";
    if (kind === "cut" || kind === "long" || kind === "dots") return unfitName({ kind });
    const isOther = cells.some(
      (cell, column) => cell !== "" && !this.#layout.periods.includes(column) && isTotalWord(cell),
    );
    const { store } = this.#layout;
    if (isOther || (store !== null && isAllStores(cells[store] ?? ""))) return "a row of totals";
    if (kind !== "blank") return otherMeasure(this.#layout.measure, cells);
    return cells.some((cell) => cell !== "" && /\p{L}/u.test(cell) && isTotalCaption(cell))
      ? "a row of totals"
      : "no item";
  }
}

export class AcrossGatherer {
  readonly book = new SalesBook();
  readonly leftOut = new LeftOutRows();
  readonly #layout: AcrossLayout;
  readonly #headers: readonly string[];
  readonly #dates: RowDates;
  readonly #numbers: NumberSurvey;
  readonly #lastDay: number;
  readonly #names = new NameCache();

  constructor(
    layout: AcrossLayout,
    headers: readonly string[],
    dates: RowDates,
    numbers: NumberSurvey,
    lastDay: number,
  ) {
    this.#layout = layout;
    this.#headers = headers;
    this.#dates = dates;
    this.#numbers = numbers;
    this.#lastDay = lastDay;
  }

  /** A row whose cells are not under the header's. */
  leaveOut({ line, cells }: Row, why: string): void {
    const columns = [...this.#layout.items, ...this.#layout.totals];
    this.leftOut.add(line, why, sum(columns.map((column) => this.#numbers.valueOf(cells[column] ?? "") ?? 0)));
  }

  add({ line, cells }: Row): void {
    const { items, totals, store } = this.#layout;
    const day = this.#dates.dayOf(cells);
    const values = items.map((column) => this.#numbers.valueOf(cells[column] ?? ""));
    const ofTotals = sum(totals.map((column) => this.#numbers.valueOf(cells[column] ?? "") ?? 0));
    const isAll = store !== null && isAllStores(cells[store] ?? "");
    if (day === null || day > this.#lastDay || isAll) {
      const text = this.#dates.text(cells).trim();
      const isTotal = isAll || cells.some((cell) => cell !== "" && isTotalWord(cell));
      const why =
        isTotal && (day === null || isAll)
          ? "a row of totals"
          : day !== null
            ? "a date after today"
            : text === ""
              ? "no date"
              : `"${text.slice(0, 40)}" is no date`;
      this.leftOut.add(line, why, sum(values.map((units) => units ?? 0)) + ofTotals);
      return;
    }
    for (const column of totals)
      if ((cells[column] ?? "") !== "")
        this.leftOut.add(
          line,
          `the column "${this.#headers[column]}" of totals`,
          this.#numbers.valueOf(cells[column]!) ?? 0,
          false,
        );
    const place = store === null ? null : this.#names.read(cells[store] ?? "");
    this.book.rows++;
    items.forEach((column, index) => {
      const named = this.#names.read(this.#headers[column] ?? "");
      const units = values[index]!;
      const text = cells[column] ?? "";
      if (named.kind !== "name") {
        if (text !== "")
          this.leftOut.add(line, `the column "${this.#headers[column]}": ${unfitName(named)}`, units ?? 0, false);
        return;
      }
      const entry = this.book.item(place?.kind === "name" ? place.name : null, named.name);
      if (units !== null) this.book.add(entry, day, units);
      else if (text === "") entry.unrecorded.add(day);
      else this.leftOut.add(line, `"${text.slice(0, 40)}" is no number of units`, 0, false);
    });
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
