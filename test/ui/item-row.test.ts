/** Lists of items go by each store's own day. */
import { expect, it } from "vitest";
import { soldOutText, type ItemRow } from "../../src/ui/today/item-row.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

/** 1 March 2040, 20:00 UTC: 2 March in Tokyo. */
const EVENING = Date.parse("2040-03-01T20:00:00Z");
const MARCH_2 = Date.parse("2040-03-02") / DAY_MS;

it.each([
  ["UTC", 0, "Fri 2 Mar"],
  ["Asia/Tokyo", 0, "today"],
  ["America/New_York", 0, "Fri 2 Mar"],
  ["UTC", 1, "today"],
  ["Asia/Tokyo", 1, "since Fri 2 Mar"],
])("what sells out on 2 March is sold out by the day in %s, %s days later: %s", (timeZone, days, expected) => {
  const row: ItemRow = {
    storeId: "main",
    productId: "TEA",
    name: null,
    gtin: null,
    supplierId: null,
    salesThrough: null,
    countedAt: null,
    soldOutOn: MARCH_2,
    arrivesOn: null,
    storeFacts: { name: null, locale: "en", timeZone },
  };
  expect(soldOutText(row, EVENING + days * DAY_MS)).toBe(expected);
});
