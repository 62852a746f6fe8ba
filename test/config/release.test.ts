import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { RELEASE } from "../../src/config/release.ts";

it("the release that reports name is the one of package.json", () => {
  const { name, version } = JSON.parse(readFileSync("package.json", "utf8")) as { name: string; version: string };
  expect(RELEASE).toBe(`${name}@${version}`);
});
