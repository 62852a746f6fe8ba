import { describe, expect, it } from "vitest";
import { piecesOf } from "../../src/storage/text-pieces.ts";

describe("a long text", () => {
  it("is the same text when its pieces are joined, and no piece exceeds a row, even in three-byte characters", () => {
    const text = "米".repeat(1_000_000) + "1";
    const pieces = piecesOf(text);
    expect(pieces.join("")).toBe(text);
    expect(pieces.length).toBe(3);
    expect(pieces.every((piece) => new TextEncoder().encode(piece).length < 2_000_000)).toBe(true);
  });

  it("of no characters, and one that fits exactly, is one piece", () => {
    expect(piecesOf("")).toEqual([""]);
    expect(piecesOf("a".repeat(500_000))).toHaveLength(1);
  });
});
