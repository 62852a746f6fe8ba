import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lean, method, REPLACED, UNCALLED } from "../../../scripts/lib/build/lean-zod.ts";

const SOURCE = readFileSync(join(import.meta.dirname, "../../../node_modules/zod/v4/classic/schemas.js"), "utf8");

it("finds in zod each method that it leaves out", () => {
  expect(UNCALLED.filter((name) => !method(name).test(SOURCE))).toEqual([]);
});

it("finds in zod each text that it replaces", () => {
  expect(REPLACED.filter(([from]) => !new RegExp(from, "m").test(SOURCE))).toEqual([]);
});

it("keeps the other methods, and the lines", () => {
  const kept = lean(SOURCE);
  expect(kept).not.toContain("    jwt(params) {");
  expect(kept).not.toContain("    encodeAsync: async function");
  expect(kept).toContain("    datetime(params) {");
  expect(kept.split("\n").length).toBe(SOURCE.split("\n").length);
});
