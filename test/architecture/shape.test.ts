/** The shape of the tree outside its code: how wide lines and how long files are, and how many a folder holds. */
import { globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const MOST_COLUMNS = 120;
const MOST_FILES = 20;
/** Two screens. A longer file holds a second idea, which has a name of its own. */
const MOST_LINES = 250;

/** Written by a command, never by hand. */
const GENERATED = ["src/wrangler-env.d.ts", "src/ui/generated/asset-paths.ts"];
const ROOMS = ["src", "bench", "scripts", "test", "examples"];

const CODE = [
  ...filesOf(`{${[...ROOMS, "migrations"].join(",")}}/**/*.{ts,tsx,mjs,sql}`),
  ...filesOf("*.{ts,toml}"),
  ...filesOf("ops/**/*.yml"),
  ".ci/run",
].filter((path) => !GENERATED.includes(path));

function filesOf(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: ROOT, exclude: (path) => path.endsWith("node_modules") });
}

it(`no line of code is over ${MOST_COLUMNS} columns`, () => {
  const long = CODE.flatMap((path) =>
    readFileSync(resolve(ROOT, path), "utf8")
      .split("\n")
      .flatMap((line, index) => ([...line].length > MOST_COLUMNS ? `${path}:${index + 1}` : [])),
  );
  expect(CODE.length).toBeGreaterThan(500);
  expect(long).toEqual([]);
});

it.each(ROOMS)(`no folder of %s holds more than ${MOST_FILES} files directly`, (room) => {
  const folders = Map.groupBy(filesOf(`${room}/**/*.{ts,tsx,mjs,json,txt,csv}`), dirname);
  const full = [...folders].filter(([, files]) => files.length > MOST_FILES);
  expect(folders.size).toBeGreaterThan(0);
  expect(full.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([]);
});

it(`no file of src is over ${MOST_LINES} lines`, () => {
  // A stylesheet is one text, which browsers load whole.
  const files = filesOf("src/**/*.{ts,tsx}").filter((path) => !GENERATED.includes(path) && !path.endsWith("style.ts"));
  const long = files.filter((path) => readFileSync(resolve(ROOT, path), "utf8").split("\n").length > MOST_LINES + 1);
  expect(files.length).toBeGreaterThan(500);
  expect(long).toEqual([]);
});
