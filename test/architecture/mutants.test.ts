/** The list of planted faults, without planting one. */
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { complaintIn, isOfTheMachine } from "../torture/mutants/complaint.ts";
import { LONG_SYSTEM_TESTS } from "../support/long-tests.ts";
import { MUTANTS } from "../torture/mutants/list.ts";
import { settingsOf } from "../torture/mutants/mutant.ts";

it("has at least thirty mutants, each with a name of its own and with what must kill it", () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(30);
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.map(({ killedBy }) => killedBy).filter((by) => by !== "torture" && !existsSync(by))).toEqual([]);
});

it.each(MUTANTS)("finds one place for the mutant: $name", ({ file, find, replace }) => {
  expect(readFileSync(file, "utf8").split(find).length - 1).toBe(1);
  expect(replace).not.toBe(find);
});

it.each(MUTANTS)("has a row in the page for the mutant: $name", ({ name, killedBy }) => {
  const row = readFileSync("docs/reliability.md", "utf8")
    .split("\n")
    .find((line) => line.startsWith(`| ${name} `));
  expect(row).toContain(killedBy === "torture" ? "a campaign" : killedBy);
});

it("runs what must notice a mutant in full where npm test leaves it out", () => {
  const leftOut = MUTANTS.filter(({ killedBy }) => LONG_SYSTEM_TESTS.includes(killedBy));
  expect(leftOut.length).toBeGreaterThan(0);
  for (const { killedBy } of leftOut) expect(settingsOf(killedBy), killedBy).toEqual({ THOROUGH: "1" });
});

it("repeats what a campaign or a test complained of first", () => {
  expect(complaintIn("3 kills\n2 FAULTS:\n  answered: is still running\n  another")).toBe("answered: is still running");
  expect(complaintIn("\n FAIL  |edge| test/edge/x.test.ts > an alarm > fires\nAssertionError: no\n")).toBe(
    "an alarm > fires",
  );
  expect(complaintIn("nothing more")).toBe("it did not come to its end");
});

it("does not take a server that would not start for the proof of a fault", () => {
  const complaint = complaintIn(
    "  throw new StartupProblem(\n\nStartupProblem: The server did not answer within 180 s.\n",
  );
  expect(isOfTheMachine(complaint)).toBe(true);
  expect(isOfTheMachine(complaintIn("Error: spawn /gone/node ENOENT\n    at ChildProcess"))).toBe(true);
  expect(isOfTheMachine(complaintIn("TypeError: no"))).toBe(false);
});
