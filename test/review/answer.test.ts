import { describe, expect, it } from "vitest";
import { answerIn, quantityOf } from "../../src/http/pages/form-answer.ts";

const form = (fields: Record<string, string>) => answerIn(new URLSearchParams(fields));

describe("an answer from a form", () => {
  it("needs the button that was clicked: without it nothing is decided", () => {
    expect(form({ quantity: "90", revision: "1" })).toEqual({ kind: "no_click" });
    expect(form({ decision: "constructor" })).toEqual({ kind: "no_click" });
  });

  it("takes a quantity only with the button for it", () => {
    expect(form({ decision: "approve", quantity: "90" })).toMatchObject({
      verdict: { kind: "approve", quantity: null },
    });
    expect(form({ decision: "modify", quantity: "90", comment: " less " })).toMatchObject({
      verdict: { kind: "modify", quantity: 90, comment: "less" },
    });
    expect(form({ decision: "modify", quantity: "ninety" })).toMatchObject({ kind: "bad_quantity" });
  });

  it.each([
    ["90", 90],
    [" 1 200 ", 1_200],
    ["1,200", 1_200],
    ["2,5", 2.5],
    ["2.5", 2.5],
    ["", null],
    ["-1", null],
    ["1e9", null],
    ["0x10", null],
    ["Infinity", null],
  ])("reads %s as %s", (typed, quantity) => expect(quantityOf(typed)).toBe(quantity));
});
