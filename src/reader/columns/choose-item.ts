/** Chooses the column that names the item, and the one that names the store. */
import type { FileQuestion } from "../types.ts";
import { hasAny, phrases } from "../text/words.ts";
import { isDated, isNumeric } from "./column-facts.ts";
import { ANY_CODE, type HeaderClass } from "./header-class.ts";
import { flagFor, headerText, type Choice, type Head, type Roles } from "./head.ts";

/** A shop's own number is preferred to a bar code. */
const BARCODE = /\b(?:ean|gtin|upc|isbn|jan|barcode|asin)\b|バーコード|条码/u;
/** What a supplier calls an item is no name of the shop's own. */
const SUPPLIERS = phrases(
  "supplier,vendor,manufacturer,manufact,mfg,Lieferant,Lieferanten,Hersteller,fournisseur,proveedor,fornitore," +
    "fornecedor,leverancier",
);
const DESCRIPTION = /descri|bezeichnung|designation|libelle|omschrijving/u;
const OWN_NUMBER = new Set(["no", "nr", "number"]);
const MOST_CHOICES = 8;

export interface ItemChoice extends Choice<readonly number[]> {
  /** A column that names the item in words, besides its code. */
  readonly name: number | null;
}

/** In a list of products: each row is one, so a column that says what kind of thing it is names none. */
export function chooseGoodsItem(head: Head, roles: Roles): ItemChoice {
  const numbers = ownNumbers(head, roles);
  if (numbers >= 0) {
    const name = head.classes.findIndex(({ class: found }, column) => found === "item_name" && roles.isFree(column));
    roles.give(numbers, "item", `"${headerText(head.headers, numbers)}" names each row of the list`);
    roles.give(name, "name", "a product in words, beside its code");
    return { value: [numbers], name: name < 0 ? null : name };
  }
  const items = chooseItem(head, roles, (column) => head.classes[column]!.plain === "name");
  const { distinct, filled } = items.value === null ? { distinct: 0, filled: 0 } : head.facts[items.value[0]!]!;
  if (items.warning === undefined || distinct === filled) return items;
  const others = head.headers.map((_, column) => column).filter((column) => isText(head, column));
  return { value: null, name: null, question: itemQuestion(head, others) };
}

/** `No.` in a list of products without another code: codes with letters, none twice. -1 for none. */
function ownNumbers(head: Head, roles: Roles): number {
  if (head.headers.some((_, column) => isOwnCode(head, column) && head.facts[column]!.filled > 0)) return -1;
  return head.classes.findIndex(({ plain }, column) => {
    const { filled, distinct, numbers } = head.facts[column]!;
    const isCode = filled > 0 && distinct === filled && numbers < filled;
    return OWN_NUMBER.has(plain) && roles.isFree(column) && isCode;
  });
}

/** A code that is not the supplier's. */
function isOwnCode({ classes }: Head, column: number): boolean {
  return classes[column]!.class === "item_code" && !hasAny(classes[column]!.plain, SUPPLIERS);
}

/** In a list of sales, a "reference" that never repeats while the names do may be that of the sale. */
export function chooseSoldItem(head: Head, roles: Roles): ItemChoice {
  const items = chooseItem(head, roles);
  const code = items.value?.[0];
  if (code === undefined || items.name === null || !ANY_CODE.has(head.classes[code]!.plain)) return items;
  const [codes, names] = [head.facts[code]!, head.facts[items.name]!];
  if (codes.filled < 3 || codes.distinct < codes.filled || names.distinct === names.filled) return items;
  return { value: null, name: null, question: itemQuestion(head, [code, items.name]) };
}

