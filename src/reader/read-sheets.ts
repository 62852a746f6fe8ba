/** Reads a file whose sheets may each have choices of their own, or be left out. */
import type { ReaderChoices } from "./choices.ts";
import { readFile } from "./read-file.ts";
import type { FileSource, ReadResult } from "./types.ts";

export interface SheetChoices {
  /** For sheets without choices of their own. */
  readonly all: ReaderChoices;
  /** By the name of the sheet; "" is a file that has none. */
  readonly own: ReadonlyMap<string, ReaderChoices>;
  readonly without: ReadonlySet<string>;
}

export async function readSheets(
  source: FileSource,
  { all, own, without }: SheetChoices,
  today: string,
): Promise<ReadResult[]> {
  const found = await readFile(source, { ...(own.get("") ?? all), today });
  const results: ReadResult[] = [];
  for (const result of found) {
    const { sheet } = result.reading;
    if (sheet !== null && without.has(sheet)) continue;
    const choices = sheet === null ? undefined : own.get(sheet);
    if (sheet === null || choices === undefined) results.push(result);
    else results.push(...(await readFile(source, { ...choices, sheet, today })));
  }
  return results;
}
