/** Sales with a column of dates: a row a sale or a day, or a column for each item. */
import type { FileQuestion, ReaderOptions } from "../types.ts";
import { boughtQuestion, notSoldQuestion } from "./bought-doubts.ts";
import { asked, decided, refused, type Chosen } from "./chosen.ts";
import { chooseSoldItem, chooseStore, type ItemChoice } from "./choose-item.ts";
import { chooseUnits, moneyWarning } from "./choose-units.ts";
import { acrossColumns, acrossLayout, acrossQuestion, areCodes } from "./wide/choose-across.ts";
import type { Choice, Head, Roles } from "./head.ts";
import type { DateSource, ListLayout } from "./layout.ts";
import type { Named } from "./named-columns.ts";
import { chooseMeasure } from "./row-measure.ts";
import { REFUNDED, sideColumns } from "./side-columns.ts";
import { unitQuestion } from "./unit-doubts.ts";

export function chooseDated(
  head: Head,
  roles: Roles,
  named: Named,
  date: DateSource,
  kind: ReaderOptions["kind"],
): Chosen {
  const store = named.store ?? chooseStore(head, roles);
  roles.give(store, "store", "names a store");
  const across = acrossColumns(head, roles);
  if (named.across || (across.length >= 2 && hasNoList(head, named))) {
    if (!named.across && !areCodes(head, across)) return asked("sales", [acrossQuestion(head, across)]);
    if (across.length === 0) return refused("sales", "No column of numbers could be an item.");
    return decided("sales", acrossLayout(head, roles, date, across, store), []);
  }
  const bought = kind === "sales" ? null : boughtQuestion(head);
  if (bought !== null) return asked("sales", [bought]);
  const item = itemOf(head, roles, named);
  const counts = named.units === null && !named.rowUnits ? whyOnlyCounts(head, roles, date) : null;
  if (counts !== null) return refused("stock", counts);
  const units = unitsOf(head, roles, named);
  if (units.problem !== undefined) return refused("sales", units.problem);
  const ofItem =
    item.question === undefined || across.length < 2 ? item.question : orHeaders(item.question, across.length);
  const questions = [ofItem, units.question].filter((question) => question !== undefined);
  const warnings = [item.warning, units.warning].filter((warning) => warning !== undefined);
  if (questions.length > 0) return asked("sales", questions, warnings);
  const measure = chooseMeasure(head, roles);
  if (measure.problem !== undefined) return refused("sales", measure.problem);
  const layout: ListLayout = {
    kind: "list",
    // A row without a code is known by its name, as in the exports of shop systems.
    item: [...(item.value ?? []), ...(item.name === null ? [] : [item.name])],
    variants: [],
    store,
    date,
    units: units.value,
    ...sideColumns(head, roles),
    products: null,
    measure: measure.value,
    singleItem: named.single,
    noSale: null,
    refunded: REFUNDED,
  };
  const doubt = kind === "sales" ? null : (notSoldQuestion(head, units.value) ?? unitQuestion(head, layout));
  return doubt === null ? decided("sales", layout, warnings) : asked("sales", [doubt], warnings);
}

function itemOf(head: Head, roles: Roles, { single, item }: Named): ItemChoice {
  if (single) return { value: [], name: null };
  return item === null ? chooseSoldItem(head, roles) : { value: [item], name: null };
}

function unitsOf(head: Head, roles: Roles, { rowUnits, units }: Named): Choice<number> {
  if (rowUnits) return { value: null };
  return units === null ? chooseUnits(head, roles) : { value: units, ...moneyWarning(head, units) };
}

/** Why a table with dates is no list of sales: it counts what is on the shelf. Null = it may be one. */
function whyOnlyCounts(head: Head, roles: Roles, date: DateSource): string | null {
  const stock = head.classes.findIndex(
    (header, column) => header.class === "stock" && roles.isFree(column) && head.facts[column]!.numbers > 0,
  );
  const mayBeSold = head.classes.some(
    ({ class: name }, column) =>
      name === "units_or_money" || name === "money" || (name === "units" && roles.isFree(column)),
  );
  if (stock < 0 || mayBeSold) return null;
  const day = date.kind === "column" ? head.facts[date.column]! : null;
  return day?.distinct === 1
    ? `"${head.headers[stock]}" counts stock on "${day.example}", and an import takes counts as those of now. If ` +
        "they still are, leave the column of the date out."
    : `"${head.headers[stock]}" counts stock on several dates, and no column counts what was sold. Keep the last ` +
        "count of each item and leave the date out, or name the units sold with --units-column.";
}

function hasNoList(head: Head, named: Named): boolean {
  if (named.item !== null || named.units !== null || named.single || named.rowUnits) return false;
  return !head.classes.some(
    ({ class: name }, column) =>
      head.facts[column]!.filled > 0 &&
      (["units", "units_or_money", "item_code", "money", "stock"].includes(name) ||
        (["item_name", "item_group", "bare_id"].includes(name) &&
          head.facts[column]!.numbers < head.facts[column]!.filled * 0.9)),
  );
}

function orHeaders(question: FileQuestion, columns: number): FileQuestion {
  const choice = {
    flag: "--item-column headers",
    means: `each of ${columns} columns of numbers is an item, and its cells are units`,
  };
  return { ...question, choices: [...question.choices, choice] };
}
