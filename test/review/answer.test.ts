import { describe, expect, it } from "vitest";
import { answerIn } from "../../src/http/pages/answer/form-answer.ts";
import { formatsOf } from "../../src/shared/formats.ts";
import { readQuantity } from "../../src/review/typed-quantity.ts";

const english = formatsOf({});
const german = formatsOf({ locale: "de-DE" });
const form = (fields: Record<string, string>, asked: number | null = 24, formats = english) =>
  answerIn(new URLSearchParams(fields), { asked, formats });

describe("an answer from a form", () => {
  it("needs the button that was clicked: without it nothing is decided", () => {
    expect(form({ quantity: "90", revision: "1" })).toEqual({ kind: "no_click" });
    expect(form({ decision: "constructor" })).toEqual({ kind: "no_click" });
  });

  it("takes a quantity only with the button for it", () => {
    expect(form({ decision: "approve", quantity: "24" })).toMatchObject({
      verdict: { kind: "approve", quantity: null },
    });
    expect(form({ decision: "modify", quantity: "90", comment: " less " })).toMatchObject({
      verdict: { kind: "modify", quantity: 90, comment: "less" },
    });
    expect(form({ decision: "modify", quantity: "ninety" })).toMatchObject({ kind: "bad_quantity" });
  });

  it("refuses an approval whose field says another number", () => {
    for (const quantity of ["48", "0", "many"])
      expect(form({ decision: "approve", quantity }), quantity).toMatchObject({ kind: "look_again" });
    for (const quantity of ["", " ", "24", "24.0"])
      expect(form({ decision: "approve", quantity }), quantity).toMatchObject({ kind: "verdict" });
    expect(form({ decision: "approve" })).toMatchObject({ kind: "verdict" });
    // What is closed or has changed is refused by the door, for its own reason.
    expect(form({ decision: "approve", quantity: "48" }, null)).toMatchObject({ kind: "verdict" });
  });

  it("shows a number back before it counts, unless it is written as it would be shown", () => {
    const modify = { decision: "modify", quantity: "1,200" };
    expect(form(modify, 24, english)).toMatchObject({ verdict: { quantity: 1_200 } });
    expect(form(modify, 24, german)).toMatchObject({ kind: "look_again", title: "Did you mean 1,2?" });
    expect(form({ ...modify, read_as: "1.2" }, 24, german)).toMatchObject({ verdict: { quantity: 1.2 } });
    expect(form({ decision: "modify", quantity: "1.200" }, 24, german)).toMatchObject({ verdict: { quantity: 1_200 } });
    expect(form({ decision: "modify", quantity: "４８" })).toMatchObject({ verdict: { quantity: 48 } });
  });
});

describe("a typed quantity", () => {
  it.each([
    ["90", 90, 90],
    [" 1 200 ", 1_200, 1_200],
    ["1,200", 1_200, 1.2],
    ["1.200", 1.2, 1_200],
    ["1.234.567", null, 1_234_567],
    ["1,234,567.5", 1_234_567.5, null],
    ["1.234,5", null, 1_234.5],
    ["2,5", 2.5, 2.5],
    ["2.5", 2.5, 2.5],
    ["12,34", 12.34, 12.34],
    // As a Japanese keyboard types them.
    ["４８", 48, 48],
    ["１，２００", 1_200, 1.2],
    ["２．５", 2.5, 2.5],
    ["", null, null],
    [",", null, null],
    ["-1", null, null],
    ["1e9", null, null],
    ["0x10", null, null],
    ["Infinity", null, null],
  ])("%s is %s to the English and %s to a German", (typed, inEnglish, inGerman) => {
    expect(readQuantity(typed, english)).toBe(inEnglish);
    expect(readQuantity(typed, german)).toBe(inGerman);
  });

  it("is read back by every locale as it is shown", () => {
    for (const locale of ["en", "de-DE", "de-CH", "fr-FR", "ja-JP", "en-IN", "pl-PL", "ar-EG"]) {
      const formats = formatsOf({ locale });
      for (const value of [7, 1_200, 12_345.5, 1_234_567, 0.25])
        expect([locale, readQuantity(formats.quantity(value), formats)]).toEqual([locale, value]);
    }
  });
});
