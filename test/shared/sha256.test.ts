import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256Hex } from "../../src/shared/sha256.ts";

it("hashes the UTF-8 of a text, short or long, whatever was hashed before", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 1_100 }), fc.string({ unit: "grapheme" })), (text) => {
      expect(sha256Hex(text)).toBe(createHash("sha256").update(text).digest("hex"));
    }),
  );
});

it.each([511, 512, 513])("hashes %i letters", (length) => {
  const text = "a".repeat(length);
  expect(sha256Hex(text)).toBe(createHash("sha256").update(text).digest("hex"));
});
