/** What an item's decisions share is made once: fitting and simulating are most of a plan's time. */
import { expect, it } from "vitest";
import { preparedOnce } from "../../src/replenishment/models/keep-prepared.ts";
import { historyOf } from "../../src/world/history.ts";
import { anEvent, aSeason, aStore, aWorld } from "./builders.ts";
import { bookOf, decided, steady } from "./shop.ts";

const HISTORY = historyOf(bookOf(steady()));
const SEASON = aSeason(Array.from({ length: 53 }, (_, week) => 1 + week / 100));

it.each([
  ["without a store", aWorld()],
  ["of a described store", aWorld({ version: 3, store: aStore() })],
  ["with events and a season", aWorld({ events: [anEvent("2040-03-01", "2040-03-04", 2)], season: SEASON })],
])("the next count of an item %s is decided on the same models", (_what, world) => {
  const [first, next] = [70, 90].map((currentStock) => decided({ history: HISTORY, world }, { currentStock }));
  expect(next?.input?.onHand).toBe(90);
  expect(next?.input?.inStock).toBe(first?.input?.inStock);
  expect(preparedOnce(next!.input!)).toBe(preparedOnce(first!.input!));
});
