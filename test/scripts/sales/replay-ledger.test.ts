import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ItemLedger, openOrderDifferences } from "../../../scripts/lib/replay/replay-ledger.ts";

describe("the store's own books", () => {
  it("lose what the shelf cannot serve and say that it was empty", () => {
    const ledger = new ItemLedger(5);
    expect(ledger.sell(8)).toEqual({ sold: 5, missed: 3, emptied: true });
    expect(ledger.totals).toMatchObject({ unitsSold: 5, unitsMissed: 3, eveningStock: 0 });
  });

  it("put an order on the shelf on its morning, once", () => {
    const ledger = new ItemLedger(0);
    ledger.place({ workflowId: "a", quantity: 12, arrivesOn: 3 });
    expect(ledger.receiveDue(2)).toEqual([]);
    expect(ledger.outstanding).toBe(12);
    expect(ledger.receiveDue(3)).toHaveLength(1);
    expect(ledger.receiveDue(3)).toEqual([]);
    expect(ledger.onHand).toBe(12);
  });

  it("refuse a second order of one workflow", () => {
    const ledger = new ItemLedger(0);
    expect(ledger.place({ workflowId: "a", quantity: 1, arrivesOn: 1 })).toBe(true);
    expect(ledger.place({ workflowId: "a", quantity: 1, arrivesOn: 1 })).toBe(false);
    expect(ledger.totals.orders).toBe(1);
  });

  it("never lose or invent a unit", () => {
    const days = fc.array(fc.record({ demand: fc.nat(50), order: fc.nat(40), lead: fc.nat(6) }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.nat(100), days, (opening, plays) => {
        const ledger = new ItemLedger(opening);
        for (const [day, { demand, order, lead }] of plays.entries()) {
          ledger.receiveDue(day);
          ledger.sell(demand);
          if (order > 0) ledger.place({ workflowId: `w${day}`, quantity: order, arrivesOn: day + 1 + lead });
          const { unitsOrdered, unitsReceived, unitsSold } = ledger.totals;
          expect(unitsOrdered).toBe(unitsReceived + ledger.outstanding);
          expect(opening + unitsReceived).toBe(unitsSold + ledger.onHand);
          expect(ledger.onHand).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe("open orders of the server against the books", () => {
  const ours = [{ workflowId: "a", quantity: 4, arrivesOn: 2 }];

  it("agree whatever the order of the lists", () => {
    expect(openOrderDifferences([{ workflow_id: "a", quantity: 4 }], ours)).toEqual([]);
  });

  it.each([
    [
      "an order the store does not know",
      [
        { workflow_id: "a", quantity: 4 },
        { workflow_id: "b", quantity: 1 },
      ],
    ],
    ["an order that is missing", []],
    ["a quantity that differs", [{ workflow_id: "a", quantity: 5 }]],
    [
      "an order listed twice",
      [
        { workflow_id: "a", quantity: 4 },
        { workflow_id: "a", quantity: 4 },
      ],
    ],
  ])("differ by %s", (_, theirs) => {
    expect(openOrderDifferences(theirs, ours)).toHaveLength(1);
  });
});
