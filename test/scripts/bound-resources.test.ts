import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { refuseUnfitResources } from "../../scripts/lib/server/bound-resources.ts";

const OWN = readFileSync("wrangler.toml", "utf8");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-resources-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function configuration(text: string): string {
  const path = join(folder, "wrangler.toml");
  writeFileSync(path, text);
  return path;
}

it("the project's own configuration is fit, and so are ids as Cloudflare writes them, and comments", () => {
  expect(() => refuseUnfitResources()).not.toThrow();
  const ids = [
    'id = "0f2ac74b498b48028cb68387c421e279"',
    'database_id = "1e0cd1a4-6ef5-4a42-a3f4-6f4d6d2f9a10"',
    '# id = "…"',
  ];
  expect(() => refuseUnfitResources(configuration(`${OWN}\n${ids.join("\n")}`))).not.toThrow();
});

it.each(['id = "<KV_ID>"', 'id = "…"', "database_id = 'your-database-id'", '  id = ""'])("%s is refused", (line) => {
  const config = configuration(`${OWN}\n${line}`);
  expect(() => refuseUnfitResources(config)).toThrow(
    `wrangler.toml has ${line.trim().replaceAll("'", '"')}: an id has 32 hex digits`,
  );
});

it.each([
  ["CACHE", 'binding = "CACHE"', 'binding = "KV"'],
  ["ITEM", 'name = "ITEM"', 'name = "Item"'],
  ["EMAIL", 'name = "EMAIL"', '# name = "EMAIL"'],
])("%s under another name is refused", (name, line, instead) => {
  const config = configuration(OWN.replace(line, instead));
  expect(() => refuseUnfitResources(config)).toThrow(`wrangler.toml binds nothing as ${name}: the code asks for`);
});
