import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { leftOutFlags } from "../../../scripts/lib/build/left-out.ts";
import { bindsHyperdrive } from "../../../scripts/lib/server/hyperdrive-binding.ts";

const folder = mkdtempSync(join(tmpdir(), "stockwarden-binding-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
