/**
 * Zipkin (2008), "Old and new methods for lost-sales inventory systems": Poisson(5) demand, holding 1, optimal costs by
 * value iteration. The plan is given the true distribution, as it would be known after a long history, and plays 40,000
 * periods.
 */
import { expect, it } from "vitest";
import { mulberry32 } from "../../../bench/plan/statistics.ts";
import { COUNT_MODELS } from "../../../src/replenishment/models/count-bank.ts";
import { countQuantile } from "../../../src/replenishment/models/count-quantile.ts";
import { plan, prepare, type Prepared } from "../../../src/replenishment/plan.ts";
import type { OpenOrder, PlanInput } from "../../../src/replenishment/types.ts";
import { someOf } from "../../support/counts.ts";
import { aPlanInput } from "../../support/builders/plan-input.ts";

const PERIODS = 40_000;
const WARM_UP = 100;
const MEAN = 5;
const POISSON = 4;
/** Within 2 % of the optimum, to which the simulation adds about half a percent. */
const WITHIN = 1.02;

it.each(
  someOf<readonly [number, number, number]>([
    [4, 1, 4.04],
    [4, 2, 4.4],
    [4, 3, 4.6],
    [9, 1, 5.44],
    [9, 2, 6.09],
    [9, 3, 6.53],
    [19, 1, 6.68],
    [19, 2, 7.66],
    [19, 3, 8.36],
  ]),
)("reaches the optimal cost of lost sales within 2 %%: shortage %s, lead time %s", (shortage, lead, optimal) => {
  const input = aPlanInput({
    history: Array.from({ length: 60 }, () => MEAN),
    leadTime: { promised: lead, observed: [] },
    costs: { holding: 1, shortage, fixedOrder: 0 },
  });
  expect(simulatedCost(input, poissonKnown(input)) / optimal).toBeLessThan(WITHIN);
});

function poissonKnown(input: PlanInput): Prepared {
  const weights = new Float64Array(COUNT_MODELS);
  weights[POISSON] = 1;
  const level = new Float64Array(5).fill(MEAN);
  return { ...prepare(input), models: { kind: "counts", bank: { seen: 60, block: 1, level, slow: MEAN, weights } } };
}

function simulatedCost(input: PlanInput, prepared: Prepared): number {
  const random = mulberry32(99);
  const answers = new Map<string, number>();
  const lead = input.leadTime.promised;
  let onHand = 12;
  let open: OpenOrder[] = [];
  let cost = 0;
  for (let period = 0; period < PERIODS; period++) {
    const state = JSON.stringify([onHand, open]);
    const quantity = answers.get(state) ?? plan({ ...input, onHand, openOrders: open }, prepared).quantity;
    answers.set(state, quantity);
    if (quantity > 0) open = [...open, { quantity, age: 0 }];
    for (const order of open) if (order.age >= lead) onHand += order.quantity;
    open = open.filter((order) => order.age < lead).map((order) => ({ ...order, age: order.age + 1 }));
    const demand = countQuantile(random(), MEAN, Number.POSITIVE_INFINITY);
    const sold = Math.min(demand, onHand);
    onHand -= sold;
    if (period >= WARM_UP) cost += input.costs.holding * onHand + input.costs.shortage * (demand - sold);
  }
  return cost / (PERIODS - WARM_UP);
}
