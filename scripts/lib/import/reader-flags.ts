/** The flags that say how a file is read, alike in import, backtest and replay. */
import { choiceOf, choiceProblem, type ReaderChoices } from "../../../src/reader/choices.ts";
import { StartupProblem } from "../command/startup-problem.ts";

const text = { type: "string" } as const;

export const READER_FLAGS = {
  "item-column": text,
  "date-column": text,
  "units-column": text,
  "store-column": text,
  period: text,
  "date-order": text,
  "decimal-mark": text,
  kind: text,
  sheet: text,
} as const;

export const READER_USAGE = `  --item-column C      the column of items: its header or its number; "headers" for a
                       column an item, "none" for one item
  --date-column C      the column of dates              --units-column C   the column of units; "rows" for a unit a row
  --store-column C     the column of stores; "headers" for a column of stock a store
  --sheet NAME         the sheet of a workbook
  --period P           day, week, fortnight, month or quarter
  --date-order O       dmy, mdy or ymd                  --decimal-mark M   dot or comma`;

export function readerChoices(flags: Readonly<Record<string, unknown>>): ReaderChoices {
  let choices: ReaderChoices = {};
  for (const name of [...Object.keys(READER_FLAGS), "complete-through"]) {
    const value = flags[name];
    if (typeof value !== "string") continue;
    const problem = choiceProblem(name, value);
    if (problem !== null) throw new StartupProblem(problem);
    choices = { ...choices, ...choiceOf(name, value) };
  }
  return choices;
}

/** The calendar day on this machine. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
