import { describe, expect, it } from "vitest";
import { formatsOf } from "../../src/shared/formats.ts";

const EVENING = Date.UTC(2040, 0, 16, 21, 5);

describe("how a store writes", () => {
  it("days and times are the store's, in English words", () => {
    const tokyo = formatsOf({ timeZone: "Asia/Tokyo", locale: "ja-JP", currency: "JPY" });
    expect(tokyo.time(EVENING)).toBe("Tue 17 Jan, 06:05 GMT+9");
    expect(tokyo.day(EVENING)).toBe("Tue 17 Jan");
    expect(tokyo.money(1_200)).toContain("1,200");
    expect(formatsOf({ timeZone: "Europe/Berlin" }).time(EVENING)).toBe("Mon 16 Jan, 22:05 CET");
    expect(formatsOf({ locale: "en-US" }).day(EVENING)).toBe("Mon, Jan 16");
  });

  it("what is kept has its year, in the same form", () => {
    const berlin = formatsOf({ timeZone: "Europe/Berlin" });
    expect(berlin.fullTime(EVENING)).toBe("Mon 16 Jan 2040, 22:05 CET");
    expect(berlin.fullDate(Math.floor(EVENING / 86_400_000))).toBe("Mon 16 Jan 2040");
    expect(formatsOf({ locale: "en-US" }).fullTime(EVENING)).toBe("Mon, Jan 16, 2040, 09:05 PM UTC");
  });

  it("a day half a year away has its year, so that none of last year is read as one of this", () => {
    const formats = formatsOf({ timeZone: "Asia/Tokyo" });
    const day = 25_582;
    const at = day * 86_400_000;
    for (const [days, text] of [
      [-180, "Mon 16 Jan 2040"],
      [-179, "Mon 16 Jan"],
      [179, "Mon 16 Jan"],
      [365, "Mon 16 Jan 2040"],
    ] as const) {
      const now = at - days * 86_400_000;
      expect(formats.date(day, now), String(days)).toBe(text);
      expect(formats.day(at, now), String(days)).toBe(text);
      expect(formats.time(at, now), String(days)).toBe(`${text}, 09:00 GMT+9`);
    }
  });

  it("a day of the calendar is the same day everywhere", () => {
    for (const timeZone of ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
      expect(formatsOf({ timeZone }).date(Math.floor(EVENING / 86_400_000)), timeZone).toBe("Mon 16 Jan");
  });

  it("numbers and money follow the locale, with the digits 0 to 9", () => {
    const german = formatsOf({ locale: "de-DE", currency: "EUR" });
    expect(german.quantity(1_234.5)).toBe("1.234,5");
    expect(german.money(3.5)).toBe("3,50\u00a0€");
    expect(formatsOf({ locale: "ar-EG" }).quantity(12)).toBe("12");
    expect(formatsOf({}).quantity(0.1 + 0.2)).toBe("0.3");
  });

  it("the price of one unit keeps its fractions of a cent, and a typed number its digits", () => {
    const german = formatsOf({ locale: "de-DE", currency: "EUR" });
    expect([german.price(0.0125), german.price(3.5)]).toEqual(["0,0125\u00a0€", "3,50\u00a0€"]);
    expect(formatsOf({}).price(0.125)).toBe("0.125");
    expect(german.typed(1_234.5)).toBe("1.234,5");
    expect(german.typed(0.123_456_789)).toBe("0,123456789");
    expect(german.typed(0.3 - 0.1)).toBe("0,2");
  });

  it("an unknown currency or locale never keeps a page from being shown", () => {
    expect(formatsOf({ currency: "??" }).money(2)).toBe("2.00");
    expect(formatsOf({ locale: "no such tag" }).quantity(1_000)).toBe("1,000");
  });
});
