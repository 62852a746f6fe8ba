import { describe, expect, it } from "vitest";
import type { PurchaseOrder } from "../../src/purchasing/order/types.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";
import type { SetBy } from "../../src/workflow/orders/purchase-line.ts";
import { ANA, aPolicy, BEN, PurchasingWorld, slotOf } from "./world.ts";

const events = (order: PurchaseOrder | undefined): string[] => order?.audit.map(({ event }) => event) ?? [];

function counted(world: PurchasingWorld, product: string, quantity: number): void {
  world.decide(product, quantity);
  world.tellLine(product);
  world.alarm();
}

function approve(world: PurchasingWorld, by: SetBy): void {
  const { id, revision } = world.order(0)!;
  world.does(id, { type: "approve", revision, by });
}

/** An order that the first of two people has approved. */
function approvedByAna(): PurchasingWorld {
  const world = new PurchasingWorld(aPolicy({ approvalsRequiredAbove: 0 }));
  counted(world, "apples", 6);
  approve(world, ANA);
  expect(world.order(0)).toMatchObject({ status: "awaiting_approval", approvals: [{ by: ANA }] });
  return world;
}

describe("the first of two approvals", () => {
  it("lapses by an entry of the trail when a line is added, and is needed again", () => {
    const world = approvedByAna();
    counted(world, "bread", 3);
    expect(world.order(0)!.approvals).toEqual([]);
    expect(events(world.order(0)).slice(-1)).toEqual(["approval_lapsed"]);
    approve(world, BEN);
    expect(world.order(0)!.status).toBe("awaiting_approval");
    approve(world, ANA);
    expect(world.order(0)!.status).toBe("approved");
  });

  it("stays when people are asked about the same order", () => {
    const world = approvedByAna();
    world.now = slotOf(0).orderBy - 2 * HOUR_MS;
    world.alarm();
    expect(events(world.order(0)).slice(-2)).toEqual(["approved_in_part", "asked"]);
    approve(world, BEN);
    expect(world.order(0)!.status).toBe("approved");
  });

  it("stays when the same quantity is said again", () => {
    const world = approvedByAna();
    counted(world, "apples", 6);
    approve(world, BEN);
    expect([world.order(0)!.status, events(world.order(0)).includes("approval_lapsed")]).toEqual(["approved", false]);
  });
});

describe("an approved order", () => {
  it("stays approved when its items plan more", () => {
    const world = approvedByAna();
    approve(world, BEN);
    counted(world, "bread", 3);
    expect([world.order(0)!.status, events(world.order(0)).includes("approval_lapsed")]).toEqual(["approved", false]);
  });
});
