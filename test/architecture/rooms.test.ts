import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { circles, FILES, IMPORTS } from "./imports.ts";
import { MAY_IMPORT, PURE_ROOMS, refusedTo, roomOf, ROOT } from "./rooms.ts";

interface Override {
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, unknown>>;
}

const LINT = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../.oxlintrc.json"), "utf8")) as {
  readonly overrides: readonly Override[];
};
const MOST_FILES = 20;
/** Names that say what a file is to its own room, and to its own state machine. */
const ROLES = new Set(["index", "types", "bindings", "deps", "due", "record", "refusals", "transition"]);
/** Two implementations of the interfaces in `storage/`, file by file under the same name. */
const MIRRORS = /^storage\/(d1|postgres)\//;

describe("the rooms of src", () => {
  it("are all listed with what they may import", () => {
    const homeless = FILES.filter((file) => roomOf(file) === "" && !file.endsWith(".d.ts"));
    expect(homeless).toEqual(ROOT.files);
  });

  it("import only rooms below them", () => {
    const up = IMPORTS.filter(({ from, to }) => {
      const [room, other] = [roomOf(from), roomOf(to)];
      if (room === "" || room === other || to.startsWith("..")) return false;
      return other === "" ? !ROOT.seenBy.includes(room) : !isBelow(room, other);
    });
    expect(up.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("lie above and below one another in no circle", () => {
    const mutual = Object.keys(MAY_IMPORT).flatMap((room) =>
      Object.keys(MAY_IMPORT)
        .filter((other) => other !== room && isBelow(room, other) && isBelow(other, room))
        .map((other) => `${room} <-> ${other}`),
    );
    expect(mutual).toEqual([]);
  });

  it("hold no circle of files, type imports included", () => {
    expect(circles()).toEqual([]);
  });

  it("hold no two files of one name", () => {
    const named = Map.groupBy(
      FILES.filter((file) => !MIRRORS.test(file)),
      (file) => basename(file).replace(/\.tsx?$/, ""),
    );
    const twice = [...named].filter(([name, files]) => files.length > 1 && !ROLES.has(name));
    expect(twice.map(([, files]) => files)).toEqual([]);
  });

  it(`hold at most ${MOST_FILES} files directly in a folder`, () => {
    const folders = [...Map.groupBy(FILES, dirname)].map(([folder, files]) => [folder, files.length] as const);
    expect(folders.filter(([, count]) => count > MOST_FILES)).toEqual([]);
  });
});

describe("the lint rules", () => {
  const restrictedIn = (room: string): string =>
    JSON.stringify(
      LINT.overrides.find(({ files }) => files.includes(`src/${room}/**`))?.rules["no-restricted-imports"],
    );

  it.each(Object.keys(MAY_IMPORT))("refuse to %s every room that is not below it", (room) => {
    for (const pattern of refusedTo(room)) expect(restrictedIn(room)).toContain(JSON.stringify(pattern));
  });

  it.each(PURE_ROOMS)("refuse to %s the platform, libraries and the clock", (room) => {
    expect(restrictedIn(room)).toMatch(/cloudflare:.*node:.*hono.*zod.*openai/);
    const clock = LINT.overrides.find(({ rules }) => rules["no-restricted-properties"] !== undefined);
    expect(clock?.files).toContain(`src/${room}/**`);
  });
});

/** Itself, a room that it may import, or the inner room of one. */
function isBelow(room: string, other: string): boolean {
  return [room, ...MAY_IMPORT[room]!].some((name) => other === name || other.startsWith(`${name}/`));
}