/** @param isName says of a column, beside those whose header says so, that it names the item in words. */
export function chooseItem(head: Head, roles: Roles, isName: (column: number) => boolean = () => false): ItemChoice {
  const free = head.headers
    .map((_, column) => column)
    .filter((column) => roles.isFree(column) && isFilled(head, column));
  const of = (...classes: HeaderClass[]): number[] =>
    free.filter((column) => classes.includes(head.classes[column]!.class) && !isDated(head.facts[column]!));
  const words = free.filter((column) => !isNumeric(head.facts[column]!));
  const names = wholeFirst(
    head,
    of("item_name").filter((column) => words.includes(column)),
  );
  const name = [...names.filter((column) => head.classes[column]!.whole), ...words.filter(isName), ...names][0] ?? null;
  const codes = of("item_code").filter((column) => isOwnCode(head, column));
  const own = codes.filter((column) => !BARCODE.test(head.classes[column]!.plain));
  const best = own.length > 0 ? own : codes;
  if (best.length > 0) return chosen(head, wholeFirst(head, best), roles, name);
  const anyNames = names.length > 0 ? names : of("item_name");
  const plainNames = anyNames.filter((column) => !DESCRIPTION.test(head.classes[column]!.plain));
  if (anyNames.length > 0) return chosen(head, plainNames.length > 0 ? plainNames : anyNames, roles, null);
  const groups = wholeFirst(head, of("item_group"));
  if (groups.length > 0) {
    const choice = chosen(head, groups, roles, null);
    const header = headerText(head.headers, groups[0]!);
    return choice.value === null
      ? choice
      : { ...choice, warning: `Nothing finer than "${header}" names the goods, so each of its values is an item.` };
  }
  const bare = of("bare_id").filter((column) => isRepeated(head, column));
  if (bare.length === 1) return chosen(head, bare, roles, null);
  // A supplier's code may be all there is, and may be that of the supplier itself.
  const others = [...of("item_code"), ...free.filter((column) => isText(head, column))];
  return { value: null, name: null, question: itemQuestion(head, others) };
}

export function chooseStore(head: Head, roles: Roles): number | null {
  const stores = head.headers
    .map((_, column) => column)
    .filter((column) => roles.isFree(column) && head.classes[column]!.class === "store" && isFilled(head, column))
    .filter((column) => !isDated(head.facts[column]!))
    // Numbers under a header that only mentions a store measure something there: "Reorder point Main Outlet".
    .filter((column) => head.classes[column]!.whole || !isNumeric(head.facts[column]!) || isNumbered(head, column));
  return wholeFirst(head, stores)[0] ?? null;
}

function isNumbered(head: Head, column: number): boolean {
  return /(?:^| )(?:id|no|nr|nbr|num|number|code|nummer|#)$/u.test(head.classes[column]!.plain);
}

export function itemQuestion(head: Head, columns: readonly number[]): FileQuestion {
  return {
    about: "item_column",
    text: "No column is clearly the item. Which one is?",
    choices: [
      ...columns.slice(0, MOST_CHOICES).map((column) => ({
        flag: flagFor("--item-column", head.headers, column),
        means: `"${headerText(head.headers, column)}", for example ${head.facts[column]!.example}`,
      })),
      { flag: "--item-column none", means: "the whole file is one item, “all sales”" },
    ],
  };
}

/** Chooses one of several candidate columns: any of them when they name the same products, else a question. */
function chosen(head: Head, columns: readonly number[], roles: Roles, name: number | null): ItemChoice {
  const [first, ...others] = columns;
  const rivals = others.filter(
    (column) =>
      head.classes[column]!.whole === head.classes[first!]!.whole &&
      head.facts[column]!.distinct !== head.facts[first!]!.distinct,
  );
  if (rivals.length > 0 && !isPreferred(head, first!))
    return { value: null, name: null, question: itemQuestion(head, [first!, ...rivals]) };
  roles.give(first, "item", `"${head.classes[first!]!.word || head.headers[first!]}" names a product`);
  roles.give(name, "name", "a product in words, beside its code");
  return { value: [first!], name };
}

/** A header that names a shop's own numbers is always preferred. */
function isPreferred(head: Head, column: number): boolean {
  return ["sku", "product id", "variant sku"].includes(head.classes[column]!.plain);
}

function wholeFirst(head: Head, columns: readonly number[]): number[] {
  const rank = (column: number): number => (isPreferred(head, column) ? 0 : 2) + (head.classes[column]!.whole ? 0 : 1);
  return [...columns].sort((a, b) => rank(a) - rank(b) || a - b);
}

function isFilled(head: Head, column: number): boolean {
  return head.facts[column]!.filled > 0;
}

/** Numbers that never repeat identify rows, not products. */
function isRepeated(head: Head, column: number): boolean {
  const { distinct, filled } = head.facts[column]!;
  return distinct < filled * 0.9 || filled < 4;
}

/** Words, or whole numbers that repeat: not a measure, and not data about people. */
function isText(head: Head, column: number): boolean {
  const facts = head.facts[column]!;
  const { class: name } = head.classes[column]!;
  if (facts.filled === 0 || isDated(facts) || !["none", "item_group", "bare_id", "order"].includes(name)) return false;
  return !isNumeric(facts) || (facts.whole === facts.numbers && isRepeated(head, column) && facts.filled >= 4);
}
