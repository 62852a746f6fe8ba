/**
 * Decides how a table is read: by the person's choices first, then as a known export, then by its columns.
 */
import type { ReaderOptions } from "../types.ts";
import { asked, decided, refused, type Chosen } from "./chosen.ts";
import { chooseDate, dateFrom } from "./choose-date.ts";
import { chooseDated } from "./choose-dated.ts";
import { chooseItem, chooseStore, itemQuestion, type ItemChoice } from "./choose-item.ts";
import { chooseUndated } from "./choose-undated.ts";
import { nestedQuestion } from "./wide/nested-rows.ts";
import { wideColumns, wideLayout } from "./wide/choose-wide.ts";
import { secondHeaderProblem } from "./wide/second-header.ts";
import { moneyProblem, moneyQuestion } from "./wide/wide-money.ts";
import { Roles, type Head } from "./head.ts";
import { namedColumns, type Named } from "./named-columns.ts";
import { chooseMeasure } from "./row-measure.ts";
import { betterExport, knownExport } from "./systems/systems.ts";

export function chooseLayout(head: Head, roles: Roles, options: ReaderOptions): Chosen {
  const named = namedColumns(head, options);
  if ("problem" in named) return refused("unknown", named.problem);
  const isKnown =
    options.kind === undefined || (options.kind === "sales" && knownExport(head, new Roles())?.layout.kind === "list");
  const known = isKnown ? knownExport(head, roles) : null;
  if (known !== null) return overridden(known, named, roles);
  const better = named.units === null && !named.rowUnits ? betterExport(head) : null;
  if (better !== null) return refused("sales", better);
  roles.give(named.item, "item", "chosen with --item-column");
  roles.give(named.units, "units", "chosen with --units-column");
  roles.give(named.store, "store", "chosen with --store-column");
  if (options.kind === "catalogue" || options.kind === "stock") return chooseUndated(head, roles, named, options);
  const isList = named.date !== null || named.units !== null || named.across;
  const wide = isList ? null : chooseWide(head, roles, named, options);
  if (wide !== null) return wide;
  const date = named.date === null ? chooseDate(head, roles) : { value: dateFrom(head, roles, named.date) };
  if (date.problem !== undefined) return refused("sales", date.problem);
  if (date.question !== undefined) return asked("sales", [date.question]);
  if (date.value === null) return chooseUndated(head, roles, named, options);
  return chooseDated(head, roles, named, date.value, options.kind);
}

/** A column for each date or period; null = it has none. */
function chooseWide(head: Head, roles: Roles, named: Named, options: ReaderOptions): Chosen | null {
  const wide = wideColumns(head);
  if (wide.problem !== undefined) return refused("sales", wide.problem);
  const problem = moneyProblem(head);
  if (problem !== null) return refused("sales", problem);
  if (wide.value === null) return null;
  const secondHeader = secondHeaderProblem(head, wide.value.periods);
  if (secondHeader !== null) return refused("sales", secondHeader);
  for (const column of wide.value.periods) roles.give(column, "units", "its header is a date or period");
  const item = wideItem(head, roles, named, wide.value.periods);
  if (item.question !== undefined) return asked("sales", [item.question]);
  const store = named.store ?? chooseStore(head, roles);
  roles.give(store, "store", "names a store");
  const measure = chooseMeasure(head, roles);
  if (measure.problem !== undefined) return refused("sales", measure.problem);
  const { periods } = wide.value;
  const money = measure.value === null ? moneyQuestion(head, periods) : null;
  const doubt = options.kind === "sales" ? null : (money ?? nestedQuestion(head, periods));
  if (doubt !== null) return asked("sales", [doubt]);
  const layout = wideLayout(roles, wide.value, { item: item.value ?? [], store, measure: measure.value });
  return decided("sales", layout, item.warning === undefined ? [] : [item.warning]);
}

function wideItem(head: Head, roles: Roles, named: Named, periods: readonly number[]): ItemChoice {
  if (named.single) return { value: [], name: null };
  if (named.item !== null) return { value: [named.item], name: null };
  const item = chooseItem(head, roles);
  if (item.value !== null) return item;
  // A column of texts that never repeat, before the periods, names the rows.
  const before = head.headers
    .map((_, column) => column)
    .filter((column) => column < Math.min(...periods) && roles.isFree(column));
  const texts = before.filter((column) => head.facts[column]!.filled > 0 && head.facts[column]!.dates === 0);
  const [only, ...more] = texts;
  if (only === undefined || more.length > 0) return { value: null, name: null, question: itemQuestion(head, texts) };
  roles.give(only, "item", "the only column before the periods");
  return { value: [only], name: null };
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
