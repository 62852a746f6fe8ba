/** Every command that takes flags says which, and refuses what it does not know before it does anything. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { someOf } from "../support/counts.ts";

function run(file: string, ...flags: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ["--no-warnings", file, ...flags], {
    encoding: "utf8",
    env: { ...process.env, POSTGRES_URL: "" },
  });
}

const COMMANDS: Readonly<Record<string, string>> = {
  start: "scripts/start.ts",
  rebuild: "scripts/rebuild.ts",
  bundle: "scripts/bundle.ts",
  "bench:runs": "bench/runs.ts",
  "bench:season": "bench/season.ts",
  backtest: "scripts/backtest.ts",
  replay: "scripts/replay.ts",
  import: "scripts/import.ts",
  "build:pages": "scripts/build-pages.ts",
  "bench:import": "bench/import.ts",
  "eval:llm": "bench/llm/main.ts",
  "check-config": "scripts/check-config.ts",
  deploy: "scripts/deploy.ts",
  export: "scripts/export.ts",
  "migrate:postgres": "scripts/migrate-postgres.ts",
  "audit:verify": "scripts/audit-verify.ts",
  tail: "scripts/tail.ts",
  dev: "scripts/dev.ts",
  plan: "scripts/plan.ts",
  profile: "bench/profile.ts",
  "fit:count-prior": "bench/calibrate/fit-count-prior.ts",
  "measure:writes": "bench/layout/measure.ts",
  screenshots: "scripts/screenshots.ts",
  "test:thorough": "scripts/test-thorough.ts",
  torture: "test/torture/torture.ts",
  calibrate: "bench/calibrate/main.ts",
  bench: "bench/run.ts",
  "bench:plan": "bench/plan/main.ts",
  "bench:cpu": "bench/cpu.ts",
  cost: "bench/cost/run.ts",
  load: "bench/load/run.ts",
};

it("are all that npm runs from a file of ours", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  const ours = Object.entries(scripts).flatMap(([name, line]) => {
    const file = /\b(?:scripts|bench|test)\/\S+\.ts$/u.exec(line)?.[0];
    return file === undefined ? [] : [[name, file] as const];
  });
  expect(COMMANDS).toEqual(Object.fromEntries(ours));
});

it.each(someOf(Object.entries(COMMANDS)))(
  "npm run %s prints its usage and what it is for with --help",
  (name, file) => {
    const { status, stdout, stderr } = run(file, "--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    // The sentence may go on in the next line; options are set in by two blanks.
    expect(stdout).toMatch(
      new RegExp(`^npm (?:run )?(?:--silent )?${name}(?: .*)?\\n(?: .*\\n)*[A-Z](?:.|\\n(?! )){20,}?\\.\\n`, "u"),
    );
  },
);

it.each(
  someOf<readonly [string, readonly string[], string]>([
    ["bench/calibrate/main.ts", ["--chekc"], "Unknown option '--chekc'"],
    [
      "bench/plan/main.ts",
      ["--only", "scores"],
      '--only is one of score, replays, service, orders, speed, not "scores".',
    ],
    ["bench/plan/main.ts", ["--seed", "one"], '--seed is a whole number from 1 on, not "one".'],
    ["bench/run.ts", ["--smoke", "--only", "floor,stockwardn"], "--only is one of floor, stockwarden,"],
    ["bench/cpu.ts", ["--of", "all"], "--of is one of request-path, delivery, whole, floor"],
    ["scripts/tail.ts", ["--level", "loud"], '--level is one of debug, info, warn, error, not "loud".'],
    ["scripts/tail.ts", ["--colour"], "Unknown option '--colour'"],
    ["bench/cost/run.ts", ["--items", "many"], '--items is a whole number from 1 on, not "many".'],
    ["bench/load/run.ts", ["--rate", "fast"], '--rate is a number from 0.01 on, not "fast".'],
    [
      "scripts/migrate-postgres.ts",
      ["--to", "postgres://127.0.0.1:1/x", "--rows", "0"],
      '--rows is a whole number from 1 on, not "0".',
    ],
    [
      "scripts/migrate-postgres.ts",
      ["--to", "mysql://127.0.0.1:1/x"],
      "Say which PostgreSQL: postgres://user:password@host:5432/database",
    ],
    [
      "scripts/migrate-postgres.ts",
      ["--to", "postgres://user:password@127.0.0.1:1/x"],
      "PostgreSQL cannot be reached: connect ECONNREFUSED 127.0.0.1:1.",
    ],
    ["scripts/export.ts", ["--postgres", "postgres://user:password@127.0.0.1:1/x"], "PostgreSQL cannot be reached"],
    [
      "scripts/backtest.ts",
      ["--csv", "x.csv", "--service-level", "95"],
      '--service-level is a share between 0 and 1 such as 0.95, not "95".',
    ],
    ["scripts/backtest.ts", ["--csv", "x.csv", "--service-level", ".9", "--shortage", "2"], "give one of them"],
    ["scripts/backtest.ts", ["--csv", "x.csv", "--lead-time", "1e9"], "--lead-time is in days"],
    [
      "scripts/backtest.ts",
      ["--csv", "x.csv", "--profile", "package.json"],
      "--profile: package.json is not what npm run profile prints",
    ],
    ["scripts/backtest.ts", ["--csv", "src"], "src cannot be read: EISDIR"],
  ]),
)("%s %j says what is wrong", (file, flags, message) => {
  const { status, stderr } = run(file, ...flags);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("    at ");
});
