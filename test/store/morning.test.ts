import { describe, expect, it } from "vitest";
import { begunMorning, plannedMorning } from "../../src/store/runs/morning.ts";

const at = (text: string): number => Date.parse(text);
const iso = (moment: number | null | undefined): string | null =>
  moment == null ? null : new Date(moment).toISOString();
const BERLIN = { reviewAt: 2 * 60 + 30, timeZone: "Europe/Berlin" };

describe("a store's morning", () => {
  it("comes once each local day, also where the clock skips or repeats it", () => {
    // Clocks go forward on 2027-03-28 at 02:00, and back on 2027-10-31 at 03:00.
    for (const [start, expected] of [
      ["2027-03-26T12:00:00Z", ["2027-03-27T01:30:00.000Z", "2027-03-28T01:30:00.000Z", "2027-03-29T00:30:00.000Z"]],
      ["2027-10-29T12:00:00Z", ["2027-10-30T00:30:00.000Z", "2027-10-31T00:30:00.000Z", "2027-11-01T01:30:00.000Z"]],
    ] as const) {
      let morning = plannedMorning(null, "berlin", BERLIN, at(start))!;
      for (const moment of expected) {
        expect(iso(morning.nextAt)).toBe(moment);
        morning = begunMorning(morning, morning.nextAt! + 1_000);
      }
    }
  });

  it("is made up for once after days without the service", () => {
    const planned = plannedMorning(null, "berlin", BERLIN, at("2027-06-01T12:00:00Z"))!;
    const begun = begunMorning(planned, at("2027-06-05T12:00:00Z"));
    expect(iso(begun.nextAt)).toBe("2027-06-06T00:30:00.000Z");
  });

  it("does not come twice on a day whose hour was changed after it", () => {
    const planned = plannedMorning(null, "berlin", BERLIN, at("2027-06-01T12:00:00Z"))!;
    const begun = begunMorning(planned, planned.nextAt!);
    const moved = plannedMorning(begun, "berlin", { ...BERLIN, reviewAt: 20 * 60 }, planned.nextAt! + 1_000)!;
    expect(iso(moved.nextAt)).toBe("2027-06-03T18:00:00.000Z");
    expect(plannedMorning(moved, "berlin", { ...BERLIN, reviewAt: 20 * 60 }, 0)).toBe(moved);
  });

  it("is taken back with the setting, and never planned without one", () => {
    const planned = plannedMorning(null, "berlin", BERLIN, 0)!;
    expect(plannedMorning(planned, "berlin", { ...BERLIN, reviewAt: null }, 0)?.nextAt).toBeNull();
    expect(plannedMorning(planned, "berlin", null, 0)?.nextAt).toBeNull();
    expect(plannedMorning(null, "berlin", null, 0)).toBeNull();
  });
});
