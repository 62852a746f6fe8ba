/**
 * What describes the world is answered as it was set. Each sample names every field by its type, so a new one does not
 * compile until it is here.
 */
import type * as z from "zod";
import { expect, it } from "vitest";
import { personToWire, toPerson } from "../../src/api/person-to-wire.ts";
import { PersonAnswer, PersonBody } from "../../src/api/person-shape.ts";
import { eventToWire, toEvent } from "../../src/api/world/event-facts.ts";
import { EventAnswer, EventBody } from "../../src/api/world/event-shape.ts";
import { storeToWire, toStore } from "../../src/api/world/store-facts.ts";
import { StoreAnswer, StoreBody } from "../../src/api/world/store-shape.ts";
import { supplierToWire, toSupplier } from "../../src/api/world/supplier-facts.ts";
import { SupplierAnswer, SupplierBody } from "../../src/api/world/supplier-shape.ts";

const SUPPLIER: Required<z.input<typeof SupplierBody>> = {
  name: "Dairy",
  emails: ["orders@dairy.example"],
  currency: "CHF",
  rate: 1.1,
  time_zone: "Europe/Zurich",
  lead_time_days: 2,
  lead_time_in: "working",
  working_days: ["tue", "wed"],
  order_days: ["mon", "thu"],
  cut_off: "11:00",
  delivery_days: ["fri"],
  closed: ["2040-12-25", { from: "2040-12-30", to: "2041-01-02" }],
  minimum_order_value: 150,
  send: "auto",
};
const STORE: Required<z.input<typeof StoreBody>> = {
  name: "Kyoto 3",
  time_zone: "Asia/Tokyo",
  locale: "ja",
  currency: "JPY",
  open_days: ["mon", "sat"],
  closed: ["2040-01-01"],
  review_at: "06:30",
  review_hours: { from: "08:00", to: "20:00" },
  count_max_age_hours: 12,
  reviewers: ["ana"],
};
const EVENT: Required<z.input<typeof EventBody>> = {
  name: "Gion",
  from: "2040-07-01",
  to: "2040-07-31",
  multiplier: 2,
  like: "gion-39",
  stores: ["kyoto-3"],
  products: ["tea"],
  suppliers: ["leaf"],
};
const PERSON: Required<z.input<typeof PersonBody>> = {
  name: "Ana",
  email: "ana@example.com",
  slack_user: "U012AB3CD",
  stores: ["kyoto-3"],
  may: ["review"],
  value_limit: 500,
  away: { from: "2040-08-01", to: "2040-08-14", delegate: "ben" },
};

it.each([
  ["a supplier", SUPPLIER, supplierToWire(toSupplier("x", SupplierBody.parse(SUPPLIER))), SupplierAnswer],
  ["a store", STORE, storeToWire(toStore("x", StoreBody.parse(STORE))), StoreAnswer],
  ["an event", EVENT, eventToWire(toEvent("x", EventBody.parse(EVENT)), null), EventAnswer],
  ["a person", PERSON, personToWire(toPerson("x", PersonBody.parse(PERSON))), PersonAnswer],
] as const)("%s is answered as it was set, and the documents name each field", (_, set, answered, documented) => {
  expect(answered).toMatchObject(set);
  expect(Object.keys(answered).filter((field) => !(field in documented.shape))).toEqual([]);
});
