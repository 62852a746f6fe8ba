/** Classifies a column by its header. */
import * as words from "../text/vocabulary.ts";
import { hasAny, hasPhrase, phrases, plainText } from "../text/words.ts";

export type HeaderClass =
  | "units"
  | "units_or_money"
  | "money"
  | "returns"
  | "stock"
  | "item_code"
  | "item_name"
  | "item_group"
  | "bare_id"
  | "store"
  | "date_sale"
  | "date_plain"
  | "date_other"
  | "date_not_sale"
  | "year"
  | "month"
  | "day_of_month"
  | "week"
  | "fortnight"
  | "quarter"
  | "period"
  | "in_stock"
  | "order"
  | "status"
  | "person"
  | "measure"
  | "none";

export interface ClassedHeader {
  readonly class: HeaderClass;
  /** The word that decided the class. */
  readonly word: string;
  /** The header is that word and nothing else. */
  readonly whole: boolean;
  readonly plain: string;
}

/** A header that is exactly one of these words has that class; the first list that has it wins. */
const WHOLE: readonly (readonly [HeaderClass, readonly string[]])[] = [
  ["in_stock", words.IN_STOCK],
  ["measure", words.MEASURE],
  ["item_code", words.ITEM_CODE],
  ["units", words.UNITS],
  ["item_group", words.ITEM_GROUP],
  ["item_name", words.ITEM_NAME],
  ["stock", words.STOCK],
  ["date_sale", words.DATE_SALE],
  ["year", words.YEAR],
  ["month", words.MONTH],
  ["week", words.WEEK],
  ["fortnight", words.FORTNIGHT],
  ["quarter", words.QUARTER],
  ["date_plain", words.DATE_PLAIN],
  ["day_of_month", words.DAY_OF_MONTH],
  ["date_not_sale", words.DATE_NOT_SALE],
  ["date_other", words.DATE_OTHER],
  ["store", words.STORE],
  ["order", words.ORDER],
  ["status", words.STATUS],
  ["period", words.PERIOD_WORD],
  ["money", words.MONEY],
  ["units_or_money", words.UNITS_OR_MONEY],
  ["returns", words.RETURNS],
  ["person", words.PERSON],
  ["bare_id", words.BARE_ID],
];
/** A header that holds one of these words among others; the first list wins. */
const PART: readonly (readonly [HeaderClass, readonly string[]])[] = [
  ["person", words.PERSON],
  ["returns", words.RETURNS],
  ["item_code", words.ITEM_CODE],
  ["stock", words.STOCK],
  ["units", words.UNITS],
  ["date_not_sale", words.DATE_NOT_SALE],
  ["date_sale", words.DATE_SALE],
  ["date_other", words.DATE_OTHER],
  ["fortnight", words.FORTNIGHT],
  ["week", words.WEEK],
  ["quarter", words.QUARTER],
  ["month", words.MONTH],
  ["year", words.YEAR],
  ["date_plain", words.DATE_PLAIN],
  ["status", words.STATUS],
  ["order", words.ORDER],
  ["store", words.STORE],
  ["item_group", words.ITEM_GROUP],
  ["item_name", words.ITEM_NAME],
  ["units_or_money", words.UNITS_OR_MONEY],
];
/** Words for a code of anything: beside a word for a paper they name that paper, as in "Payment ref". */
export const ANY_CODE = new Set(phrases("référence,ref,réf,referencia,código,codigo,codice,kod,kód,код,symbol"));
const PAPERS = [...words.ORDER, ...phrases("payment,paiement,pago,pagamento,Zahlung,document,shipment,tracking")];
const GOODS = phrases("product,item,article,produit,producto,prodotto,produto,artículo,articolo,artigo");
/** These words next to a word for pieces do not mean money: "net quantity". */
const SOFT_MONEY = new Set(["net", "gross", "netto", "brutto", "ca", "income", "discount", "tax"]);
export const HARD_MONEY = words.MONEY.filter((word) => !SOFT_MONEY.has(word));

/** Odoo writes where a field is from: "Order Ref/Date". */
function isFieldOfPath(header: string, names: readonly string[]): boolean {
  const path = header.split("/");
  return path.length > 1 && names.includes(plainText(path.at(-1)!));
}

export function classOfHeader(header: string): ClassedHeader {
  const plain = plainText(header);
  for (const [name, list] of WHOLE) if (list.includes(plain)) return { class: name, word: plain, whole: true, plain };
  if (plain === "") return { class: "none", word: "", whole: false, plain };
  const money = HARD_MONEY.find((word) => hasPhrase(plain, word));
  if (money !== undefined) return { class: "money", word: money, whole: false, plain };
  for (const [name, list] of PART) {
    const word = list.find((one) => one.length > 1 && hasPhrase(plain, one));
    if (word === undefined) continue;
    if (name === "item_code" && isFieldOfPath(header, words.DATE_PLAIN))
      return { class: "date_plain", word, whole: false, plain };
    if (name === "item_code" && ANY_CODE.has(word) && hasAny(plain, PAPERS) && !hasAny(plain, GOODS))
      return { class: "order", word, whole: false, plain };
    // "Order Lines/Product"
    if (name === "order" && hasAny(plain, GOODS)) continue;
    const aside =
      name === "units" || name === "units_or_money" ? words.ASIDE.find((one) => hasPhrase(plain, one)) : undefined;
    return aside === undefined
      ? { class: name, word, whole: false, plain }
      : { class: "measure", word: aside, whole: false, plain };
  }
  const soft = words.MONEY.find((word) => hasPhrase(plain, word));
  return soft === undefined
    ? { class: "none", word: "", whole: false, plain }
    : { class: "money", word: soft, whole: false, plain };
}
