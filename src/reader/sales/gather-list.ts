/** Sums a list of sales with one row for each sale, day, or line of an order. */
import { otherMeasure } from "../columns/row-measure.ts";
import type { ListLayout } from "../columns/layout.ts";
import { LeftOutRows } from "../left-out.ts";
import type { NumberSurvey } from "../text/number-survey.ts";
import { isSumRow } from "../text/total-rows.ts";
import { phrases, plainText } from "../text/words.ts";
import type { Row } from "../types.ts";
import { itemText, NameCache, unfitName, ALL_SALES } from "./item-names.ts";
import { OrderCells } from "./order-cells.ts";
import { productsIn } from "./products-in.ts";
import { isNoGoods } from "./no-goods.ts";
import { rowKind, type RowKind } from "./row-kinds.ts";
import type { RowDates } from "./row-dates.ts";
import { SalesBook } from "./sales-book.ts";

/** States of an order that sold nothing, in the languages of the systems that export them. */
const CANCELLED = [
  "cancell?ed|voided|void|failed|trash|deleted",
  "storniert|storno|abgebrochen",
  "annulee?|annule|cancelad[oa]|anulad[oa]|annullat[oa]",
  "geannuleerd|anulowane|zruseno|avbruten|iptal",
  "отменен|キャンセル|取消|已取消|취소",
  "fehlgeschlagen|echouee?|fallid[oa]|fallit[oa]|falhad[oa]|malsucedido|mislukt|nieudane|neuspesn[aey]|misslyckad",
];
/** Orders that wait to be paid, as WooCommerce writes them in its languages. */
const UNPAID = new Set(
  phrases(
    "payment pending,awaiting payment,Zahlung ausstehend,en attente de paiement,attente paiement," +
      "en attente paiement,pendiente de pago,in attesa di pagamento,pagamento pendente,aguardando pagamento," +
      "wacht op betaling,in afwachting van betaling,oczekujące na płatność,čeká na platbu",
  ),
);
/** Of an order: its goods wait. Those of an invoice are sold, whether it is paid by now or not. */
const UNPAID_ORDER = new Set(phrases("unpaid,unbezahlt"));
const INVOICE = /invoice|rechnung|factur|fattur|faktur|請求|发票/u;
const NO_SALE = new RegExp(`^(?:wc )?(?:${CANCELLED.join("|")})$`, "u");
const MOST_UNKNOWN = 5;
const IN_STOCK = /^(?:1|true|yes|y)$/iu;

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
  readonly #layout: ListLayout;
  readonly #headers: readonly string[];
  readonly #dates: RowDates;
  readonly #numbers: NumberSurvey;
  readonly #lastDay: number;
  readonly #names = new NameCache();
  readonly #kinds = new Map<string, RowKind>();
  readonly #noGoods = new Map<string, boolean>();
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
    const why = this.#whyNot(cells, text, units, order);
    if (why !== null) {
      this.leftOut.add(line, why, units ?? 0);
      return;
    }
    const day = this.#dates.dayOf(cells)!;
    const item = this.book.item(order.store, this.#item(cells) as string);
    if (inStock !== null && (cells[inStock] ?? "") !== "") this.book.mark(item, day, IN_STOCK.test(cells[inStock]!));
    if (units === null) {
      item.unrecorded.add(day);
      this.leftOut.add(line, "blank units: not recorded", 0);
      return;
    }
    this.book.rows++;
    this.#note(text, units, cells);
    this.book.add(item, day, this.#signed(units, cells));
    // Below 0 it is the return itself, on its own day.
    if (order.refunded && units > 0) {
      this.refunded.orders.add(order.id === "" ? `line ${line}` : order.id);
      this.refunded.units += units;
    }
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

  /** Why a row is left out; null for a sale, and for a day on which nothing was recorded. */
  #whyNot(
    cells: readonly string[],
    text: string,
    units: number | null,
    order: ReturnType<OrderCells["of"]>,
  ): string | null {
    const item = this.#item(cells);
    const day = this.#dates.dayOf(cells);
    if (text !== "" && units === null)
      return this.#isHeader(cells) ? "the header again" : `"${text.slice(0, 40)}" is no number of units`;
    if (item === null || day === null) {
      if (isSumRow(cells)) return "a row of totals";
    }
    if (item === undefined)
      return isSumRow(cells) ? "a row of totals" : unfitName(this.#names.read(this.#itemCell(cells)));
    if (item === null) return text === "" ? "no row of the table" : "no item";
    if (order.allStores) return "a row of totals";
    if (day === null) {
      const date = this.#dates.text(cells).trim();
      return date === "" ? "no date" : `"${date.slice(0, 40)}" is no date`;
    }
    if (day > this.#lastDay) return "a date after today";
    const other = otherMeasure(this.#layout.measure, cells);
    if (other !== null) return other;
    const kind = this.#kindCell(cells);
    if (kind !== "" && NO_SALE.test(plainText(kind))) return "a cancelled order";
    if (this.#kindOf(kind) === "none") return `a row of "${kind}"`;
    if (!this.#layout.singleItem && !this.#hasCode(cells) && this.#isNoGoods(item)) return `"${item}" is no goods`;
    if (order.cancelled || NO_SALE.test(order.status) || this.#layout.noSale?.test(order.status) === true)
      return "a cancelled order";
    if (UNPAID.has(order.status) || (UNPAID_ORDER.has(order.status) && !this.#isOfInvoices))
      return "an order that is not paid";
    return null;
  }

  /** Null = the row names no item; undefined = it names something that cannot be one. */
  #item(cells: readonly string[]): string | null | undefined {
    if (this.#layout.singleItem) return ALL_SALES;
    const named = this.#names.read(this.#itemCell(cells));
    if (named.kind === "name") return named.name;
    if (named.kind === "cut") this.cut++;
    return named.kind === "blank" ? null : undefined;
  }

  #itemCell(cells: readonly string[]): string {
    return itemText(cells, this.#layout.item, this.#layout.variants);
  }

  /** A column before the last one names the item: its code. */
  #hasCode(cells: readonly string[]): boolean {
    return this.#layout.item.slice(0, -1).some((column) => (cells[column] ?? "") !== "");
  }

  #isNoGoods(name: string): boolean {
    let known = this.#noGoods.get(name);
    if (known === undefined) this.#noGoods.set(name, (known = isNoGoods(name)));
    return known;
  }

  #kindCell(cells: readonly string[]): string {
    const { rowKind: column } = this.#layout;
    return column === null ? "" : (cells[column] ?? "");
  }

  #kindOf(cell: string): RowKind {
    let kind = this.#kinds.get(cell);
    if (kind === undefined) this.#kinds.set(cell, (kind = rowKind(cell, this.#layout.saysSales)));
    return kind;
  }

  #isHeader(cells: readonly string[]): boolean {
    const at = this.#layout.units ?? this.#layout.item[0] ?? 0;
    return plainText(cells[at] ?? "") === plainText(this.#headers[at] ?? "");
  }
}
