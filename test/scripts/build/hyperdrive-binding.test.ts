import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { leftOutFlags } from "../../../scripts/lib/build/left-out.ts";
import { bindsHyperdrive } from "../../../scripts/lib/server/hyperdrive-binding.ts";
import { ownFolder } from "../../support/own-folder.ts";

const folder = ownFolder("binding");

it("the service as it comes keeps its tables in D1", () => {
  expect(bindsHyperdrive()).toBe(false);
});

it.each([
  ['[[hyperdrive]]\nbinding = "HYPERDRIVE"\nid = "1"\n', true],
  ["[[hyperdrive]]\n  binding='HYPERDRIVE'\n", true],
  ['# [[hyperdrive]]\n# binding = "HYPERDRIVE"\n', false],
  ['[[d1_databases]]\nbinding = "DB"\n', false],
])("a configuration %j binds it: %s, and only then a build holds PostgreSQL", (text, binds) => {
  const path = join(folder, "wrangler.toml");
  writeFileSync(path, text);
  expect(bindsHyperdrive(path)).toBe(binds);
  expect(leftOutFlags(path)).toEqual(binds ? [] : ["--define", "WITHOUT_POSTGRES:true"]);
});
