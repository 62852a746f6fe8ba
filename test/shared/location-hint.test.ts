import { expect, it } from "vitest";
import { placedNear } from "../../src/shared/location-hint.ts";

it.each([
  ["Tokyo", { continent: "AS", longitude: "139.69" }, "apac"],
  ["Dubai", { continent: "AS", longitude: "55.27" }, "me"],
  ["Lisbon", { continent: "EU", longitude: "-9.14" }, "weur"],
  ["Warsaw", { continent: "EU", longitude: "21.01" }, "eeur"],
  ["Seattle", { continent: "NA", longitude: "-122.33" }, "wnam"],
  ["New York", { continent: "NA", longitude: "-74.01" }, "enam"],
  ["Lagos", { continent: "AF", longitude: "3.38" }, "afr"],
] as const)("an item of a store in %s is made near it", (_, place, locationHint) => {
  expect(placedNear(place)).toEqual({ locationHint });
});

it("where the place is not known the platform chooses", () => {
  expect(placedNear(undefined)).toEqual({});
});
