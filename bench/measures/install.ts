/** The load tool and the peers have a package file of their own, so that the main install stays light. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const BENCH = join(import.meta.dirname, "..");

/** The first command that needs them installs them. */
export function installPackages(): void {
  if (existsSync(join(BENCH, "node_modules/autocannon"))) return;
  console.error("Installing the packages of the benchmark (once) …");
  execFileSync("npm", ["ci", "--no-fund", "--no-audit"], { cwd: BENCH, stdio: ["ignore", "inherit", "inherit"] });
}
