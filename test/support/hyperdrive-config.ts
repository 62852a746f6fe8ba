/** The configuration of the service with its tables in a PostgreSQL, as docs/postgresql.md has it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/server/wrangler-process.ts";

export function writeHyperdriveConfig(folder: string, url: string): string {
  const path = join(folder, "wrangler.toml");
  const usual = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
  const moved = usual
    .replace('main = "src/index.ts"', `main = ${JSON.stringify(join(ROOT, "src/index.ts"))}`)
    .replaceAll('= "./src/', `= "${join(ROOT, "src")}/`)
    .replace('"./public"', JSON.stringify(join(ROOT, "public")))
    .replace('"migrations"', JSON.stringify(join(ROOT, "migrations")));
  writeFileSync(
    path,
    `${moved}\n[[hyperdrive]]\nbinding = "HYPERDRIVE"\nid = "${"0".repeat(32)}"\n` +
      `localConnectionString = ${JSON.stringify(url)}\n`,
  );
  return path;
}
