import { describe, expect, it } from "vitest";
import { recentDemand, sparkline } from "../../src/review/chart-data.ts";
import { singleLine } from "../../src/review/safe-text.ts";
import { formatsOf, PLAIN } from "../../src/shared/formats.ts";
import {
  confidenceText,
  coverWords,
  durationText,
  percentText,
  proseOf,
  violationText,
} from "../../src/review/wording.ts";
import { describe as describeViolation } from "../../src/workflow/refusals.ts";
import { mayReview } from "../../src/review/reviewers.ts";
import { expiryOutcomeFor } from "../../src/workflow/asking/expiry-outcome.ts";
import { someSettings } from "./some-settings.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("words for people", () => {
  it.each([
    [30_000, "under a minute"],
    [59 * MINUTE, "59 min"],
    [3 * HOUR + 20 * MINUTE, "3 h 20 min"],
    [47 * HOUR, "47 h"],
    [52 * HOUR, "2 days 4 h"],
  ])("say %i ms as %s", (ms, words) => expect(durationText(ms)).toBe(words));

  it("give the rule that a quantity breaks as the API does, with the store's decimals", () => {
    const words = describeViolation({ reason: "off_pack", packSize: 0.5 });
    expect(words).toBe("must be a multiple of the pack size of 0.5");
    expect(violationText(words, formatsOf({ locale: "de-DE" }))).toBe("It must be a multiple of the pack size of 0,5.");
  });

  it.each([
    ["Restock 1.125: with it 4 %.", "Restock 1,125: with it 4 %."],
    ["-31.5 on hand (2.5 with what is on order).", "-31,5 on hand (2,5 with what is on order)."],
    ["It lasts 2.5.", "It lasts 2,5."],
    ["Half the safety stock of 654321.", "Half the safety stock of 654.321."],
    ["-1200.25 on hand", "-1.200,25 on hand"],
    ["The 1200 sold on 2026-06-12 are left out.", "The 1.200 sold on Fri 12 Jun 2026 are left out."],
    ["expected 2026-12-04T23:30:00.000Z; reference 4711-0815", "expected Sat 5 Dec, 00:30 CET; reference 4711-0815"],
    ["Sku v1.5, gpt-4.1, 10.0.0.1, 06:15 UTC, PO#48210", "Sku v1.5, gpt-4.1, 10.0.0.1, 06:15 UTC, PO#48210"],
    ["Expo 2027: 2 times the usual, not 2026-13-45.", "Expo 2027: 2 times the usual, not 2026-13-45."],
  ])("write the numbers and days of %j as the store does", (kept, shown) => {
    expect(proseOf(kept, formatsOf({ locale: "de-DE", timeZone: "Europe/Berlin" }))).toBe(shown);
  });

  it("group the thousands of a sentence in a store that nobody described as well", () => {
    expect(proseOf("The safety stock of 654321 is 1.5 times.", PLAIN)).toBe(
      "The safety stock of 654,321 is 1.5 times.",
    );
  });

  it.each([
    [0, "under 1 %"],
    [0.004, "under 1 %"],
    [0.46, "46 %"],
    [0.999, "over 99 %"],
    [1, "over 99 %"],
  ])("say %f as %s", (fraction, words) => expect(percentText(fraction)).toBe(words));

  it.each([
    [0.04, "0 days of sales"],
    [0.96, "1 day of sales"],
    [2.14, "2.1 days of sales"],
  ])("say a stock of %f days as %s", (days, words) => expect(coverWords(days, PLAIN)).toBe(words));

  it("say times in UTC and numbers in full", () => {
    expect(PLAIN.time(Date.UTC(2040, 0, 16, 9, 5))).toBe("Mon 16 Jan, 09:05 UTC");
    expect(PLAIN.quantity(-0)).toBe("0");
    expect(PLAIN.quantity(1_234.5)).toBe("1,234.5");
    expect(confidenceText(0.46)).toBe("Low: about 5 in 10 orders like this one turn out right");
  });
});

describe("text from outside on one line", () => {
  it("loses what cannot be seen and what breaks a line, and keeps every script's letters", () => {
    expect(singleLine("a\r\nBcc: b\u202egnp.exe\u200b\u{e0041}", 100)).toBe("a Bcc: bgnp.exe");
    expect(singleLine("緑茶 500 ml 🍵 Grüße", 100)).toBe("緑茶 500 ml 🍵 Grüße");
  });

  it("is cut between characters, never inside one", () => {
    expect(singleLine("🍵🍵🍵🍵", 3)).toBe("🍵🍵…");
  });
});

describe("demand as one line", () => {
  it("rises with what was sold and is empty where nothing was", () => {
    const points = recentDemand(
      { firstDay: 0, startDate: "1970-01-01", units: [0, 1, 4, 8], inStock: [true, true, false, true] },
      3,
    );
    expect(points.map((point) => point.inStock)).toEqual([true, false, true]);
    expect(sparkline(points)).toBe("▂▅█");
    expect(sparkline([])).toBe("");
  });
});

describe("the list of reviewers", () => {
  it("opens to everybody when unset, and to a person by any of their names when set", () => {
    expect(mayReview(someSettings(), ["eve"])).toBe(true);
    const listed = someSettings({ REVIEWERS: "Ana@example.com,U0BEN" });
    expect(mayReview(listed, ["ana@example.com"])).toBe(true);
    expect(mayReview(listed, ["U0BEN", "ben"])).toBe(true);
    expect(mayReview(listed, ["eve@example.com"])).toBe(false);
  });
});

describe("what silence means", () => {
  const policy = { expiryOutcome: "hold", expiryByRisk: { plain_rule: "fallback", value_above_cap: "hold" } } as const;

  it("follows the reason that is asked for, the careful outcome first, else the general one", () => {
    expect(expiryOutcomeFor(["plain_rule"], policy)).toBe("fallback");
    expect(expiryOutcomeFor(["plain_rule", "value_above_cap"], policy)).toBe("hold");
    expect(expiryOutcomeFor(["first_order"], policy)).toBe("hold");
    expect(expiryOutcomeFor([], { expiryOutcome: "fallback" })).toBe("fallback");
  });
});
