/** Tables with a column for each period whose figures are money. */
import type { FileQuestion } from "../../types.ts";
import { UNITS } from "../../text/vocabulary.ts";
import { hasAny, plainText } from "../../text/words.ts";
import { readDate } from "../../dates/date-text.ts";
import { HARD_MONEY } from "../header-class.ts";
import type { Head } from "../head.ts";

const LEAST_NUMBERS = 4;

/** Null = no columns of periods hold amounts with a currency, or are named as money. */
export function moneyProblem(head: Head): string | null {
  const columns = head.headers
    .map((_, column) => column)
    .filter((column) => {
      const { filled, currency } = head.facts[column]!;
      const { class: name } = head.classes[column]!;
      return filled > 0 && hasPeriod(head.headers[column]!) && (name === "money" || currency > filled * 0.5);
    });
  if (columns.length < 2) return null;
  const [first, last] = [columns[0]!, columns.at(-1)!];
  return (
    `The columns "${head.headers[first]}" to "${head.headers[last]}" are money, for example ` +
    `${head.facts[first]!.example}. Export the quantities.`
  );
}

/** Null = nothing says that the cells are money. `--kind sales` says that they are units. */
export function moneyQuestion(head: Head, periods: readonly number[]): FileQuestion | null {
  const facts = periods.map((column) => head.facts[column]!);
  const numbers = facts.reduce((sum, fact) => sum + fact.numbers, 0);
  const cents = facts.reduce((sum, fact) => sum + fact.cents, 0);
  const title = head.titles.find((text) => hasAny(plainText(text), HARD_MONEY) && !hasAny(plainText(text), UNITS));
  const looksSo = numbers >= LEAST_NUMBERS && cents >= numbers * 0.95;
  if (title === undefined && !looksSo) return null;
  const example = facts.find((fact) => fact.example !== "")?.example ?? "";
  const why = title === undefined ? "Their cells look like money" : `"${title}" above them says money`;
  return {
    about: "units",
    text:
      `Do the columns "${head.headers[periods[0]!]}" to "${head.headers[periods.at(-1)!]}" count units? ${why}, for ` +
      `example ${example}. If they are money, export the quantities.`,
    choices: [{ flag: "--kind sales", means: "they count the units sold" }],
  };
}

/** `Revenue Oct 2026`, `Oct 2026 (EUR)`: a date once some words are taken off. */
function hasPeriod(header: string): boolean {
  const words = header.split(/[\s_]+/u);
  return isDate(words) || [1, 2].some((count) => isDate(words.slice(count)) || isDate(words.slice(0, -count)));
}

function isDate(words: readonly string[]): boolean {
  const date = readDate(words.join(" ").replaceAll(/[()]/gu, ""), "none");
  return date !== null && date.kind !== "partial";
}
