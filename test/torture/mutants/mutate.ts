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
import { projectOf, settingsOf, type Mutant } from "./mutant.ts";
import { complaintIn, isOfTheMachine } from "./complaint.ts";

/**
 * A short campaign that meets every scenario with a few kills; the same seed for all, so that a result can be repeated.
 */
const CAMPAIGN = ["test/torture/torture.ts", "--rounds", "48", "--seed", "7", "--kills", "3"];
/** Not part of the code, or too large to copy. */
const LEFT_OUT = new Set(["node_modules", ".git", "dist", ".wrangler", ".stockwarden"]);
/** A campaign that hangs has noticed something. */
const LONGEST_RUN_MS = 600_000;
const MOST_OUTPUT_BYTES = 64 * 2 ** 20;

/** Plants those that have a text of `only` (one, or several with commas) in their name or in what must kill them. */
export function plantMutants(only: string): number {
  const texts = only.split(",").map((text) => text.trim());
  const chosen = MUTANTS.filter(({ name, killedBy }) => texts.some((it) => name.includes(it) || killedBy.includes(it)));
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-mutants-"));
  const copy = join(folder, "repository");
  try {
    cpSync(ROOT, copy, {
      recursive: true,
      filter: (path) => !LEFT_OUT.has(basename(path)) || relative(ROOT, path).includes("/"),
    });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    for (const suite of new Set(chosen.map(({ killedBy }) => killedBy))) {
      const complaint = complaintOf(copy, suite);
      if (complaint !== null) throw new Error(`${suite} fails without any mutant: ${complaint}`);
    }
    const results = chosen.map((mutant) => {
      const startedAt = Date.now();
      const complaint = noticed(copy, mutant);
      const seconds = Math.round((Date.now() - startedAt) / 1_000);
      console.log(`${complaint === null ? "SURVIVED" : "killed  "} ${mutant.name}, ${seconds} s: ${complaint ?? "-"}`);
      return { mutant, complaint };
    });
    const survived = results.filter(({ complaint }) => complaint === null).length;
    console.log(
      `\n${results.length} mutants, ${results.length - survived} killed, ${survived} survived\n`,
      formatTable(
        [{ title: "mutant" }, { title: "killed by" }, { title: "that says" }],
        results.map(({ mutant, complaint }) => [
          mutant.name,
          complaint === null ? "nothing" : mutant.killedBy,
          complaint ?? "",
        ]),
      ),
    );
    return survived;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function noticed(copy: string, { name, file, find, replace, killedBy }: Mutant): string | null {
  const path = join(copy, file);
  const sound = readFileSync(path, "utf8");
  if (sound.split(find).length !== 2) throw new Error(`${file} has no place, or several, for "${name}"`);
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  );
  try {
    return complaintOf(copy, killedBy);
  } finally {
    writeFileSync(path, sound);
  }
}

/** What the campaign or the tests complain of; null = they pass. */
function complaintOf(copy: string, suite: Mutant["killedBy"], timesLeft = 2): string | null {
  const args =
    suite === "torture" ? CAMPAIGN : ["node_modules/vitest/vitest.mjs", "run", "--project", projectOf(suite), suite];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, ...settingsOf(suite), NO_COLOR: "1" },
    maxBuffer: MOST_OUTPUT_BYTES,
    timeout: LONGEST_RUN_MS,
  });
  if (status === 0) return null;
  // A run that takes too long has noticed something; one that never began has not.
  if (error !== undefined && (error as NodeJS.ErrnoException).code !== "ETIMEDOUT") throw error;
  const complaint = complaintIn(`${stdout}\n${stderr}`);
  if (!isOfTheMachine(complaint)) return complaint;
  if (timesLeft === 1) throw new Error(complaint);
  return complaintOf(copy, suite, timesLeft - 1);
}
