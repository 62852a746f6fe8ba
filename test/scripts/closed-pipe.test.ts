import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

const LINES = 20_000;

it("a command whose reader goes away ends quietly", () => {
  const line = JSON.stringify({ id: "tea", history: [1, 2, 3], on_hand: 4 });
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["-c", `"${process.execPath}" --no-warnings scripts/plan.ts | head -n 1; exit "\${PIPESTATUS[0]}"`],
    { encoding: "utf8", input: `${line}\n`.repeat(LINES) },
  );
  expect({ status, stderr, lines: stdout.trim().split("\n").length }).toEqual({ status: 0, stderr: "", lines: 1 });
});
