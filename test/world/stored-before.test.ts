/** I12: a supplier and a store that v0.1.0 stored mean what they meant, whatever fields they have got since. */
import { expect, it } from "vitest";
import { toStore } from "../../src/api/world/store-facts.ts";
import { toSupplier } from "../../src/api/world/supplier-facts.ts";
import { toWorldFacts } from "../../src/storage/world-store.ts";
import { nextOpportunities, opportunitiesBetween } from "../../src/world/opportunities.ts";
import type { StoreFacts, SupplierFacts } from "../../src/world/types.ts";
import { DAY_MS } from "../../src/shared/durations.ts";
import fixture from "../fixtures/v0.1.0.json";

const T0 = Date.parse("2040-03-01T06:00:00Z");

function storedFacts<K extends "store" | "supplier">(kind: K) {
  const row = fixture.database.find((statement) => statement.includes(`VALUES ('${kind}', `))!;
  return toWorldFacts<K>(row.slice(row.indexOf("'{") + 1, row.lastIndexOf("'")).replaceAll("''", "'"));
}

const stored = { supplier: storedFacts("supplier"), store: storedFacts("store") };
/** As `makeFixture` of test/edge/item/stored-v0.1.0.test.ts set them. */
const present = {
  supplier: toSupplier("dairy", { name: "Dairy", lead_time_days: 2, send: "none" }),
  store: toStore("main", { name: "Main", time_zone: "Europe/Berlin", currency: "EUR" }),
};

const opportunitiesOf = ({ supplier, store }: { supplier: SupplierFacts; store: StoreFacts }) => {
  const calendar = { supplier, store, leadTimeDays: supplier.leadTimeDays! };
  return [nextOpportunities(calendar, T0), opportunitiesBetween(calendar, T0, T0 + 60 * DAY_MS)];
};

it("they have the order opportunities that they have when they are set today", () => {
  expect(opportunitiesOf(stored)[0]).not.toBeNull();
  expect(opportunitiesOf(stored)).toEqual(opportunitiesOf(present));
});
