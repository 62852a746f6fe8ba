import { expect, it } from "vitest";
import { dayNumberOfIso, isoWeekIndex, weekdayOf } from "../../../src/replenishment/models/day-numbers.ts";
import { shockTable, MAX_STEPS, PATHS } from "../../../src/replenishment/paths/shocks.ts";

it("counts days as the platform does", () => {
  for (const date of ["1970-01-01", "2000-02-29", "2026-01-05", "2040-12-31"]) {
    expect(dayNumberOfIso(date)).toBe(Date.parse(date) / 86_400_000);
  }
  expect(dayNumberOfIso("soon")).toBeNaN();
});

it.each([
  ["2026-01-05", 0, 1],
  ["2025-12-29", 0, 0],
  ["2021-01-03", 6, 52],
  ["2020-12-31", 3, 52],
  ["2024-02-29", 3, 8],
])("%s is weekday %s of ISO week index %s", (date, weekday, week) => {
  expect(weekdayOf(dayNumberOfIso(date))).toBe(weekday);
  expect(isoWeekIndex(dayNumberOfIso(date))).toBe(week);
});

it("deals the same shocks on every machine: mean 0, deviation 1.15, a known first number", () => {
  const { shock, uniform } = shockTable(1);
  for (let step = 0; step < MAX_STEPS; step++) {
    const column = shock(step);
    const mean = column.reduce((sum, value) => sum + value, 0) / PATHS;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + value * value, 0) / PATHS);
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(deviation - 1.15)).toBeLessThan(0.03);
  }
  expect(uniform(0)[0]).toMatchInlineSnapshot(`0.32792094035539776`);
  expect(shockTable(2).uniform(0)[0]).not.toBe(uniform(0)[0]);
});
