/** What is believed of a lead time: the promise alone, or what came. */
import { expect, test } from "vitest";
import { plan } from "../../src/replenishment/plan.ts";
import { leadBelief, meanLead, medianLead, survival } from "../../src/replenishment/supply/lead-times.ts";
import { aPlanInput } from "../support/builders/plan-input.ts";

const OPEN = { quantity: 1, age: 0 };

test("while nothing deviated, the promise is believed and every order comes", () => {
  const belief = leadBelief({ promised: 5, observed: [5, 5] }, [OPEN]);
  expect(belief).toEqual({ promised: 5, leads: [{ lead: 5, weight: 1 }], lost: 0, asPromised: true });
  expect([survival(belief, 5), survival(belief, 6)]).toEqual([1, 0]);
});

test("one deviation makes a day sooner and a day later as likely as each other, beside what came", () => {
  const { leads, lost } = leadBelief({ promised: 5, observed: [5, 9] }, []);
  expect(leads.map(({ lead }) => lead)).toEqual([4, 5, 6, 9]);
  const [sooner, asPromised, later, came] = leads.map(({ weight }) => weight);
  expect(sooner).toBe(later);
  expect(asPromised!).toBeGreaterThan(came!);
  expect(leads.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  expect(lost).toBeGreaterThan(0);
});

test("of a promise of less than a day, nothing comes before it is ordered", () => {
  expect(leadBelief({ promised: 0.5, observed: [3] }, []).leads.map(({ lead }) => lead)).toEqual([0.5, 1.5, 3]);
});

test("an order beyond the longest lead time makes lost ones likelier, and leads stay what they were", () => {
  const on = leadBelief({ promised: 5, observed: [7, 7, 7] }, [OPEN]);
  const beyond = leadBelief({ promised: 5, observed: [7, 7, 7] }, [{ quantity: 1, age: 20 }]);
  expect(beyond.lost).toBeGreaterThan(2 * on.lost);
  expect([meanLead(beyond), medianLead(on)]).toEqual([meanLead(on), 7]);
});

test("that orders never come is said once one is older than any that came, not after one late order", () => {
  const said = (observed: number[], age: number): string =>
    plan(aPlanInput({ leadTime: { promised: 5, observed }, openOrders: [{ quantity: 1, age }] })).reasons.find(
      (reason) => reason.startsWith("The supplier"),
    )!;
  expect(said([5, 5, 9], 0)).toMatch(
    /^The supplier does not keep to 5 weeks: orders are expected to take 5\.\d weeks\.$/u,
  );
  expect(said([5, 5, 9], 7)).toMatch(/: 1 open order is overdue, and orders are expected to take 5\.\d weeks\.$/u);
  expect(said([5, 5, 9], 12)).toMatch(/: 1 open order is overdue, and \d+ % of orders are expected never to come\.$/u);
});
