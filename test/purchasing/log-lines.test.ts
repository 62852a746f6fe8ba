import { describe, expect, it } from "vitest";
import { logPurchase } from "../../src/purchasing/purchase-log-lines.ts";
import type { Log } from "../../src/telemetry/log.ts";
import { ANA, PurchasingWorld, slotOf } from "./world.ts";

type Line = readonly [level: string, event: string, fields: Readonly<Record<string, unknown>>];

/** What the log says of an order between two moments of its life. */
function linesOf(world: PurchasingWorld, step: () => void): readonly Line[] {
  const lines: Line[] = [];
  const level =
    (name: string): Log["info"] =>
    (event, fields = {}) =>
      void lines.push([name, event, fields]);
  const before = world.order(0)!;
  step();
  const log = { debug: level("debug"), info: level("info"), warn: level("warn"), error: level("error") };
  logPurchase(log as unknown as Log, before, world.order(0)!);
  return lines;
}

function aDraft(): PurchasingWorld {
  const world = new PurchasingWorld();
  world.decide("apples", 6);
  world.tellLine("apples");
  return world;
}

describe("the log says of a purchase order", () => {
  it("each step with its store, supplier, status, value and number", () => {
    const world = aDraft();
    const { poId } = slotOf(0);
    const lines = linesOf(world, () => {
      world.does(poId, { type: "send", revision: world.order(0)!.revision, by: ANA });
      world.settle();
    });
    expect(lines.map(([level, event]) => [level, event])).toEqual([
      ["info", "purchase_order_closing"],
      ["info", "purchase_order_sent"],
    ]);
    expect(lines[1]![2]).toMatchObject({
      po_id: poId,
      store_id: "main",
      supplier_id: "s",
      status: "sent",
      value: 12,
      number: "PO-1",
    });
  });

  it("a cut-off that was missed as a warning", () => {
    const world = aDraft();
    const lines = linesOf(world, () => {
      world.now = slotOf(0).orderBy + 1;
      world.alarm();
    });
    expect(lines.map(([level, event]) => [level, event])).toEqual([["warn", "purchase_order_missed"]]);
  });
});
