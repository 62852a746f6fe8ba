import { describe, expect, it } from "vitest";
import { PurchasingWorld, slotOf, T0 } from "./world.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";

const { orderBy } = slotOf(0);

/** A world in which a store's counts begin to come at a moment. */
function countedAt(now: number): PurchasingWorld {
  const world = new PurchasingWorld();
  world.now = now;
  count(world, "apples");
  return world;
}

function count(world: PurchasingWorld, product: string): void {
  world.decide(product, 6);
  world.tellLine(product);
  world.alarm();
}

function asked(world: PurchasingWorld): number {
  return world.notices.filter(({ purpose }) => purpose === "ask").length;
}

describe("people are asked about an order", () => {
  it("two hours before its cut-off", () => {
    const world = countedAt(T0);
    world.now = orderBy - 2 * HOUR_MS - 1;
    world.alarm();
    expect(asked(world)).toBe(0);
    world.now++;
    world.alarm();
    expect([asked(world), world.order(0)!.status]).toEqual([1, "awaiting_approval"]);
  });

  it("once for all its lines, where the store's counts come later than that", () => {
    const world = countedAt(orderBy - HOUR_MS);
    for (const product of ["bread", "cheese"]) {
      world.now += 500;
      count(world, product);
    }
    expect(asked(world)).toBe(0);
    world.now += 4_000;
    world.alarm();
    expect([asked(world), world.order(0)!.lines.length]).toEqual([1, 3]);
    count(world, "dates");
    expect(asked(world)).toBe(1);
  });

  it("at once in the last minute", () => {
    expect(asked(countedAt(orderBy - 30_000))).toBe(1);
  });
});
