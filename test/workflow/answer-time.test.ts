import { describe, expect, it } from "vitest";
import { afterAnswerTime, answerTimeBetween } from "../../src/workflow/asking/answer-time.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";

const at = (text: string): number => Date.parse(text);
const BERLIN = { timeZone: "Europe/Berlin", reviewHours: { from: 7 * 60, to: 19 * 60 } };
const NIGHT = { timeZone: "UTC", reviewHours: { from: 22 * 60, to: 6 * 60 } };

describe("the clock of questions", () => {
  it.each([
    // 17:00 in Berlin: two hours today, two tomorrow from 07:00.
    ["2040-01-10T16:00:00Z", 4, BERLIN, "2040-01-11T08:00:00Z"],
    ["2040-01-10T02:00:00Z", 1, BERLIN, "2040-01-10T07:00:00Z"],
    ["2040-01-10T06:00:00Z", 12, BERLIN, "2040-01-10T18:00:00Z"],
    ["2040-01-10T06:00:00Z", 30, BERLIN, "2040-01-12T12:00:00Z"],
    ["2040-01-10T20:00:00Z", 4, NIGHT, "2040-01-11T02:00:00Z"],
    ["2040-01-10T05:00:00Z", 4, NIGHT, "2040-01-11T01:00:00Z"],
    ["2040-01-10T16:00:00Z", 4, { ...BERLIN, reviewHours: null }, "2040-01-10T20:00:00Z"],
    ["2040-01-10T16:00:00Z", 4, null, "2040-01-10T20:00:00Z"],
  ])("from %s, %i hours end where they should", (start, hours, store, expected) => {
    const end = afterAnswerTime(at(start), hours * HOUR_MS, store);
    expect(new Date(end).toISOString()).toBe(new Date(expected).toISOString());
    expect(answerTimeBetween(at(start), end, store)).toBe(hours * HOUR_MS);
  });

  it("shows whole milliseconds, since the database takes no others", () => {
    for (const store of [BERLIN, null])
      expect(afterAnswerTime(at("2040-01-10T12:00:00Z"), 1_234.567, store)).toBe(at("2040-01-10T12:00:01.235Z"));
  });

  it("follows the clock on the wall over a change of clocks", () => {
    // Berlin, 2040-03-25: the night has an hour less, the hours of answering do not.
    const end = afterAnswerTime(at("2040-03-24T17:00:00Z"), 2 * HOUR_MS, BERLIN);
    expect(new Date(end).toISOString()).toBe("2040-03-25T06:00:00.000Z");
  });
});
