/**
 * `npm run torture -- --mutants`: plants one fault after the other in a copy of the repository, and runs what must
 * notice it. A fault that nothing notices has survived: then a test is missing.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { formatTable } from "../../../scripts/lib/command/table.ts";
import { ROOT } from "../../../scripts/lib/server/wrangler-process.ts";
import { MUTANTS } from "./list.ts";
import type { Mutant } from "./mutant.ts";

/**
 * A short campaign that meets every scenario with a few kills; the same seed for all, so that a result can be repeated.
 */
const CAMPAIGN = ["test/torture/torture.ts", "--rounds", "48", "--seed", "7", "--kills", "3"];
/** Not part of the code, or too large to copy. */
const LEFT_OUT = new Set(["node_modules", ".git", "dist", ".wrangler", ".stockwarden"]);
/** A campaign that hangs has noticed something. */
const LONGEST_RUN_MS = 900_000;

/** Plants those that have `only` in their name or in what must kill them; returns how many survived. */
export function plantMutants(only: string): number {
  const chosen = MUTANTS.filter(({ name, killedBy }) => name.includes(only) || killedBy.includes(only));
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-mutants-"));
  const copy = join(folder, "repository");
  try {
    cpSync(ROOT, copy, {
      recursive: true,
      filter: (path) => !LEFT_OUT.has(basename(path)) || relative(ROOT, path).includes("/"),
    });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    const sane = [...new Set(chosen.map(({ killedBy }) => killedBy))].filter((suite) => fails(copy, suite));
    if (sane.length > 0) throw new Error(`fails without any mutant: ${sane.join(", ")}`);
    const results = chosen.map((mutant) => {
      const isKilled = isNoticed(copy, mutant);
      console.log(`${isKilled ? "killed  " : "SURVIVED"} ${mutant.name}`);
      return { mutant, isKilled };
    });
    const survived = results.filter(({ isKilled }) => !isKilled);
    console.log(
      `\n${results.length} mutants, ${results.length - survived.length} killed, ${survived.length} survived\n`,
      formatTable(
        [{ title: "mutant" }, { title: "killed by" }],
        results.map(({ mutant, isKilled }) => [mutant.name, isKilled ? mutant.killedBy : "nothing"]),
      ),
    );
    return survived.length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isNoticed(copy: string, { name, file, find, replace, killedBy }: Mutant): boolean {
  const path = join(copy, file);
  const sound = readFileSync(path, "utf8");
  if (sound.split(find).length !== 2) throw new Error(`${file} has no place, or several, for "${name}"`);
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  );
  try {
    return fails(copy, killedBy);
  } finally {
    writeFileSync(path, sound);
  }
}

function fails(copy: string, suite: Mutant["killedBy"]): boolean {
  const args =
    suite === "torture" ? CAMPAIGN : ["node_modules/vitest/vitest.mjs", "run", "--project", projectOf(suite), suite];
  const { status } = spawnSync(process.execPath, args, { cwd: copy, stdio: "ignore", timeout: LONGEST_RUN_MS });
  return status !== 0;
}

function projectOf(suite: string): string {
  return suite.startsWith("test/edge/") ? "edge" : suite.startsWith("test/system/") ? "system" : "pure";
}
