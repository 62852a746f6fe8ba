import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bundledPages, GENERATED } from "../../scripts/lib/pages/bundle.ts";

it("finds the committed scripts of /import as their source makes them (else: npm run build:pages)", async () => {
  expect(readFileSync(GENERATED, "utf8") === (await bundledPages())).toBe(true);
});
