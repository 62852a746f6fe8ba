import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

function profile(lines: readonly object[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ["bench/profile.ts"], {
    encoding: "utf8",
    input: lines.map((line) => JSON.stringify(line)).join("\n"),
  });
}

it("makes 53 factors around 1 from many histories", () => {
  const history = Array.from({ length: 104 }, (_, week) => (week % 52 >= 46 ? 40 : 10));
  const { stdout, status } = profile(
    Array.from({ length: 5 }, () => ({ history, history_start: "2024-01-01", period_days: 7 })),
  );
  expect(status).toBe(0);
  const { week } = JSON.parse(stdout) as { week: number[] };
  expect(week).toHaveLength(53);
  expect(week[48]).toBeGreaterThan(1.5);
  expect(week[20]).toBeLessThan(1);
});

it("says which line it could not use, and goes on", () => {
  const { stdout, stderr } = profile([{ history: [1, 2] }, { history: [1, 2], history_start: "2024-01-01" }]);
  expect(stderr).toContain("line 1: history_start");
  expect(JSON.parse(stdout)).toHaveProperty("week");
});

it("makes no profile of nothing", () => {
  const { status, stdout, stderr } = profile([{ history: [1, 2], history_start: "2026-13-45" }]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("line 1: history_start: expected a date");
  expect(stderr).toContain("No history was read");
});

it("says that a file's numbered columns belong to no week of a year", () => {
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-profile-"));
  const path = join(folder, "numbered.csv");
  writeFileSync(path, "Product_Code,W0,W1,W2,W3\nP1,11,12,10,9\n");
  const { status, stderr } = spawnSync(process.execPath, ["bench/profile.ts", "--csv", path], { encoding: "utf8" });
  rmSync(folder, { recursive: true, force: true });
  expect(status).toBe(1);
  expect(stderr).toContain("say no dates, so no week of the year is known");
});
