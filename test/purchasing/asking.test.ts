import { describe, expect, it } from "vitest";
import { ANA, aPolicy, PurchasingWorld, slotOf, T0 } from "./world.ts";
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

describe("people hear that an order was sent", () => {
  const purposes = (world: PurchasingWorld): string[] => world.notices.map(({ purpose }) => purpose);

  it("where they were asked about it", () => {
    const world = countedAt(T0);
    world.now = orderBy - HOUR_MS;
    world.alarm();
    const { poId } = slotOf(0);
    world.does(poId, { type: "send", revision: world.order(0)!.revision, by: ANA });
    world.settle();
    expect([world.order(0)!.status, purposes(world)]).toEqual(["sent", ["ask", "sent", "outcome"]]);
  });

  it("and nobody does where the service sends by itself", () => {
    const world = new PurchasingWorld(aPolicy({ send: "auto" }));
    count(world, "apples");
    world.now = orderBy;
    world.alarm();
    world.settle();
    expect([world.order(0)!.status, purposes(world)]).toEqual(["sent", ["sent"]]);
  });
});

it("an item hears the last quantity that a person set, and none before it", () => {
  const world = countedAt(T0);
  const { poId } = slotOf(0);
  for (const quantity of [7, 9, 8]) world.edit(poId, "apples", quantity);
  expect(world.order(0)!.lines[0]!.tell).toMatchObject([{ kind: "set_firm", quantity: 8 }]);
  world.settle();
  expect(world.rows("apples").map(({ order }) => [order.quantity, order.purchase!.firmQuantity])).toEqual([[8, 8]]);
});

it("the record of an order names a person's channel, and none for what the service did by itself", () => {
  const world = countedAt(T0);
  const { poId } = slotOf(0);
  world.edit(poId, "apples", 7);
  const entries = world.order(0)!.audit.map(({ event, actor, channel }) => [event, actor, channel]);
  expect(entries).toContainEqual(["opened", "stockwarden", undefined]);
  expect(entries).toContainEqual(["edited", "ana", "api key:ana"]);
});
