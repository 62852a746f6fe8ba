/** `npm run torture -- --mutants` plants faults by their text: each must still be in the code that it is planted in. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { MUTANTS } from "../torture/mutants/list.ts";

it("each fault can be planted, once, where its code is now", () => {
  const misplaced = MUTANTS.filter(({ file, find }) => {
    const text = readFileSync(resolve(import.meta.dirname, "../..", file), "utf8");
    return text.split(find).length !== 2;
  });
  expect(MUTANTS.length).toBeGreaterThan(20);
  expect(misplaced.map(({ name, file }) => `${name}: ${file}`)).toEqual([]);
});
