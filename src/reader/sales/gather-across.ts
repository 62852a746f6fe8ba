/** Sums a table with a row for each date and a column for each item. */
import type { AcrossLayout } from "../columns/layout.ts";
import { LeftOutRows, noDate, noUnits, TOTALS_ROW, totalsColumn } from "../left-out.ts";
import type { NumberSurvey } from "../text/number-survey.ts";
import { isAllStores, isTotalWord } from "../text/total-rows.ts";
import { perText } from "../../shared/per-text.ts";
import type { Row } from "../types.ts";
import { namedBy, unfitName } from "./item-names.ts";
import type { RowDates } from "./row-dates.ts";
import { SalesBook } from "./sales-book.ts";

export class AcrossGatherer {
  readonly book = new SalesBook();
  readonly leftOut = new LeftOutRows();
  readonly #layout: AcrossLayout;
  readonly #headers: readonly string[];
  readonly #dates: RowDates;
  readonly #numbers: NumberSurvey;
  readonly #lastDay: number;
  readonly #named = perText(namedBy);

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
    const { items, totals } = this.#layout;
    this.leftOut.add(line, why, this.#numbers.sumOf(cells, [...items, ...totals]));
  }

  add(row: Row): void {
    const { line, cells } = row;
    const { items, totals, store } = this.#layout;
    if (store !== null && isAllStores(cells[store] ?? "")) return this.leaveOut(row, TOTALS_ROW);
    const day = this.#dates.dayOf(cells);
    if (day === null) return this.leaveOut(row, this.#whyNoDay(cells));
    if (day > this.#lastDay) return this.leaveOut(row, "a date after today");
    for (const column of totals) {
      const units = this.#numbers.sumOf(cells, [column]);
      if ((cells[column] ?? "") !== "") this.leftOut.addPart(line, totalsColumn(this.#headers[column] ?? ""), units);
    }
    const place = store === null ? null : this.#named(cells[store] ?? "");
    this.book.rows++;
    for (const column of items) {
      const header = this.#headers[column] ?? "";
      const named = this.#named(header);
      const text = cells[column] ?? "";
      const units = this.#numbers.valueOf(text);
      if (named.kind !== "name") {
        if (text !== "") this.leftOut.addPart(line, `the column "${header}": ${unfitName(named)}`, units ?? 0);
        continue;
      }
      const entry = this.book.item(place?.kind === "name" ? place.name : null, named.name);
      if (units !== null) this.book.add(entry, day, units);
      else if (text === "") entry.unrecorded.add(day);
      else this.leftOut.addPart(line, noUnits(text), 0);
    }
  }

  #whyNoDay(cells: readonly string[]): string {
    const isOfTotals = cells.some((cell) => cell !== "" && isTotalWord(cell));
    return isOfTotals ? TOTALS_ROW : noDate(this.#dates.text(cells));
  }
}
