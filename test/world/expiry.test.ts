/** Goods that do not keep: what a decision says of when they run out, and counts that contradict their lots. */
import { describe, expect, test } from "vitest";
import { sellsOutOn } from "../../src/world/lasting.ts";
import { decided, known, steady, TODAY } from "./shop.ts";
import { isoDay } from "../../src/shared/calendar-dates.ts";

const history = known(steady());
const soon = { leadTimeDays: 1, reviewPeriodDays: 7 };
const on = (day: number | null | undefined): string | null => (day == null ? null : isoDay(TODAY + day));
const dateIn = (day: number | null | undefined): string | null => (day == null ? null : isoDay(day));

describe("an item sells out", () => {
  test("when its lots expire, not when all of them would have been sold", () => {
    for (const [expiresOn, soldOut] of [
      [-1, 0],
      [0, 1],
      [1, 2],
      [30, 5],
    ] as const) {
      const lots = [{ quantity: 60, expiresOn: TODAY + expiresOn }];
      const { evidence } = decided({ history }, { currentStock: 60, lots }).decision;
      expect(dateIn(evidence.soldOutOn)).toBe(on(soldOut));
    }
  });

  test("at the end of its shelf life, with an order as well", () => {
    const { decision } = decided({ history, terms: { ...soon, shelfLifeDays: 5 } }, { currentStock: 60 });
    expect(decision.quantity).toBeGreaterThan(40);
    expect(dateIn(decision.evidence.soldOutOn)).toBe(on(1));
    expect(dateIn(decision.evidence.lastsUntil)).toBe(on(6));
  });

  test("after what keeps, where some of it does not", () => {
    const spoils = [{ quantity: 10, until: TODAY }];
    const lasting = (onHand: number) => sellsOutOn({ onHand, arrivals: [], spoils }, TODAY, () => 4);
    // Four of the ten are sold today, six are thrown away.
    expect(dateIn(lasting(10))).toBe(on(1));
    expect(dateIn(lasting(18))).toBe(on(3));
  });
});

describe("lots", () => {
  test("of more than the count are said, and what expires soonest is taken as sold", () => {
    const kept = { quantity: 40, expiresOn: TODAY + 300 };
    const all = decided({ history }, { currentStock: 40, lots: [kept] });
    const more = decided({ history }, { currentStock: 40, lots: [{ quantity: 20.5, expiresOn: TODAY }, kept] });
    expect(more.decision.quantity).toBe(all.decision.quantity);
    expect(more.decision.reasons).toContain(
      "The lots hold 60.5 and the count is 40: what expires soonest is taken as sold.",
    );
    expect(all.decision.reasons.join(" ")).not.toContain("lots");
    const promised = decided({ history }, { currentStock: 40, reserved: 10, lots: [kept] });
    expect(promised.decision.reasons.join(" ")).not.toContain("lots");
  });

  test("that have expired are no stock of the plain rule either", () => {
    const lots = [{ quantity: 12, expiresOn: TODAY - 1 }];
    const { decision } = decided({}, { currentStock: 15, safetyStock: 20, lots });
    expect(decision).toMatchObject({ action: "restock", quantity: 17, evidence: { inventoryPosition: 3 } });
    expect(decision.reasons).toContain("Of what was counted, 12 have expired and do not count.");
    expect(decided({}, { currentStock: 15, safetyStock: 20 }).decision.action).toBe("hold");
  });
});

test("the plain rule orders nothing that arrives after the last day of demand, and what is owed all the same", () => {
  const ending = (day: number) => ({ terms: { leadTimeDays: 7, phaseOutOn: TODAY + day } });
  const low = { currentStock: 3, safetyStock: 20 };
  expect(decided(ending(7), low).decision.quantity).toBe(17);
  const over = decided(ending(6), low).decision;
  expect(over).toMatchObject({
    action: "hold",
    rationale: "It is phased out before an order placed now would arrive.",
  });
  expect(over.reasons.join(" ")).not.toContain("safety stock");
  const owed = decided({ terms: { ...ending(6).terms, unmet: "backorder" } }, { ...low, currentStock: -4 }).decision;
  expect(owed.quantity).toBe(4);
});

test("quantities in reasons are the numbers themselves", () => {
  const overdue = { workflowId: "w", quantity: 0.1 + 0.2, placedAt: 0, expectedAt: 1 };
  const { decision } = decided({ facts: { openOrders: [overdue] } }, { currentStock: 0, safetyStock: 20 });
  expect(decision.reasons.join(" ")).toContain("An open order of 0.3 is overdue");
});
