/** Counts of an item that differ by the stock alone share what a plan is made of; their answers stay the plan's. */
import { expect, it } from "vitest";
import { assess } from "../../src/workflow/steps/assess.ts";
import { validate } from "../../src/workflow/steps/validate.ts";
import type { Facts, ItemInputs, Trigger } from "../../src/workflow/facts.ts";
import type { ItemTerms } from "../../src/workflow/item-terms.ts";
import { aPolicy, aTrigger } from "../workflow/world.ts";
import { anEvent, aSeason, aWorld } from "./builders.ts";
import { NOW, TODAY, factsOf, known, seeded, steady, weekendShop } from "./shop.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const random = seeded(11);
const SLOW = steady().map((row) => ({ ...row, units: Math.floor(random() * 1.4) }));
const RARE = steady(365).map((row, at) => ({ ...row, units: Number(at % 25 === 7) }));
const GRAMS = steady().map((row) => ({ ...row, units: row.units / 10 }));

function inputsOf(changes: Partial<ItemInputs> = {}): ItemInputs {
  return { terms: {}, history: null, forecast: null, unavailable: false, version: "1", ...changes };
}

interface Counted {
  readonly trigger?: Partial<Trigger>;
  readonly terms?: ItemTerms;
  readonly facts?: Partial<Facts>;
  readonly now?: number;
}

function assessed(inputs: ItemInputs, { trigger = {}, terms = {}, facts = {}, now = NOW }: Counted) {
  const all = factsOf(inputs, facts);
  return assess(validate(aTrigger({ safetyStock: 0, ...trigger }), terms, all.world, now), all, now);
}

const HISTORIES = [
  ["steady", known(steady())],
  ["on weekends", known(weekendShop())],
  ["slow", known(SLOW)],
  ["once in 25 days", known(RARE)],
  ["by weight", known(GRAMS)],
  ["known to last week", known(steady(120, TODAY - 8))],
] as const;

it.each(HISTORIES)("an item that sells %s is decided as if every count were its first", (_, history) => {
  const inputs = inputsOf({ history });
  for (let stock = 0; stock < 420; stock += stock < 7 ? 1 : 7) {
    const count = { trigger: { currentStock: stock } };
    expect(assessed(inputs, count)).toEqual(assessed({ ...inputs }, count));
  }
});

const EVENTS = aWorld({ events: [anEvent("2040-03-01", "2040-03-04", 2)] });
const SEASON = aWorld({ season: aSeason(Array.from({ length: 53 }, (_, week) => 1 + week / 100)) });

it("whatever else changes between two counts, the answer is the first one's for these facts", () => {
  const inputs = inputsOf({ history: known(steady()) });
  const usual: Counted = { trigger: { currentStock: 300 } };
  const others: readonly Counted[] = [
    { ...usual, now: NOW + DAY_MS },
    { trigger: { currentStock: 300, occurredAt: NOW - 40 * 3_600_000 } },
    { trigger: { currentStock: 300, safetyStock: 150 } },
    { trigger: { currentStock: 300, terms: { leadTimeDays: 21 } } },
    { trigger: { currentStock: 300, terms: { serviceLevel: 0.8 } } },
    { trigger: { currentStock: 300, terms: { holdingCost: 2, shortageCost: 5 } } },
    { trigger: { currentStock: 300, terms: { packSize: 0.5 } } },
    { trigger: { currentStock: 300, terms: { maxStock: 350, minOrderQuantity: 9 } } },
    { trigger: { currentStock: 300, terms: { shelfLifeDays: 9 } } },
    { trigger: { currentStock: 300, backordered: 30 } },
    { trigger: { currentStock: 300, onOrder: 40 } },
    { trigger: { currentStock: 300, lots: [{ quantity: 80, expiresOn: TODAY + 2 }] } },
    { trigger: { currentStock: 299.5 } },
    { trigger: { currentStock: 0 } },
    { trigger: { currentStock: 1e15 } },
    { ...usual, terms: { reviewPeriodDays: 14 } },
    { ...usual, terms: { unmet: "backorder" } },
    { ...usual, terms: { phaseOutOn: TODAY + 3 } },
    { ...usual, terms: { fixedOrderCost: 20, unitCost: 4 } },
    { ...usual, facts: { world: EVENTS } },
    { ...usual, facts: { world: SEASON } },
    { ...usual, facts: { receivedSince: 25 } },
    { ...usual, facts: { outages: [{ from: NOW - 20 * DAY_MS, to: NOW - 5 * DAY_MS }] } },
    { ...usual, facts: { leadTimes: [{ promisedDays: 7, tookDays: 12 }] } },
    { ...usual, facts: { policy: aPolicy({ historyAgeDays: 3 }) } },
  ];
  for (const other of others) {
    for (const count of [usual, usual, other, other, usual])
      expect(assessed(inputs, count)).toEqual(assessed({ ...inputs }, count));
  }
});

it("covered counts of a day share the parts of their plan", () => {
  const inputs = inputsOf({ history: known(steady()) });
  const [, second, third] = [300, 310, 320].map((currentStock) => assessed(inputs, { trigger: { currentStock } }));
  expect(third?.input?.onHand).toBe(320);
  expect(third?.input?.leadTime).toBe(second?.input?.leadTime);
});
