/**
 * `npm run bundle`: builds the Worker into dist/upload as a deploy does, and prints its size and what a trigger
 * evaluates.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { builtWorker } from "./lib/build/built-worker.ts";
import { writeUpload } from "./lib/build/upload.ts";
import { sizeOf } from "./lib/build/worker-size.ts";
import { commandFlags } from "./lib/command/command-flags.ts";
import { runProgram } from "./lib/command/startup-problem.ts";

const ROOT = join(import.meta.dirname, "..");
const USAGE = `npm run bundle
Builds the Worker into dist/upload as a deploy does. Prints the size of the upload, the part that an isolate evaluates
before it answers a trigger, and the libraries in that part.`;

await runProgram(async () => {
  commandFlags(USAGE, {});
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const modules = await builtWorker();
  const upload = await writeUpload(modules, join(ROOT, "dist/upload"));
  const deploy = [wrangler, "deploy", ...upload, "--config", join(ROOT, "wrangler.toml"), "--dry-run"];
  execFileSync(process.execPath, deploy, { stdio: "inherit" });
  const { uploadGzip, evaluatedGzip, evaluatedPackages } = sizeOf(modules);
  console.log(`The modules: ${kilobytes(uploadGzip)} gzip in all,`);
  console.log(`of which a trigger evaluates ${kilobytes(evaluatedGzip)} gzip. Libraries in that part, before gzip:`);
  for (const [name, bytes] of [...evaluatedPackages].toSorted(([, a], [, b]) => b - a))
    console.log(`  ${name}: ${kilobytes(bytes)}`);
});

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} kB`;
}
