/** Sums a list of sales with one row for each sale, day, or line of an order. */
import { otherMeasure } from "../columns/row-measure.ts";
import type { ListLayout } from "../columns/layout.ts";
import { LeftOutRows, noDate, noUnits, TOTALS_ROW } from "../left-out.ts";
import type { NumberSurvey } from "../text/number-survey.ts";
import { perText } from "../../shared/per-text.ts";
import { isSumRow } from "../text/total-rows.ts";
import { plainText } from "../text/words.ts";
import type { Row } from "../types.ts";
import { itemText, namedBy, unfitName, ALL_SALES, type Named } from "./item-names.ts";
import { OrderCells, type OrderState } from "./order-cells.ts";
import { productsIn } from "./products-in.ts";
import { isNoGoods } from "./no-goods.ts";
import { isCancelled, isCancelledOrder, isNoOrder, isUnpaid } from "./no-sale.ts";
import { rowKind, type RowKind } from "./row-kinds.ts";
import type { RowDates } from "./row-dates.ts";
import { SalesBook } from "./sales-book.ts";

const INVOICE = /invoice|rechnung|\bfactuu?r|\bfat+ura|(?<!manu)faktur|請求|发票/u;
/** Kinds of rows that a person is shown. */
const MOST_UNKNOWN = 5;
const IN_STOCK = /^(?:1|true|yes|y)$/iu;

type ReadRow = { readonly item: string; readonly day: number } | { readonly why: string };

export class ListGatherer {
  readonly book = new SalesBook();
  readonly leftOut = new LeftOutRows();
  /** Orders whose goods may have come back on a day that the file does not give. */
  readonly refunded = { orders: new Set<string>(), units: 0 };
  /** Rows that say they are returns, with units above 0. */
  readonly returned = { rows: 0, units: 0 };
  /** Rows below 0, and one of their texts. */
  readonly negative = { rows: 0, example: "" };
  /** Kinds of rows that are neither known as sales nor as anything else. */
  readonly unknownKinds = new Set<string>();
  /** Lines of one text above a header that stands again: what they name is in no column. */
  readonly parts: { readonly line: number; readonly title: string }[] = [];
  #title: string | null = null;
  readonly #layout: ListLayout;
  readonly #headers: readonly string[];
  readonly #dates: RowDates;
  readonly #numbers: NumberSurvey;
  readonly #lastDay: number;
  readonly #named = perText(namedBy);
  readonly #kindOf: (cell: string) => RowKind;
  readonly #isNoGoods = perText(isNoGoods);
  readonly #orders: OrderCells;
  readonly #isOfInvoices: boolean;
  cut = 0;

