import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ownFolder } from "../../support/own-folder.ts";

const folder = ownFolder("backtest");

function run(csv: string, ...flags: string[]): { status: number | null; stdout: string; stderr: string; page: string } {
  const file = join(folder, "sales.csv");
  const page = join(folder, "page.html");
  writeFileSync(file, csv);
  const result = spawnSync(process.execPath, ["scripts/backtest.ts", "--csv", file, "--out", page, ...flags], {
    encoding: "utf8",
  });
  return { status: result.status, stdout: result.stdout, stderr: result.stderr, page };
}

const WEEKS = Array.from({ length: 30 }, (_, week) =>
  new Date(Date.UTC(2025, 0, 6 + 7 * week)).toISOString().slice(0, 10),
);
const WIDE = [
  "item,",
  `${WEEKS.join(",")}\n`,
  `<b>tea</b>,${WEEKS.map((_, week) => 20 + (week % 5)).join(",")}\n`,
  `salt,${WEEKS.map((_, week) => (week % 4 === 0 ? 3 : 0)).join(",")}\n`,
].join("");

describe("a backtest", () => {
  it("prints costs by policy and writes one page that needs nothing else", () => {
    const { status, stdout, page } = run(WIDE, "--lead-time", "14", "--pack", "6");
    expect(status).toBe(0);
    expect(stdout).toMatch(/2 items, lead time 2 weeks/u);
    for (const policy of ["Stockwarden", "your present rule", "textbook base-stock", "best fixed level in hindsight"])
      expect(stdout).toContain(policy);
    const html = readFileSync(page, "utf8");
    expect(html).toContain("<svg");
    expect(html).not.toMatch(/<script|https?:\/\/|<link/u);
    expect(html).toContain("&lt;b&gt;tea&lt;/b&gt;");
    expect(html).not.toContain("<b>tea</b>");
  });

  it("takes the user's own minimum and maximum as their present rule", () => {
    const rules = join(folder, "rules.csv");
    writeFileSync(rules, "item,minimum,maximum\nsalt,2,9\n");
    const cost = (stdout: string): string => /your present rule +(\d+)/u.exec(stdout)?.[1] ?? "";
    const usual = run(WIDE);
    const own = run(WIDE, "--minimum", "40", "--maximum", "60");
    expect([own.status, cost(own.stdout) === cost(usual.stdout)]).toEqual([0, false]);
    expect(readFileSync(own.page, "utf8")).toContain("at 40 order up to 60");
    const byFile = run(WIDE, "--present", rules);
    expect([byFile.status, cost(byFile.stdout) === cost(usual.stdout)]).toEqual([0, false]);
    expect(run(WIDE, "--minimum", "40").stderr).toContain("--minimum and --maximum go together");
    expect(run(WIDE, "--minimum", "40", "--maximum", "20").stderr).toContain("the maximum not below the minimum");
  });

  it("reads the long shape alike", () => {
    const long = `sku;date;qty\n${WEEKS.map((week, index) => `A;${week};${5 + (index % 3)}`).join("\n")}\n`;
    expect(run(long).stderr).toContain("--period week");
    expect(run(long, "--period", "week").stdout).toContain("1 item, lead time 1 week");
  });

  it.each([
    [
      "names the column and what is in it",
      "item,date,units\nA,2025-01-06,many\n",
      [],
      '"units" should hold numbers of units, and holds "many"',
    ],
    ["says what a flag should be", WIDE, ["--holding", "cheap"], '--holding is a number from 0 on, not "cheap"'],
    ["says which flags there are", WIDE, ["--colour", "red"], "--lead-time 7"],
    [
      "says when there is too little history",
      "item,date,units\nA,2025-01-06,1\nA,2025-01-13,1\n",
      [],
      "fewer than 12 periods of history",
    ],
  ])("%s", (_, csv, flags, message) => {
    const { status, stderr } = run(csv, ...flags);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});
