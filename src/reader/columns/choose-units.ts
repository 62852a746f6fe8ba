/** Chooses the column that counts pieces, which is never a column of money. */
import type { FileQuestion } from "../types.ts";
import * as words from "../text/vocabulary.ts";
import { isNumeric, looksLikeMoney } from "./column-facts.ts";
import { areAlike, flagFor, headerText, type Choice, type Head, type Roles } from "./head.ts";

export function chooseUnits(head: Head, roles: Roles): Choice<number> {
  const free = head.headers.map((_, column) => column).filter((column) => roles.isFree(column));
  const numeric = free.filter((column) => mostlyNumbers(head, column));
  const named = numeric.filter(
    (column) => head.classes[column]!.class === "units" && head.facts[column]!.currency === 0,
  );
  const best = strongest(head, named);
  if (best.length > 1 && !areAlike(head, best)) return { value: null, question: unitsQuestion(head, best, false) };
  if (best.length > 0) {
    const column = best[0]!;
    roles.give(column, "units", `"${head.classes[column]!.word}" counts pieces`);
    return { value: column, ...returnsWarning(head, column) };
  }
  const called = free.find((column) => {
    const { class: name, whole } = head.classes[column]!;
    return name === "units" && whole && head.facts[column]!.filled > 0 && head.facts[column]!.numbers === 0;
  });
  if (called !== undefined)
    return {
      value: null,
      problem:
        `"${headerText(head.headers, called)}" should hold numbers of units, and holds ` +
        `"${head.facts[called]!.example}".`,
    };
  const unclear = numeric.filter((column) => head.classes[column]!.class === "units_or_money");
  const could = unclear.filter((column) => !looksLikeMoney(head.facts[column]!));
  if (could.length > 0) return { value: null, question: unitsQuestion(head, could, false) };
  const unnamed = numeric.filter(
    (column) => head.classes[column]!.class === "none" && !looksLikeMoney(head.facts[column]!),
  );
  if (unnamed.length > 0) return { value: null, question: unitsQuestion(head, unnamed, true) };
  const money = numeric.filter((column) => head.classes[column]!.class === "money" || unclear.includes(column));
  if (money.length > 0) {
    const names = money.map((column) => `"${headerText(head.headers, column)}"`).join(", ");
    return {
      value: null,
      problem:
        `No column counts units: ${names} ${money.length === 1 ? "is" : "are"} money. Export the quantities too, ` +
        "or name their column with --units-column.",
    };
  }
  const aside = numeric.find(
    (column) => head.classes[column]!.class === "measure" && words.ASIDE.includes(head.classes[column]!.word),
  );
  if (aside !== undefined)
    return {
      value: null,
      problem:
        `No column counts what was sold: "${headerText(head.headers, aside)}" is "${head.classes[aside]!.word}". ` +
        "Export the units of each period, or name their column with --units-column.",
    };
  return { value: null, question: unitsQuestion(head, [], true) };
}

function mostlyNumbers(head: Head, column: number): boolean {
  const { filled, numbers } = head.facts[column]!;
  return filled > 0 && numbers >= filled * 0.5;
}

/** "Net quantity" is without returns, so it is better than "quantity"; an exact name is better than a partial one. */
function strongest(head: Head, columns: readonly number[]): number[] {
  const rank = (column: number): number => {
    const { plain, whole } = head.classes[column]!;
    if (/\bnet\b|netto/u.test(plain)) return 0;
    return whole ? 1 : 2;
  };
  const best = Math.min(...columns.map(rank));
  return columns.filter((column) => rank(column) === best);
}

/** A column that a person named as units is read as such, and not without a word. */
export function moneyWarning({ classes, facts, headers }: Head, units: number): { warning?: string } {
  if (classes[units]!.class !== "money" && facts[units]!.currency === 0) return {};
  return { warning: `"${headerText(headers, units)}" looks like money, and is read as units because it was named.` };
}

function returnsWarning(head: Head, units: number): { warning?: string } {
  if (/\bnet\b|netto/u.test(head.classes[units]!.plain)) return {};
  const at = head.classes.findIndex(
    (header, column) => header.class === "returns" && isNumeric(head.facts[column]!) && head.facts[column]!.most > 0,
  );
  return at < 0
    ? {}
    : {
        warning:
          `"${headerText(head.headers, at)}" is not taken off "${headerText(head.headers, units)}": the file ` +
          "does not say on which day goods came back.",
      };
}

function unitsQuestion(head: Head, columns: readonly number[], orRows: boolean): FileQuestion {
  const one = columns.length === 1 ? headerText(head.headers, columns[0]!) : null;
  return {
    about: "units_column",
    text:
      one === null
        ? "Which column counts the units sold?"
        : `Does "${one}" count units? It could be money, or something else.`,
    choices: [
      ...columns.map((column) => ({
        flag: flagFor("--units-column", head.headers, column),
        means: `"${headerText(head.headers, column)}" counts units, for example ${head.facts[column]!.example}`,
      })),
      ...(orRows || columns.length === 1
        ? [{ flag: "--units-column rows", means: "each row is one unit sold; no column counts them" }]
        : []),
    ],
  };
}
