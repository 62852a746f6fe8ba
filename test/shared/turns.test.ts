import { describe, expect, it } from "vitest";
import { Turns } from "../../src/shared/turns.ts";

describe("turns", () => {
  it("are as many as there are, and free again when they are given back", () => {
    const turns = new Turns(2, 60_000);
    const first = turns.take(0);
    expect(turns.take(0)).not.toBeNull();
    expect(turns.take(0)).toBeNull();
    first!();
    first!();
    expect(turns.take(1)).not.toBeNull();
    expect(turns.take(1)).toBeNull();
  });

  it("that nobody gave back are free after a while", () => {
    const turns = new Turns(1, 60_000);
    const lost = turns.take(0)!;
    expect(turns.take(59_999)).toBeNull();
    expect(turns.take(60_000)).not.toBeNull();
    lost();
    expect(turns.take(60_001)).toBeNull();
  });
});
