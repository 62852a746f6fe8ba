/** Reads which file of `src/` imports which, type imports included. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const SRC = resolve(import.meta.dirname, "../../src");
const IMPORT = /^(?:import|export)\s(?:[^;"]*?\sfrom\s)?"(\.[^"]+)"|\bimport\(\s*"(\.[^"]+)"/gm;

export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Paths below `src/`. */
export const FILES: readonly string[] = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .toSorted();

export const IMPORTS: readonly Import[] = FILES.flatMap((from) =>
  [...readFileSync(join(SRC, from), "utf8").matchAll(IMPORT)].map(([, plain, dynamic]) => ({
    from,
    to: relative(SRC, join(SRC, dirname(from), plain ?? dynamic!)),
  })),
);

/** Groups of files that import each other in a circle (Tarjan's strongly connected components). */
export function circles(): readonly (readonly string[])[] {
  const targets = Map.groupBy(IMPORTS, ({ from }) => from);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    for (const { to } of targets.get(file) ?? []) {
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(file, Math.min(low.get(file)!, low.get(to)!));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle);
  };
  for (const file of FILES) if (!index.has(file)) visit(file);
  return found;
}
