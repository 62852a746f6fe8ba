/** Versions of installed packages, from the benchmark's own folder first. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./worker-server.ts";

export function versionOf(name: string): string {
  for (const folder of ["bench/node_modules", "node_modules"]) {
    const manifest = join(ROOT, folder, name, "package.json");
    if (existsSync(manifest)) return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  }
  return "not installed";
}
