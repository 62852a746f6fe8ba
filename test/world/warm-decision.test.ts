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
  const first = decided({ history: HISTORY, world }, { currentStock: 70 });
  // An object that was closed in between gets the facts of its store anew.
  const next = decided({ history: HISTORY, world: structuredClone(world) }, { currentStock: 90 });
  expect(next.input?.onHand).toBe(90);
  expect(next.input?.inStock).toBe(first.input?.inStock);
  expect(preparedOnce(next.input!)).toBe(preparedOnce(first.input!));
});

it("a decision is made on new models once the store's facts change", () => {
  const first = decided({ history: HISTORY, world: aWorld() });
  const events = [anEvent("2040-01-10", "2040-01-12", 3)];
  const next = decided({ history: HISTORY, world: aWorld({ version: 4, events }) });
  const seasonal = decided({ history: HISTORY, world: aWorld({ version: 5, season: SEASON }) });
  expect(preparedOnce(next.input!)).not.toBe(preparedOnce(first.input!));
  expect(preparedOnce(seasonal.input!)).not.toBe(preparedOnce(first.input!));
});
