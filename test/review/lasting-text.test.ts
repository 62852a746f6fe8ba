import { describe, expect, it } from "vitest";
import { formatsOf } from "../../src/shared/formats.ts";
import { lastingText, type LastingFacts } from "../../src/review/lasting-text.ts";

/** Sunday 29 November 2026. */
const TODAY = 20_786;
const formats = formatsOf({});
const facts: LastingFacts = {
  soldOutOn: TODAY + 3,
  lastsUntil: TODAY + 8,
  arrivesOn: TODAY + 5,
  quantity: 24,
  isEmpty: false,
};
const say = (change: Partial<LastingFacts>) => lastingText({ ...facts, ...change }, formats);

describe("when the shelf is empty, and until when an answer lasts", () => {
  it("sold out before an order could come: whatever is chosen", () => {
    expect(say({})).toBe("Sold out Wed 2 Dec, whatever you choose. Order 24: back Fri 4 Dec, lasts to Mon 7 Dec.");
    expect(say({ isEmpty: true })).toBe(
      "Sold out now, whatever you choose. Order 24: back Fri 4 Dec, lasts to Mon 7 Dec.",
    );
  });

  it("an order in time keeps it on the shelf", () => {
    expect(say({ soldOutOn: TODAY + 6 })).toBe(
      "Without an order: sold out Sat 5 Dec. Order 24: there Fri 4 Dec, lasts to Mon 7 Dec.",
    );
  });

  it("nothing ordered, and what lasts longer than a year", () => {
    expect(say({ quantity: 0 })).toBe("Without an order it lasts to Wed 2 Dec.");
    expect(say({ quantity: 0, soldOutOn: null })).toBe("What is there and on order lasts for more than a year.");
    expect(say({ quantity: 0, soldOutOn: TODAY + 363 })).toBe("Without an order it lasts to Sat 27 Nov 2027.");
    expect(say({ soldOutOn: TODAY + 6, lastsUntil: TODAY + 300 })).toMatch(/lasts to Sat 25 Sept? 2027\.$/);
    expect(say({ lastsUntil: null })).toContain("lasts for more than a year.");
  });
});
