/** Sales with a column of dates: a row a sale or a day, or a column for each item. */
import type { FileQuestion, ReaderOptions } from "../types.ts";
import { asked, decided, refused, type Chosen } from "./chosen.ts";
import { chooseSoldItem, chooseStore } from "./choose-item.ts";
import { chooseUnits, moneyWarning } from "./choose-units.ts";
import { acrossColumns, acrossLayout, acrossQuestion, areCodes } from "./wide/choose-across.ts";
import type { Head, Roles } from "./head.ts";
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
  const questions: FileQuestion[] = [];
  const warnings: string[] = [];
  const item = named.single
    ? { value: [], name: null }
    : named.item === null
      ? chooseSoldItem(head, roles)
      : { value: [named.item], name: null };
  if (item.question !== undefined)
    questions.push(across.length < 2 ? item.question : orHeaders(item.question, across.length));
  if ("warning" in item && item.warning !== undefined) warnings.push(item.warning);
  const stockOnly = named.units === null && !named.rowUnits && countsOnly(head, roles, date);
  if (stockOnly !== null && stockOnly !== false) return refused("stock", stockOnly);
  const units = named.rowUnits
    ? { value: null }
    : named.units === null
      ? chooseUnits(head, roles)
      : { value: named.units, ...moneyWarning(head, named.units) };
  if ("problem" in units && units.problem !== undefined) return refused("sales", units.problem);
  if ("question" in units && units.question !== undefined) questions.push(units.question);
  if ("warning" in units && units.warning !== undefined) warnings.push(units.warning);
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
  const doubt = kind === "sales" ? null : unitQuestion(head, layout);
  return doubt === null ? decided("sales", layout, warnings) : asked("sales", [doubt], warnings);
}

/** Detects a table with dates and counts of stock, but no sales. */
function countsOnly(head: Head, roles: Roles, date: DateSource): string | false | null {
  const hasUnits = head.classes.some((header, column) => header.class === "units" && roles.isFree(column));
  const stock = head.classes.findIndex(
    (header, column) => header.class === "stock" && roles.isFree(column) && head.facts[column]!.numbers > 0,
  );
  if (
    hasUnits ||
    stock < 0 ||
    head.classes.some((header) => header.class === "units_or_money" || header.class === "money")
  )
    return null;
  const day =
    date.kind === "column" && head.facts[date.column]!.distinct === 1 ? head.facts[date.column]!.example : null;
  if (day !== null)
    return (
      `"${head.headers[stock]}" counts stock on "${day}", and an import takes counts as those of now. If they ` +
      "still are, leave the column of the date out."
    );
  return (
    `"${head.headers[stock]}" counts stock on several dates, and no column counts what was sold. Keep the last ` +
    "count of each item and leave the date out, or name the units sold with --units-column."
  );
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
