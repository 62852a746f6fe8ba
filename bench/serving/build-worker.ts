/** Bundles a Worker the way a deployment does: `wrangler deploy --dry-run --outdir`. */
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { leftOutFlags } from "../../scripts/lib/build/left-out.ts";
import { ROOT } from "./worker-server.ts";

const WRANGLER = join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../bin/wrangler.js");

/** Returns the bundle's path. With `names` kept, functions are called as in the source: for profiles. */
export function buildWorker(
  config: string,
  outdir: string,
  entry: string,
  { names = "short" }: { readonly names?: "short" | "kept" } = {},
): string {
  execFileSync(
    process.execPath,
    [
      "--no-warnings",
      WRANGLER,
      "deploy",
      entry,
      "-c",
      config,
      "--dry-run",
      "--outdir",
      outdir,
      `--minify=${names === "short"}`,
      ...leftOutFlags(),
    ],
    {
      cwd: ROOT,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false" },
    },
  );
  return join(outdir, `${basename(entry, ".ts")}.js`);
}
