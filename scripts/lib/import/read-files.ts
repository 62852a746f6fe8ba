/** Reads several files with one set of choices. A column that a file lacks is used only in the files that have it. */
import type { ReaderChoices } from "../../../src/reader/choices.ts";
import { readFile } from "../../../src/reader/read-file.ts";
import type { ReadResult } from "../../../src/reader/types.ts";
import { nodeFile } from "./node-file.ts";
import { today } from "./reader-flags.ts";

const COLUMNS = ["itemColumn", "dateColumn", "unitsColumn", "storeColumn"] as const;
const FLAG_OF = {
  itemColumn: "--item-column",
  dateColumn: "--date-column",
  unitsColumn: "--units-column",
  storeColumn: "--store-column",
};

export async function readFiles(
  paths: readonly string[],
  choices: ReaderChoices,
  answered: ReadonlyMap<string, ReaderChoices> = new Map(),
): Promise<ReadResult[]> {
  const all: ReadResult[][] = [];
  for (const path of paths)
    all.push(await readFile(nodeFile(path), { ...(answered.get(path) ?? choices), today: today() }));
  for (const [index, path] of paths.entries()) {
    let own = answered.get(path) ?? choices;
    // Each column that this file lacks and another has is dropped, one at a time.
    for (const name of COLUMNS) {
      const lacks = all[index]!.some(({ reading }) => isMissing(reading.problem, FLAG_OF[name]));
      if (
        !lacks ||
        own[name] === undefined ||
        !all.some((results) => results.every(({ reading }) => !isMissing(reading.problem, FLAG_OF[name])))
      )
        continue;
      const { [name]: _, ...others } = own;
      own = others;
      all[index] = await readFile(nodeFile(path), { ...own, today: today() });
    }
  }
  return all.flat();
}

function isMissing(problem: string | null, flag: string): boolean {
  return problem?.startsWith(`${flag}: no column`) === true;
}
