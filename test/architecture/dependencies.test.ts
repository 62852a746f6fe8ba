/** What is imported is listed: another's dependency is not relied on, since that may leave without a word. */
import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { expect, it } from "vitest";

interface Listed {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string): Listed => JSON.parse(readFileSync(path, "utf8")) as Listed;
const ours = read("package.json");
const NODES = new Set(builtinModules);
const GIVEN = /^(?:node:|cloudflare:|\.)/u;
/** Types are erased, so they may come from a development dependency. */
const IMPORT = /^(?:import|export)\s(?!type\s)(?:[^;"]*?\sfrom\s)?"([^"]+)"|\bimport\(\s*"([^"]+)"/gmu;

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function importedBelow(folder: string): { file: string; name: string }[] {
  // The benchmark installs its peers into its own folder.
  const files = globSync(`${folder}/**/*.{ts,tsx,mts,mjs}`, { exclude: ["**/node_modules"] });
  return files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(IMPORT)]
      .map(([, from, lazily]) => (from ?? lazily)!)
      .filter((specifier) => !GIVEN.test(specifier) && !NODES.has(specifier))
      .map((specifier) => ({ file, name: packageOf(specifier) })),
  );
}

it.each([
  ["src", [ours.dependencies]],
  ["scripts", [ours.dependencies, ours.devDependencies]],
  ["bench", [ours.dependencies, ours.devDependencies, read("bench/package.json").dependencies]],
] as const)("%s/ imports only packages that package.json lists", (folder, lists) => {
  const listed = new Set(lists.flatMap((list) => Object.keys(list ?? {})));
  const imported = importedBelow(folder);
  expect(imported.length).toBeGreaterThan(3);
  expect(imported.filter(({ name }) => !listed.has(name))).toEqual([]);
});

it("the benchmark's miniflare is the one that wrangler brings", () => {
  expect(ours.devDependencies?.["miniflare"]).toBe(
    read("node_modules/wrangler/package.json").dependencies?.["miniflare"],
  );
});
