/** Reads several files with one set of choices. A column that a file lacks is used only in the files that have it. */
import { basename } from "node:path";
import type { ReaderChoices } from "../../../src/reader/choices.ts";
import { readSheets } from "../../../src/reader/read-sheets.ts";
import { refusal } from "../../../src/reader/read-table.ts";
import type { FileSource, ReadResult } from "../../../src/reader/types.ts";
import { StartupProblem } from "../command/startup-problem.ts";
import { nodeFile } from "./node-file.ts";
import { today } from "./reader-flags.ts";

const COLUMNS = ["itemColumn", "dateColumn", "unitsColumn", "storeColumn"] as const;
const FLAG_OF = {
  itemColumn: "--item-column",
  dateColumn: "--date-column",
  unitsColumn: "--units-column",
  storeColumn: "--store-column",
};

/** What a person answered about each file, by its place among the files, and about each of its sheets. */
export type Answers = ReadonlyMap<number, ReadonlyMap<string, ReaderChoices>>;

export interface FileResult extends ReadResult {
  /** Place among the files, whose names may be alike. */
  readonly at: number;
}

export async function readFiles(
  paths: readonly string[],
  choices: ReaderChoices,
  answers: Answers = new Map(),
): Promise<FileResult[]> {
  const read = async (index: number, own: ReaderChoices): Promise<ReadResult[]> => {
    const path = paths[index]!;
    const file = opened(path);
    if (file instanceof StartupProblem) {
      const unread = { file: basename(path), sheet: null, encoding: null, delimiter: null, notes: [] };
      return [refusal(unread, `${file.message}.`)];
    }
    return readSheets(file, { all: own, own: answers.get(index) ?? new Map(), without: new Set() }, today());
  };
  const all: ReadResult[][] = [];
  for (const index of paths.keys()) all.push(await read(index, choices));
  for (const index of paths.keys()) {
    let own = choices;
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
      all[index] = await read(index, own);
    }
  }
  return all.flatMap((results, at) => results.map((result) => ({ ...result, at })));
}

/** One missing file among several is refused like one that holds no table. */
function opened(path: string): FileSource | StartupProblem {
  try {
    return nodeFile(path);
  } catch (error) {
    if (error instanceof StartupProblem) return error;
    throw error;
  }
}

function isMissing(problem: string | null, flag: string): boolean {
  return problem?.startsWith(`${flag}: no column`) === true;
}
