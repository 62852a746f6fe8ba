/** Reads from the configuration whether this service keeps its tables in PostgreSQL (docs/postgresql.md). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./wrangler-process.ts";

export function bindsHyperdrive(config = join(ROOT, "wrangler.toml")): boolean {
  return /^\s*binding\s*=\s*["']HYPERDRIVE["']/mu.test(readFileSync(config, "utf8"));
}
