/**
 * Where an export is written. A file gets its name only when complete: ids have no order in time, so a finished
 * export cannot be continued with later rows and must differ from an interrupted one.
 */
import { closeSync, existsSync, openSync, readFileSync, renameSync, truncateSync, writeSync } from "node:fs";
import { resumePoint } from "./export-pages.ts";
import { StartupProblem } from "../command/startup-problem.ts";

export interface ExportTarget {
  /** Workflow id after which to go on; "" = from the first. */
  readonly after: string;
  write(text: string): void;
  finish(): void;
}

export const STDOUT: ExportTarget = { after: "", write: (text) => void writeSync(1, text), finish: () => undefined };

/** @param range what is exported, for the name of the unfinished file: another range starts again. */
export function openExport(path: string, range: string): ExportTarget {
  if (existsSync(path))
    throw new StartupProblem(
      `${path} is a finished export and stays as it is. Name another file: workflows that came since lie ` +
        "between its lines.",
    );
  const part = `${path}.${range}.part`;
  try {
    const kept = existsSync(part) ? resumePoint(readFileSync(part, "utf8")) : { bytes: 0, after: "" };
    const file = openSync(part, "a", 0o600);
    truncateSync(part, kept.bytes);
    return {
      after: kept.after,
      write: (text) => void writeSync(file, text),
      finish() {
        closeSync(file);
        renameSync(part, path);
      },
    };
  } catch (error) {
    throw new StartupProblem(`${path} cannot be written: ${(error as Error).message}`);
  }
}
