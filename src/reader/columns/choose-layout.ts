/**
 * Decides how a table is read: by the person's choices first, then as a known export, then by its columns.
 */
import type { Kind, FileQuestion, ReaderOptions, System } from "../types.ts";
import { chooseDate, dateFrom } from "./choose-date.ts";
import { chooseGoods, isCatalogue } from "./choose-goods.ts";
import { chooseItem, chooseStore, itemQuestion } from "./choose-item.ts";
import { chooseUnits } from "./choose-units.ts";
import { acrossColumns, acrossLayout, acrossQuestion, areCodes, wideColumns, wideLayout } from "./choose-wide.ts";
import { columnNamed, Roles, type Head } from "./head.ts";
import type { DateSource, Layout, ListLayout } from "./layout.ts";
import { chooseMeasure } from "./row-measure.ts";
import { REFUNDED, sideColumns } from "./side-columns.ts";
import { knownExport } from "./systems.ts";
import { moneyProblem, moneyQuestion } from "./wide-money.ts";

export interface Chosen {
  readonly kind: Kind;
  readonly system: System | null;
  /** Null while a question is open or the table is refused. */
  readonly layout: Layout | null;
  readonly questions: readonly FileQuestion[];
  readonly warnings: readonly string[];
  readonly problem: string | null;
}

interface Named {
  readonly item: number | null;
  readonly date: number | null;
  readonly units: number | null;
  readonly store: number | null;
  /** `--item-column none` and `headers`, `--units-column rows`. */
  readonly single: boolean;
  readonly across: boolean;
  readonly rowUnits: boolean;
}

export function chooseLayout(head: Head, roles: Roles, options: ReaderOptions): Chosen {
  const named = namedColumns(head, options);
  if ("problem" in named) return refused("unknown", named.problem);
  const isKnown =
    options.kind === undefined || (options.kind === "sales" && knownExport(head, new Roles())?.layout.kind === "list");
  const known = isKnown ? knownExport(head, roles) : null;
  if (known !== null) return overridden(known, named, roles);
  roles.give(named.item, "item", "chosen with --item-column");
  roles.give(named.units, "units", "chosen with --units-column");
  roles.give(named.store, "store", "chosen with --store-column");
  if (options.kind === "catalogue" || options.kind === "stock") return goods(head, roles, named, options);
  const isList = named.date !== null || named.units !== null || named.across;
  if (!isList) {
    const wide = wideColumns(head);
    if (wide.problem !== undefined) return refused("sales", wide.problem);
    const money = moneyProblem(head);
    if (money !== null) return refused("sales", money);
    if (wide.value !== null) {
      for (const column of wide.value.periods) roles.give(column, "units", "its header is a date or period");
      const item = wideItem(head, roles, named, wide.value.periods);
      if (item.question !== undefined) return asked("sales", [item.question]);
      const store = named.store ?? chooseStore(head, roles);
      roles.give(store, "store", "names a store");
      const measure = chooseMeasure(head, roles);
      if (measure.problem !== undefined) return refused("sales", measure.problem);
      const doubt = options.kind === "sales" || measure.value !== null ? null : moneyQuestion(head, wide.value.periods);
      if (doubt !== null) return asked("sales", [doubt]);
      const layout = wideLayout(roles, wide.value, { item: item.value, store, measure: measure.value });
      return decided("sales", layout, item.warning === undefined ? [] : [item.warning]);
    }
  }
  const date = named.date === null ? chooseDate(head, roles) : { value: dateFrom(head, roles, named.date) };
  if (date.problem !== undefined) return refused("sales", date.problem);
  if (date.question !== undefined) return asked("sales", [date.question]);
  if (date.value === null) return goods(head, roles, named, options);
  return dated(head, roles, named, date.value);
}

