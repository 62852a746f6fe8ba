/** A user's own minimum and maximum: one pair for every item, or a file with a pair for each. */
import { StartupProblem } from "../command/startup-problem.ts";

export interface MinAndMax {
  readonly minimum: number;
  readonly maximum: number;
}

export interface OwnRule {
  /** By the item's name in the file of sales. */
  readonly items: ReadonlyMap<string, MinAndMax>;
  /** For items that the file does not name; null = they are taken as of `--rule`. */
  readonly others: MinAndMax | null;
}

/** @param text CSV with the header `item,minimum,maximum`, or with semicolons. */
export function ownRules(text: string): ReadonlyMap<string, MinAndMax> {
  const [header = "", ...lines] = text
    .replace(/^\uFEFF/u, "")
    .trim()
    .split(/\r?\n/u);
  const mark = header.includes(";") ? ";" : ",";
  if (header.toLowerCase().split(mark).join(",") !== "item,minimum,maximum")
    throw new StartupProblem("--present: the file's first line is item,minimum,maximum.");
  return new Map(
    lines.map((line, index) => {
      const cells = line.split(mark);
      // An item's name may contain the separator.
      const [minimum, maximum] = cells.slice(-2).map((cell) => Number(mark === ";" ? cell.replace(",", ".") : cell));
      const item = cells.slice(0, -2).join(mark).replaceAll(/^"|"$/gu, "");
      return [item, checked(minimum!, maximum!, `--present, line ${index + 2}`)] as const;
    }),
  );
}

export function checked(minimum: number, maximum: number, where: string): MinAndMax {
  if (Number.isFinite(minimum) && Number.isFinite(maximum) && minimum >= 0 && maximum >= minimum)
    return { minimum, maximum };
  throw new StartupProblem(`${where}: minimum and maximum are numbers from 0 on, the maximum not below the minimum.`);
}
