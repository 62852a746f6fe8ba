/** Chooses the column that counts what is on the shelf, or one for each store. */
import { hasAny, hasPhrase, phrases } from "../text/words.ts";
import { ASIDE } from "../text/vocabulary.ts";
import { readNumber } from "../text/number-text.ts";
import { isTotalCaption, isTotalWord } from "../text/total-rows.ts";
import { isDated, isNumeric } from "./column-facts.ts";
import { columnNamed, flagFor, headerText, type Choice, type Head, type Roles } from "./head.ts";
import type { GoodsLayout } from "./layout.ts";
import type { Named } from "./named-columns.ts";

/** What else a header with a word for stock may be about: its worth, another moment, a rule. */
const NO_COUNT = [
  ...ASIDE,
  ...phrases(
    "value,worth,Wert,valeur,valor,valore,waarde,wartość,out of,last,previous,prior,opening,beginning,initial," +
      "manage,managed,track,tracked,status,alert,policy,date,days,cover,coverage,turn,turns,turnover,rotation," +
      "Reichweite,threshold,seuil,movement,reason,incoming,reserved,unavailable,damaged,virtual,projected,is,has," +
      "notify,below,allow,continue,account,asset,Konto,compte,cuenta,conto,金額,日数",
  ),
];
const MOST_CHOICES = 8;

/** Words for what is left after promised units are taken off. */
const AVAILABLE = phrases("available,verfügbar,disponible,disponibile,disponível,beschikbaar,利用可能,可用,가용");

export interface Stock {
  readonly column: number | null;
  readonly storeStocks: GoodsLayout["storeStocks"];
}

/** @param isSetting says of a column that it is a setting of an item. */
export function chooseStock(
  head: Head,
  roles: Roles,
  named: Named,
  isSetting: (column: number) => boolean,
): Choice<Stock> {
  const own = columnNamed(head.headers, "current_stock");
  if (own >= 0) return only(own);
  if (named.units !== null && head.classes[named.units]!.class === "stock") return only(named.units);
  const columns = head.headers
    .map((_, column) => column)
    .filter((column) => roles.isFree(column) && isCount(head, column) && !isSetting(column));
  // "On hand" is the stock that is there; "available" is without promised units.
  const best =
    columns.find((column) => hasPhrase(head.classes[column]!.plain, "on hand")) ??
    columns.find((column) => head.classes[column]!.whole);
  if (best !== undefined || columns.length < 2) return only(best ?? columns[0] ?? null);
  const stores = storesOf(
    head,
    columns.filter((column) => !isTotal(head.headers[column]!)),
  );
  if (named.storeHeaders && stores.length > 0) return { value: { column: null, storeStocks: stores } };
  return { value: null, question: stockQuestion(head, columns, stores) };
}

function only(column: number | null): Choice<Stock> {
  return { value: { column, storeStocks: [] } };
}

/** A number of pieces: "Manage stock" and "In stock?" hold 1 and 0 for yes and no. */
function isCount(head: Head, column: number): boolean {
  const { class: name, plain, whole } = head.classes[column]!;
  const facts = head.facts[column]!;
  // "In stock" counts pieces where it says more than yes and no.
  const isNamed = name === "stock" || (name === "in_stock" && facts.flags < facts.filled);
  if (!isNamed || !isNumeric(facts) || isDated(facts) || facts.currency > 0) return false;
  if (/[?？]\s*$/u.test(head.headers[column]!)) return false;
  return whole || !hasAny(plain, NO_COUNT);
}

/** True for stock of which reserved units are taken off already. */
export function isWithoutReserved(head: Head, column: number): boolean {
  return hasAny(head.classes[column]!.plain, AVAILABLE);
}

/** A column that is called stock, and whose cells are texts: the problem names one. */
export function stockProblem(head: Head, roles: Roles): string | null {
  const column = head.classes.findIndex(
    ({ class: name, whole }, at) => name === "stock" && whole && roles.isFree(at) && head.facts[at]!.filled > 0,
  );
  const text = head.rows
    .map(({ cells }) => cells[column] ?? "")
    .find((cell) => cell !== "" && readNumber(cell) === null);
  if (column < 0 || text === undefined) return null;
  return `"${headerText(head.headers, column)}" should hold numbers of units, and holds "${text.slice(0, 40)}".`;
}

function isTotal(header: string): boolean {
  return isTotalWord(header) || isTotalCaption(header);
}

/** What the headers do not have in common: "Stock Berlin" and "Stock Hamburg" are of Berlin and Hamburg. */
function storesOf(head: Head, columns: readonly number[]): { column: number; store: string }[] {
  const words = columns.map((column) => head.headers[column]!.split(/[\s_:()[\]]+/u).filter((word) => word !== ""));
  const first = words[0] ?? [];
  const same = (at: (list: readonly string[]) => string | undefined): boolean =>
    words.every((list) => at(list) !== undefined && at(list) === at(first));
  let [start, end] = [0, 0];
  while (same((list) => list[start])) start++;
  while (same((list) => list.at(-1 - end)) && end < first.length - start) end++;
  const stores = words.map((list) => list.slice(start, list.length - end).join(" "));
  const areStores = columns.length > 1 && start + end > 0 && !stores.includes("");
  return areStores && new Set(stores).size === stores.length
    ? columns.map((column, at) => ({ column, store: stores[at]! }))
    : [];
}

function stockQuestion(head: Head, columns: readonly number[], stores: readonly { store: string }[]) {
  const each = stores.map(({ store }) => `"${store}"`).join(", ");
  return {
    about: "units_column",
    text: "Several columns count stock. Which one is on the shelf now?",
    choices: [
      ...(stores.length > 0 ? [{ flag: "--store-column headers", means: `each is a store of its own: ${each}` }] : []),
      ...columns.slice(0, MOST_CHOICES).map((column) => ({
        flag: flagFor("--units-column", head.headers, column),
        means: `"${headerText(head.headers, column)}" alone, for example ${head.facts[column]!.example}`,
      })),
    ],
  };
}
