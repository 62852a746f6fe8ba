/** The list of mutants keeps up with the code: each still finds its place, and names what must kill it. */
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { MUTANTS } from "../torture/mutants/list.ts";

it("has at least thirty mutants, each with a name of its own", () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(30);
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
});

it.each(MUTANTS)("$name: its place is there once", ({ file, find, replace, killedBy }) => {
  expect(readFileSync(file, "utf8").split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
  expect(killedBy === "torture" || existsSync(killedBy)).toBe(true);
});