function dated(head: Head, roles: Roles, named: Named, date: DateSource): Chosen {
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
      ? chooseItem(head, roles)
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
      : { value: named.units };
  if ("problem" in units && units.problem !== undefined) return refused("sales", units.problem);
  if ("question" in units && units.question !== undefined) questions.push(units.question);
  if ("warning" in units && units.warning !== undefined) warnings.push(units.warning);
  if (questions.length > 0) return asked("sales", questions, warnings);
  const measure = chooseMeasure(head, roles);
  if (measure.problem !== undefined) return refused("sales", measure.problem);
  const layout: ListLayout = {
    kind: "list",
    item: item.value ?? [],
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
  return decided("sales", layout, warnings);
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

function wideItem(head: Head, roles: Roles, named: Named, periods: readonly number[]) {
  if (named.item !== null) return { value: [named.item], name: null, question: undefined, warning: undefined };
  if (named.single) return { value: [], name: null, question: undefined, warning: undefined };
  const item = chooseItem(head, roles);
  if (item.value !== null) return { value: item.value, name: item.name, question: undefined, warning: item.warning };
  // A column of texts that never repeat, before the periods, names the rows.
  const before = head.headers
    .map((_, column) => column)
    .filter((column) => column < Math.min(...periods) && roles.isFree(column));
  const texts = before.filter((column) => head.facts[column]!.filled > 0 && head.facts[column]!.dates === 0);
  const only = texts.length === 1 ? texts[0]! : null;
  if (only === null) return { value: [], name: null, question: itemQuestion(head, texts), warning: undefined };
  roles.give(only, "item", "the only column before the periods");
  return { value: [only], name: null, question: undefined, warning: undefined };
}

function goods(head: Head, roles: Roles, named: Named, options: ReaderOptions): Chosen {
  const choice = chooseGoods(head, roles, named.item);
  if (choice.question !== undefined) return asked("unknown", [choice.question]);
  const soldOrStock = head.classes.findIndex((header, column) => header.class === "units" && roles.isFree(column));
  if (
    choice.value !== null &&
    !choice.value.fields.some(({ of }) => of === "stock") &&
    soldOrStock >= 0 &&
    options.kind !== "catalogue"
  ) {
    if (options.kind === "stock") {
      roles.give(soldOrStock, "current_stock", "chosen with --kind stock");
      const fields = [
        ...choice.value.fields,
        { column: soldOrStock, name: "current_stock", as: "number", of: "stock" } as const,
      ];
      return decided("stock", { ...choice.value, fields }, []);
    }
    return asked("unknown", [kindQuestion(head, head.headers[soldOrStock] ?? "")]);
  }
  if (choice.value === null && soldOrStock >= 0)
    return asked("unknown", [kindQuestion(head, head.headers[soldOrStock] ?? "")]);
  if (choice.value === null) {
    const found = head.headers
      .filter((header) => header !== "")
      .map((header) => `"${header}"`)
      .slice(0, 12)
      .join(", ");
    return refused(
      "unknown",
      `This is no list of sales, stock or products that could be recognised: its columns are ${found}. Name ` +
        "them with --item-column, --date-column and --units-column.",
    );
  }
  const kind =
    options.kind === "stock" || options.kind === "catalogue"
      ? options.kind
      : isCatalogue(choice.value.fields) || !choice.value.fields.some(({ of }) => of === "stock")
        ? "catalogue"
        : "stock";
  return decided(kind, choice.value, []);
}

function orHeaders(question: FileQuestion, columns: number): FileQuestion {
  const choice = {
    flag: "--item-column headers",
    means: `each of ${columns} columns of numbers is an item, and its cells are units`,
  };
  return { ...question, choices: [...question.choices, choice] };
}

function kindQuestion(head: Head, header: string): FileQuestion {
  const year = head.classes.findIndex(({ class: name }) => name === "year");
  const dates =
    year < 0
      ? "The file has no dates."
      : `"${head.headers[year]}" says only the year, and sales need months or finer dates.`;
  return {
    about: "kind",
    text: `${dates} What does "${header}" count?`,
    choices: [
      { flag: "--kind stock", means: "what is on the shelf now" },
      { flag: "--kind catalogue", means: "neither stock nor sales: only the products are taken" },
    ],
  };
}

/** A known export with the columns that the person named instead. */
function overridden(
  { system, kind, layout }: NonNullable<ReturnType<typeof knownExport>>,
  named: Named,
  roles: Roles,
): Chosen {
  const item = named.item === null ? layout.item : [named.item];
  const store = named.store ?? layout.store;
  roles.give(named.item, "item", "chosen with --item-column");
  roles.give(named.store, "store", "chosen with --store-column");
  if (layout.kind === "goods") return { ...decided(kind, { ...layout, item, store }, []), system };
  const date = named.date === null ? layout.date : ({ kind: "column", column: named.date, hint: null } as const);
  const units = named.rowUnits ? null : (named.units ?? layout.units);
  const chosen = { ...layout, item, store, date, units, singleItem: named.single };
  return { ...decided(kind, chosen, []), system };
}

function namedColumns(head: Head, options: ReaderOptions): Named | { readonly problem: string } {
  const special = {
    single: options.itemColumn === "none",
    across: options.itemColumn === "headers",
    rowUnits: options.unitsColumn === "rows",
  };
  const texts = {
    item: special.single || special.across ? undefined : options.itemColumn,
    date: options.dateColumn,
    units: special.rowUnits ? undefined : options.unitsColumn,
    store: options.storeColumn,
  };
  const found: Record<string, number | null> = {};
  for (const [name, text] of Object.entries(texts)) {
    const column = text === undefined ? null : columnNamed(head.headers, text);
    if (column === -1) {
      const headers = head.headers
        .filter((header) => header !== "")
        .map((header) => `"${header}"`)
        .join(", ");
      return { problem: `--${name}-column: no column is called "${text}". The columns are ${headers}.` };
    }
    found[name] = column;
  }
  return { ...(found as Pick<Named, "item" | "date" | "units" | "store">), ...special };
}

function decided(kind: Kind, layout: Layout, warnings: readonly string[]): Chosen {
  return { kind, system: null, layout, questions: [], warnings, problem: null };
}

function asked(kind: Kind, questions: readonly FileQuestion[], warnings: readonly string[] = []): Chosen {
  return { kind, system: null, layout: null, questions, warnings, problem: null };
}

function refused(kind: Kind, problem: string): Chosen {
  return { kind, system: null, layout: null, questions: [], warnings: [], problem };
}
