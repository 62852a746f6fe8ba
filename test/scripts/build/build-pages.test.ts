import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, it } from "vitest";
import { bundledPages, PUBLIC_ASSETS } from "../../../scripts/lib/pages/bundle.ts";

it("finds the committed files of pages as their sources make them (else: npm run build:pages)", async () => {
  const files = await bundledPages();
  expect(files.filter(({ path, text }) => readFileSync(path, "utf8") !== text).map(({ path }) => path)).toEqual([]);
  const served = files.flatMap(({ path }) => (path.startsWith(PUBLIC_ASSETS) ? basename(path) : []));
  expect(readdirSync(PUBLIC_ASSETS).toSorted()).toEqual(served.toSorted());
});
