import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { refusePlaceholderIds } from "../../scripts/lib/server/resource-ids.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-ids-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function configuration(...lines: string[]): string {
  const path = join(folder, "wrangler.toml");
  writeFileSync(path, lines.join("\n"));
  return path;
}

it.each(['id = "<KV_ID>"', 'id = "…"', "database_id = 'your-database-id'", '  id = ""'])("refuses %s", (line) => {
  const config = configuration("[[kv_namespaces]]", 'binding = "CACHE"', line);
  expect(() => refusePlaceholderIds(config)).toThrow(
    `wrangler.toml has ${line.trim().replaceAll("'", '"')}: an id has`,
  );
});

it("takes ids as Cloudflare writes them, other numbers, comments and the project's own configuration", () => {
  const config = configuration(
    'id = "0f2ac74b498b48028cb68387c421e279"',
    'database_id = "1e0cd1a4-6ef5-4a42-a3f4-6f4d6d2f9a10"',
    'namespace_id = "1001"',
    '# id = "…"',
  );
  expect(() => refusePlaceholderIds(config)).not.toThrow();
  expect(() => refusePlaceholderIds()).not.toThrow();
});
