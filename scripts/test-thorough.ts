/** `npm run test:thorough`: the tests of `npm test` at full counts, and every system test (vitest.config.ts). */
import { spawnSync } from "node:child_process";
import { testsBeyondTheShortRun } from "../test/support/long-tests.ts";
import { commandFlags } from "./lib/command/command-flags.ts";

const USAGE = `npm run test:thorough [-- --beyond]
Runs every test at full counts: all system tests, 20,000 hostile requests, 1,000 reads of each route. It takes
some minutes.
  --beyond   leave out what \`npm test\` runs just the same, for a run right after it`;

const { beyond } = commandFlags(USAGE, { beyond: { type: "boolean", default: false } });
// One worker more than the usual two cores: system tests mostly wait for alarms.
const { status } = spawnSync("vitest", ["run", "--maxWorkers=3", ...(beyond ? testsBeyondTheShortRun() : [])], {
  stdio: "inherit",
  env: { ...process.env, THOROUGH: "1" },
});
process.exit(status ?? 1);