  constructor(layout: ListLayout, headers: readonly string[], dates: RowDates, numbers: NumberSurvey, lastDay: number) {
    this.#layout = layout;
    this.#headers = headers;
    this.#dates = dates;
    this.#numbers = numbers;
    this.#lastDay = lastDay;
    this.#orders = new OrderCells(layout);
    this.#kindOf = perText((cell) => rowKind(cell, layout.saysSales));
    const { order, date } = layout;
    this.#isOfInvoices = [order, date.kind === "column" ? date.column : null].some(
      (column) => column !== null && INVOICE.test(plainText(headers[column] ?? "")),
    );
  }

  /** A row whose cells are not under the header's. */
  leaveOut({ line, cells }: Row, why: string): void {
    const { units } = this.#layout;
    this.leftOut.add(line, why, units === null ? 1 : (this.#numbers.valueOf(cells[units] ?? "") ?? 0));
  }

  add({ line, cells }: Row): void {
    const { products, units } = this.#layout;
    this.#notePart(line, cells);
    if (products === null || units === null) return this.#addLine(line, cells);
    const parts = productsIn(cells[products] ?? "");
    const total = this.#numbers.valueOf(cells[units] ?? "");
    if (parts.length === 0 || parts.reduce((sum, part) => sum + part.units, 0) !== total) {
      this.leftOut.add(line, "the products of an order that do not add up to its items", total ?? 0);
      return undefined;
    }
    for (const part of parts)
      this.#addLine(
        line,
        cells.map((cell, at) => (at === products ? part.name : at === units ? String(part.units) : cell)),
      );
    return undefined;
  }

  #addLine(line: number, cells: readonly string[]): void {
    const { units: at, inStock } = this.#layout;
    const order = this.#orders.of(cells);
    const text = at === null ? "1" : (cells[at] ?? "");
    const units = text === "" ? null : this.#numbers.valueOf(text);
    if (text !== "" && units === null)
      return this.leftOut.add(line, this.#isHeader(cells) ? "the header again" : noUnits(text), 0);
    const read = this.#read(cells, text, order);
    if ("why" in read) return this.leftOut.add(line, read.why, units ?? 0);
    const item = this.book.item(order.store, read.item);
    const stocked = inStock === null ? "" : (cells[inStock] ?? "");
    if (stocked !== "") this.book.mark(item, read.day, IN_STOCK.test(stocked));
    if (units === null) {
      item.unrecorded.add(read.day);
      return this.leftOut.add(line, "blank units: not recorded", 0);
    }
    this.book.rows++;
    this.#note(text, units, cells);
    this.book.add(item, read.day, this.#signed(units, cells));
    // Below 0 it is the return itself, on its own day.
    if (order.refunded && units > 0) {
      this.refunded.orders.add(order.id === "" ? `line ${line}` : order.id);
      this.refunded.units += units;
    }
    return undefined;
  }

  #notePart(line: number, cells: readonly string[]): void {
    const filled = cells.filter((cell) => cell !== "");
    if (filled.length === 0) return;
    if (this.#title !== null && this.#isHeader(cells)) this.parts.push({ line, title: this.#title });
    this.#title = filled.length === 1 ? filled[0]! : null;
  }

  #note(text: string, units: number, cells: readonly string[]): void {
    if (units < 0) {
      this.negative.rows++;
      this.negative.example ||= text;
    }
    const kind = this.#kindCell(cells);
    if (this.unknownKinds.size < MOST_UNKNOWN && this.#kindOf(kind) === "unknown") this.unknownKinds.add(kind);
  }

  /** Below 0 for a row that says it is a return, even if its units are written without a minus. */
  #signed(units: number, cells: readonly string[]): number {
    if (units <= 0 || this.#kindOf(this.#kindCell(cells)) !== "return") return units;
    this.returned.rows++;
    this.returned.units += units;
    return -units;
  }

  /** The item and the day of a sale, or of a day on which nothing was recorded; else why the row is left out. */
  #read(cells: readonly string[], units: string, order: OrderState): ReadRow {
    const named = this.#itemOf(cells);
    if (named.kind === "cut") this.cut++;
    const day = this.#dates.dayOf(cells);
    if ((named.kind !== "name" || day === null) && isSumRow(cells)) return { why: TOTALS_ROW };
    if (named.kind === "blank" && units === "") return { why: "no row of the table" };
    if (named.kind !== "name") return { why: unfitName(named) };
    if (order.allStores) return { why: TOTALS_ROW };
    if (day === null) return { why: noDate(this.#dates.text(cells)) };
    if (day > this.#lastDay) return { why: "a date after today" };
    const why = this.#whyNoSale(cells, named.name, order);
    return why === null ? { item: named.name, day } : { why };
  }

  #whyNoSale(cells: readonly string[], item: string, { cancelled, status }: OrderState): string | null {
    const { measure, singleItem, noSale } = this.#layout;
    const other = otherMeasure(measure, cells);
    if (other !== null) return other;
    const kind = this.#kindCell(cells);
    if (kind !== "" && isCancelled(plainText(kind))) return "a cancelled order";
    if (this.#kindOf(kind) === "none") return `a row of "${kind}"`;
    if (!singleItem && !this.#hasCode(cells) && this.#isNoGoods(item)) return `"${item}" is no goods`;
    if (cancelled || isCancelledOrder(status) || noSale?.test(status) === true) return "a cancelled order";
    if (isNoOrder(status)) return "an offer, a draft or an order that was refused";
    return isUnpaid(status, this.#isOfInvoices ? "invoice" : "order") ? "an order that is not paid" : null;
  }

  #itemOf(cells: readonly string[]): Named {
    const { item, variants, singleItem } = this.#layout;
    return singleItem ? { kind: "name", name: ALL_SALES } : this.#named(itemText(cells, item, variants));
  }

  /** A column before the last one names the item: its code. */
  #hasCode(cells: readonly string[]): boolean {
    return this.#layout.item.slice(0, -1).some((column) => (cells[column] ?? "") !== "");
  }

  #kindCell(cells: readonly string[]): string {
    const { rowKind: column } = this.#layout;
    return column === null ? "" : (cells[column] ?? "");
  }

  #isHeader(cells: readonly string[]): boolean {
    const at = this.#layout.units ?? this.#layout.item[0] ?? 0;
    return plainText(cells[at] ?? "") === plainText(this.#headers[at] ?? "");
  }
}
