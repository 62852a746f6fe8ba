/** Proves I9. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stockwarden-replay-test-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function salesCsv(items: number, days: number): string {
  const dates = Array.from({ length: days }, (_, day) =>
    new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
  );
  const rows = Array.from({ length: items }, (_, item) => [
    item === 1 ? "漢".repeat(27) : `item-${item}`,
    ...dates.map((_date, day) => (item % 3 === 2 && day % 4 !== 0 ? 0 : 3 + ((day * 5 + item * 7) % 9))),
  ]);
  return [["item", ...dates], ...rows].map((row) => row.join(",")).join("\n");
}

describe("npm run replay", () => {
  it("plays a small store on a server of its own and finds no fault", () => {
    const csv = join(folder, "sales.csv");
    writeFileSync(csv, salesCsv(6, 100));
    const flags = ["--csv", csv, "--items", "6", "--days", "10", "--lead-time", "2"];
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/replay.ts", ...flags], {
      cwd: ROOT,
      encoding: "utf8",
      // A folder without local settings: never somebody's running server.
      env: { ...process.env, PERSIST_TO: folder },
    });
    expect(status, `${stdout}\n${stderr}`).toBe(0);
    expect(stdout).toMatch(/triggers +60 /u);
    expect(stdout).toContain("every trigger decided once, no gap ordered twice, open orders equal the books");
  });
});
