/** The flags that answer a reading's questions, as options of the reader. */
import type { DateOrder, DecimalMark, Period, ReaderOptions } from "./types.ts";

export type ReaderChoices = Omit<ReaderOptions, "today" | "undated">;

const PERIODS: readonly Period[] = ["day", "week", "fortnight", "month", "quarter"];
const ORDERS: readonly DateOrder[] = ["dmy", "mdy", "ymd"];
const MARKS: readonly DecimalMark[] = ["dot", "comma"];
const KINDS = ["sales", "catalogue", "stock"] as const;

/** Adds the flags of one choice, such as `--item-column none --units-column "Sold"`. */
export function withChoice(options: ReaderChoices, flags: string): ReaderChoices {
  let next = options;
  for (const [, name, quoted, bare] of flags.matchAll(/--([a-z-]+) (?:"([^"]*)"|(\S+))/gu))
    next = { ...next, ...choiceOf(name ?? "", quoted ?? bare ?? "") };
  return next;
}

/** What is wrong with a value, or null. */
export function choiceProblem(name: string, value: string): string | null {
  const allowed: Readonly<Record<string, readonly string[]>> = {
    period: PERIODS,
    "date-order": ORDERS,
    "decimal-mark": MARKS,
    kind: KINDS,
  };
  const values = allowed[name];
  if (values !== undefined && !values.includes(value))
    return `--${name} is one of ${values.join(", ")}, not "${value}".`;
  if (name === "complete-through" && !/^\d{4}-\d{2}-\d{2}$/u.test(value))
    return `--complete-through is a day such as 2026-11-28, not "${value}".`;
  return null;
}

export function choiceOf(name: string, value: string): ReaderChoices {
  switch (name) {
    case "item-column":
      return { itemColumn: value };
    case "date-column":
      return { dateColumn: value };
    case "units-column":
      return { unitsColumn: value };
    case "store-column":
      return { storeColumn: value };
    case "period":
      return { period: value as Period };
    case "date-order":
      return { dateOrder: value as DateOrder };
    case "decimal-mark":
      return { decimalMark: value as DecimalMark };
    case "kind":
      return { kind: value as "sales" | "catalogue" | "stock" };
    case "complete-through":
      return { completeThrough: value };
    case "sheet":
      return { sheet: value };
    default:
      return {};
  }
}
