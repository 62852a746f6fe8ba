/** Days on which a store is closed are known: nobody misses their sales, and no sentence says that they are missing. */
import { describe, expect, it } from "vitest";
import { WEEKDAYS } from "../../src/world/types.ts";
import { weekdayNameOf } from "../../src/world/dates.ts";
import { aStore, aWorld } from "./builders.ts";
import { decided, known, NOW, steady, TODAY } from "./shop.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

/** TODAY is a Wednesday. */
const MONDAY = TODAY - 2;

function shop(now: number, closed: readonly { readonly from: number; readonly to: number }[] = []) {
  const store = aStore({ openDays: WEEKDAYS.filter((day) => day !== "sun"), closed });
  const isOpen = (day: number) =>
    weekdayNameOf(day) !== "sun" && !closed.some(({ from, to }) => day >= from && day <= to);
  const rows = steady(120, now - 1).filter(({ day }) => isOpen(day));
  return (left: number) =>
    decided({
      history: known(rows.slice(0, rows.length - left)),
      now: NOW + (now - TODAY) * DAY_MS,
      world: aWorld({ store }),
    });
}

describe("closed days behind", () => {
  it("are no days of which nothing is known", () => {
    const { decision } = shop(MONDAY)(0);
    expect(decision.reasons.join(" ")).not.toMatch(/nothing is known/);
    expect(decision.evidence).toMatchObject({ historyThrough: MONDAY - 2, historyAgeDays: 1 });
  });

  it("are left out of the days that are missing", () => {
    const { decision } = shop(MONDAY)(2);
    expect(decision.reasons.join(" ")).toContain("of 2 days since then nothing is known");
    expect(decision.reasons.join(" ")).toContain("Of 2 of 119 past days demand is not fully known");
  });

  it("are named where they are many, and asked about from 28 on", () => {
    const weeks = (count: number) => shop(MONDAY, [{ from: MONDAY - 7 * count, to: MONDAY - 1 }])(0);
    expect(weeks(2).decision.reasons.join(" ")).toMatch(/the store has been closed since then\./);
    expect(weeks(2).asked).toEqual([]);
    expect(weeks(5).asked).toEqual(["stale_history"]);
  });
});
