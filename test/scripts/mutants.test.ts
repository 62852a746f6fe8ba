/** The list of mutants; that each still finds its place is said by the command that plants them. */
import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { MUTANTS } from "../torture/mutants/list.ts";

it("has at least thirty mutants, each with a name of its own and with what must kill it", () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(30);
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  for (const { killedBy } of MUTANTS) expect(killedBy === "torture" || existsSync(killedBy)).toBe(true);
});
