/** Sums a table with a row for each item and a column for each period. */
import { otherMeasure } from "../columns/row-measure.ts";
import type { WideLayout } from "../columns/layout.ts";
import { LeftOutRows, noUnits, TOTALS_ROW, totalsColumn } from "../left-out.ts";
import type { NumberSurvey } from "../text/number-survey.ts";
import { isAllStores, isTotalCaption, isTotalWord } from "../text/total-rows.ts";
import type { Row } from "../types.ts";
import { itemText, namedBy, unfitName, ALL_SALES, type Named, type Unnamed } from "./item-names.ts";
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
    const { periods, totals } = this.#layout;
    this.leftOut.add(line, why, this.#numbers.sumOf(cells, [...periods, ...totals]));
  }

  add(row: Row): void {
    const { line, cells } = row;
    const { periods, store } = this.#layout;
    const named = this.#itemOf(cells);
    if (named.kind !== "name") return this.leaveOut(row, this.#whyNoItem(cells, named));
    const why = this.#isOfTotals(cells) ? TOTALS_ROW : otherMeasure(this.#layout.measure, cells);
    if (why !== null) return this.leaveOut(row, why);
    this.#addTotals(cells);
    const place = store === null ? null : namedBy(cells[store] ?? "");
    const entry = this.book.item(place?.kind === "name" ? place.name : null, named.name);
    this.book.rows++;
    for (const [index, column] of periods.entries()) {
      const day = this.#days[index]!;
      const text = cells[column] ?? "";
      const units = text === "" ? null : this.#numbers.valueOf(text);
      if (text === "") entry.unrecorded.add(day);
      else if (units === null) this.leftOut.addPart(line, noUnits(text), 0);
      else if (day > this.#lastDay) this.leftOut.addPart(line, "a date after today", units);
      else this.book.add(entry, day, units);
    }
  }

  /** Call once, after the last row. */
  close(): void {
    for (const [why, units] of this.#columnUnits) this.leftOut.addPart(this.#headerLine, why, units);
  }

  #itemOf(cells: readonly string[]): Named {
    const { item, variants } = this.#layout;
    return item.length === 0 ? { kind: "name", name: ALL_SALES } : namedBy(itemText(cells, item, variants));
  }

  #whyNoItem(cells: readonly string[], named: Unnamed): string {
    const isOfTotals = named.kind === "blank" && (this.#isOfTotals(cells) || cells.some(isCaption));
    return isOfTotals ? TOTALS_ROW : unfitName(named);
  }

  #isOfTotals(cells: readonly string[]): boolean {
    const { periods, store } = this.#layout;
    if (store !== null && isAllStores(cells[store] ?? "")) return true;
    return cells.some((cell, column) => cell !== "" && !periods.includes(column) && isTotalWord(cell));
  }

  /** Units of columns that add others up are named once for the whole table. */
  #addTotals(cells: readonly string[]): void {
    for (const column of this.#layout.totals) {
      const header = this.#headers[column] ?? "";
      const what = header === "" ? `column ${column + 1}, which has no name` : totalsColumn(header);
      this.#columnUnits.set(what, (this.#columnUnits.get(what) ?? 0) + this.#numbers.sumOf(cells, [column]));
    }
  }
}

function isCaption(cell: string): boolean {
  return cell !== "" && /\p{L}/u.test(cell) && isTotalCaption(cell);
}
