/**
 * The folder of the demand data, which is in no repository: as set in STOCKWARDEN_DATA, else `shared/data` beside the
 * project, where several checkouts find it. docs/plan.md says where each file comes from.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const BESIDE_PROJECT = join(import.meta.dirname, "../../../shared/data");

/** Path of a data file, or null when it is not there. */
export function dataFile(name: string): string | null {
  const path = join(process.env["STOCKWARDEN_DATA"] ?? BESIDE_PROJECT, name);
  return existsSync(path) ? path : null;
}

/** Text of a data file; says in one line that it is skipped when it is not there. */
export function readData(name: string): string | null {
  const path = dataFile(name);
  if (path === null) {
    console.log(`skipped: ${name} is neither in ../shared/data nor in STOCKWARDEN_DATA (docs/plan.md, "Data")`);
    return null;
  }
  return readFileSync(path, "utf8");
}
