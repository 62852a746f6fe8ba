/** Which tests `npm run test:thorough` has beyond those of `npm test`. */
import { globSync, readFileSync } from "node:fs";

/** System tests that start servers again and again, wait for deadlines or kill the server. */
export const LONG_SYSTEM_TESTS = [
  "adviser",
  "review",
  "commands/replay",
  "sigkill",
  "commands/export",
  "commands/start",
  "commands/deploy",
  "purchase-orders",
  "morning",
  "reads",
  "commands/import",
  "commands/import-breaks",
  "one-principal",
  "error-origins",
  "shopify",
  "sequences",
  "telemetry",
  "webhooks",
].map((name) => `test/system/${name}.test.ts`);

/** A test that asks whether the run is thorough: by its counts, or by itself. */
const ASKS = /support\/counts\.ts"|inject\("thorough"\)/;

/** The long ones, and the ones that repeat more often in a thorough run. */
export function testsBeyondTheShortRun(): readonly string[] {
  const repeating = globSync("test/**/*.test.ts").filter((file) => ASKS.test(readFileSync(file, "utf8")));
  return [...new Set([...LONG_SYSTEM_TESTS, ...repeating])];
}
