import { expect, it } from "vitest";
import { nearStore } from "../../src/connect/near-store.ts";

it.each([
  ["Asia/Tokyo", "apac"],
  ["Asia/Dubai", "me"],
  ["Europe/Lisbon", "weur"],
  ["Europe/Berlin", "weur"],
  ["Europe/Helsinki", "eeur"],
  ["America/Los_Angeles", "wnam"],
  ["America/Chicago", "enam"],
  ["America/Sao_Paulo", "sam"],
  ["America/Argentina/Cordoba", "sam"],
  ["Africa/Lagos", "afr"],
  ["Australia/Perth", "oc"],
] as const)("an item that a connected shop in %s reports first is made near its store", (timeZone, locationHint) => {
  expect(nearStore({ timeZone })).toEqual({ locationHint });
});

it.each([null, { timeZone: "UTC" }, { timeZone: "Etc/GMT+3" }])("%j names no place: the platform chooses", (store) => {
  expect(nearStore(store)).toEqual({});
});
