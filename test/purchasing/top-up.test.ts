/** What an order below its supplier's minimum is offered. */
import { expect, test } from "vitest";
import { rankTopUps, type TopUpOffer } from "../../src/purchasing/order/top-up.ts";

function anOffer(productId: string, value: number, extraCost: number): TopUpOffer {
  return { productId, name: null, quantity: 1, value, extraCost };
}

const names = (offers: readonly TopUpOffer[]) => offers.map(({ productId }) => productId);

test("what costs least to hold for its value comes first, and equals in the order of their ids", () => {
  const offers = [anOffer("dear", 10, 5), anOffer("b", 100, 20), anOffer("a", 50, 10), anOffer("cheap", 100, 1)];
  expect(names(rankTopUps(offers, 50, "EUR"))).toEqual(["cheap", "a", "b", "dear"]);
});

test("twenty are listed, and more only where the minimum needs more", () => {
  const many = Array.from({ length: 30 }, (_, at) => anOffer(String(at).padStart(2, "0"), 10, at));
  expect(rankTopUps(many, 50, "EUR")).toHaveLength(20);
  expect(rankTopUps(many, 200, "EUR")).toHaveLength(20);
  expect(rankTopUps(many, 201, "EUR")).toHaveLength(21);
  expect(rankTopUps(many, 1_000, "EUR")).toHaveLength(30);
});

test("units are worth whole coins of the order's currency, as a line of them is", () => {
  const offers = [anOffer("milk", 94.023, 1), anOffer("crumb", 0.004, 0)];
  const listed = (currency: string | null) =>
    rankTopUps(offers, 100, currency).map(({ productId, value }) => [productId, value]);
  expect(listed("EUR")).toEqual([["milk", 94.02]]);
  expect(listed(null)).toEqual([["milk", 94.02]]);
  expect(listed("JPY")).toEqual([["milk", 94]]);
  expect(listed("KWD")).toEqual([
    ["crumb", 0.004],
    ["milk", 94.023],
  ]);
});
