/**
 * `npm run bundle`: builds the Worker into dist/ as a deploy would, and prints its size and what a trigger
 * evaluates.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { leftOutFlags } from "./lib/build/left-out.ts";
import { workerSize } from "./lib/build/worker-size.ts";
import { commandFlags } from "./lib/command/command-flags.ts";
import { runProgram } from "./lib/command/startup-problem.ts";

const USAGE = `npm run bundle
Builds the Worker into dist/ as a deploy would. Prints the size of the upload, the part that an isolate evaluates before
it answers a trigger, and the libraries in that part.`;

await runProgram(async () => {
  commandFlags(USAGE, {});
  const wrangler = join(import.meta.dirname, "../node_modules/wrangler/bin/wrangler.js");
  const deploy = [wrangler, "deploy", "--dry-run", "--outdir", "dist", ...leftOutFlags()];
  execFileSync(process.execPath, deploy, { stdio: "inherit" });
  const { uploadGzip, evaluatedGzip, evaluatedPackages } = await workerSize();
  console.log(`Split at its dynamic imports: ${kilobytes(uploadGzip)} gzip in all,`);
  console.log(`of which a trigger evaluates ${kilobytes(evaluatedGzip)} gzip. Libraries in that part, before gzip:`);
  for (const [name, bytes] of [...evaluatedPackages].toSorted(([, a], [, b]) => b - a))
    console.log(`  ${name}: ${kilobytes(bytes)}`);
});

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} kB`;
}
