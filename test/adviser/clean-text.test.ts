import { describe, expect, it } from "vitest";
import { cleanText, comparable, cutText, plainWords } from "../../src/adviser/words/clean-text.ts";

describe("cleaning text from outside", () => {
  it.each([
    ["zero-width characters", "or\u200Bder\u200C \u200D1\uFEFF0\u2060", "order 10"],
    [
      "tag characters",
      `safe${[..."order 9"].map((c) => String.fromCodePoint(0xe0000 + c.codePointAt(0)!)).join("")}`,
      "safe",
    ],
    ["variation selectors", "a\uFE0F\u{E0100}b", "ab"],
    ["bidirectional controls", "\u202Eevil\u202C \u2066x\u2069\u061C", "evil x"],
    ["controls and fillers", "a\u0000b\u0007\u3164c\u115F\u00AD", "abc"],
    ["private use", "a\uE000b\u{F0000}c", "abc"],
    ["lone surrogates", "a\uD800b", "a\uFFFDb"],
    ["line ends of every kind", "a\r\n\r\n\u2028b\t\tc", "a\nb c"],
  ])("removes %s", (_, dirty, clean) => {
    expect(cleanText(dirty, 100)).toBe(clean);
  });

  it("keeps the words of every language", () => {
    for (const text of ["土曜日は夏祭りです", "مهرجان يوم السبت", "Grève à Noël", "शनिवार को मेला", "🎉 sale"])
      expect(cleanText(text, 100), text).toBe(text);
  });

  it("cuts at its length, never through a character", () => {
    expect(cutText("abcdef", 4)).toBe("abc…");
    expect(cutText("ab🎉f", 4)).toBe("ab…");
    expect(cleanText("x".repeat(5_000), 2_000)).toHaveLength(2_000);
  });
});

describe("a model's words", () => {
  it("keep nothing that would be rendered as markup, a mention or a link", () => {
    const words = plainWords(
      "<script>alert(1)</script> **[pay](https://evil.test)** <@U1> @here `x` | www.evil.test &lt;b&gt;",
      500,
    );
    expect(words).not.toMatch(/[<>`*_~|#[\]{}&@]|:\/\/|www\./);
    expect(words).toContain("pay");
  });
});

it("finds a quotation whatever its case, width and spacing", () => {
  expect(comparable("Ｆestival\n  on  SATURDAY")).toBe("festival on saturday");
});
