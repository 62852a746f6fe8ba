/** A reporter: the seconds of each project, and the files that took longest. */
import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";

const LISTED = 12;

export class WhereTimeWent implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const files = modules.map((module) => ({
      project: module.project.name,
      file: relative(process.cwd(), module.moduleId),
      ms: timeOf(module),
    }));
    console.log("\nWhere the time went, seconds of all workers:");
    for (const [project, own] of Map.groupBy(files, (file) => file.project)) {
      console.log(line(sum(own), `${project === "" ? "all" : project}, ${own.length} files`));
    }
    const slowest = files.toSorted((a, b) => b.ms - a.ms).slice(0, LISTED);
    console.log("The slowest files:");
    for (const file of slowest) console.log(line(file.ms, file.file));
  }
}

function timeOf(module: TestModule): number {
  const { environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration } = module.diagnostic();
  return environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration;
}

function sum(files: readonly { readonly ms: number }[]): number {
  return files.reduce((total, { ms }) => total + ms, 0);
}

function line(ms: number, what: string): string {
  return `${(ms / 1_000).toFixed(1).padStart(8)}  ${what}`;
}
