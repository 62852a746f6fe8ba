/** The demand that is ahead: factors of coming periods, and what is left of the present one. */
import { describe, expect, it } from "vitest";
import { elapsedShare, factorsAhead } from "../../src/world/ahead.ts";
import { forecastAhead, type ForecastDay } from "../../src/world/forecast.ts";
import { dayOfIso } from "../../src/shared/calendar-dates.ts";
import { anEvent, aStore } from "./builders.ts";

const THURSDAY = dayOfIso("2040-03-01")!;
/** At noon: half of Thursday, then Friday to Sunday. */
const AT_NOON = { today: THURSDAY, shareAhead: 0.5, period: "week" } as const;

describe("the present week", () => {
  it("takes an event of today for what is left of the day", () => {
    const events = [anEvent("2040-03-01", "2040-03-01", 3)];
    const [present, ...later] = factorsAhead({ store: null, events }, AT_NOON, 14)!;
    expect(present).toBeCloseTo((0.5 * 3 + 3) / 3.5, 12);
    expect(later.every((factor) => factor === 1)).toBe(true);
  });

  it("takes a closed day out of the days that are left", () => {
    const sunday = THURSDAY + 3;
    const store = aStore({ closed: [{ from: sunday, to: sunday }] });
    expect(factorsAhead({ store, events: [] }, AT_NOON, 4)).toEqual([2.5 / 3.5]);
  });

  it("is over by its days and the part of today that has passed", () => {
    expect(elapsedShare(AT_NOON)).toBeCloseTo(3.5 / 7, 12);
  });
});

describe("a forecast by days, for weeks", () => {
  const monday = THURSDAY + 4;
  const weekOf = (point: Omit<ForecastDay, "day">) => {
    const days = Array.from({ length: 7 }, (_, at) => ({ day: monday + at, ...point }));
    const present = { today: monday, shareAhead: 1, period: "week" } as const;
    return forecastAhead({ days, uploadedAt: 0 }, null, null, present, 0)!.points;
  };

  it("adds up, and says nothing of how far it may be wrong where a day does not", () => {
    expect(weekOf({ mean: 10 })).toEqual([{ mean: 70 }]);
  });

  it("is wrong by less than its days together, and by more than if their errors were chance alone", () => {
    const [week] = weekOf({ mean: 10, std: 4 });
    expect(week!.mean).toBe(70);
    expect(week!.std!).toBeGreaterThan(4 * Math.sqrt(7));
    expect(week!.std!).toBeLessThan(4 * 7);
  });
});
