/** What is stored and can have no effect as it is comes back with a warning; what has one comes back without. */
import { describe, expect, it } from "vitest";
import { useSettings } from "../support/settings.ts";
import { ask, DAY_MS, T0, useWorld } from "../support/world.ts";

useWorld();
const set = useSettings();

const date = (days: number) => new Date(T0 + days * DAY_MS).toISOString().slice(0, 10);
const WHOLE_YEARS = [{ from: date(-1), to: date(900) }];

async function warned(path: string, body: object, headers: Record<string, string> = {}): Promise<string[]> {
  const answer = await ask("PUT", path, body, headers);
  expect([200, 201]).toContain(answer.status);
  return answer.body.warnings ?? [];
}

describe("a store's reviewers", () => {
  const MAIL = { email: { to: ["shop@example.com"], from: "shop@example.com", mailUrl: null } };

  it("are named where nobody is asked by their name", async () => {
    await set(MAIL);
    await ask("PUT", "/people/ana", { name: "Ana", email: "ana@example.com" });
    await ask("PUT", "/people/far", { name: "Far", email: "far@example.com", stores: ["elsewhere"] });
    await ask("PUT", "/people/mute", { name: "Mute", email: "mute@example.com", may: [] });
    expect(await warned("/stores/main", { reviewers: ["ana", "ANA@example.com", "stranger@example.com"] })).toEqual([]);
    expect(await warned("/stores/main", { reviewers: [] })).toEqual([]);
    expect(await warned("/stores/main", { reviewers: ["ana", "bob", "far", "mute"] })).toEqual([
      "reviewers: bob, far: no person who sees this store, so not asked",
      "reviewers: mute: asked, but without the permission to answer (review)",
    ]);
    expect(await warned("/stores/main", { reviewers: ["bob"] })).toEqual([
      "reviewers: bob: no person who sees this store, so not asked, and REVIEW_EMAIL_TO is asked instead",
    ]);
  });

  it("are told apart by no key that is bound to the store", async () => {
    await set(MAIL);
    await ask("PUT", "/people/far", { name: "Far", email: "far@example.com", stores: ["elsewhere"] });
    const { body } = await ask("POST", "/keys", { name: "till", scopes: ["write"], stores: ["main"] });
    const as = { Authorization: `Bearer ${body.key}` };
    const [known] = await warned("/stores/main", { reviewers: ["far"] }, as);
    const [unknown] = await warned("/stores/main", { reviewers: ["fur"] }, as);
    expect(known?.replace("far", "fur")).toBe(unknown);
  });

  it("without mail are nobody's", async () => {
    expect(await warned("/stores/main", { reviewers: ["ana@example.com"] })).toEqual([
      "reviewers: mail is not set up (REVIEW_EMAIL_TO), so nobody is mailed",
    ]);
  });
});

describe("a supplier", () => {
  it("that takes and delivers nothing in the coming year is one without a cut-off", async () => {
    expect(await warned("/suppliers/leaf", { closed: WHOLE_YEARS })).toEqual([
      expect.stringMatching(/^order_days, delivery_days, closed: no day/),
    ]);
    expect(await warned("/suppliers/leaf", { order_days: ["mon"], delivery_days: ["tue"], closed: [date(3)] })).toEqual(
      [],
    );
  });

  it("that delivers when its stores are closed is named on either side, where an item is bought so", async () => {
    await ask("PUT", "/stores/main", { open_days: ["mon", "tue"] });
    expect(await warned("/suppliers/leaf", { delivery_days: ["sat"] })).toEqual([]);
    await ask("PUT", "/products/TEA", { supplier_id: "leaf" });
    expect(await warned("/suppliers/leaf", { delivery_days: ["sat"] })).toEqual([
      "delivery_days: no day of the coming year suits a delivery of leaf to main: orders have no cut-off",
    ]);
    expect(await warned("/stores/main", { open_days: ["mon"] })).toEqual([
      "open_days, closed: no day of the coming year suits a delivery of leaf to main: orders have no cut-off",
    ]);
    expect(await warned("/stores/main", { open_days: ["mon", "sat"] })).toEqual([]);
  });

  it("in other money without a rate has no known values", async () => {
    await ask("PUT", "/stores/main", { currency: "JPY" });
    await ask("PUT", "/products/TEA", { supplier_id: "leaf" });
    expect(await warned("/suppliers/leaf", { currency: "EUR" })).toEqual([
      "rate: leaf is paid in EUR, main in JPY: values are unknown",
    ]);
    expect(await warned("/suppliers/leaf", { currency: "EUR", rate: 160 })).toEqual([]);
  });

  it("whose orders nobody makes has no use for what only such orders read", async () => {
    const facts = { minimum_order_value: 100, emails: ["leaf@example.com"], working_days: ["mon"] };
    expect((await warned("/suppliers/leaf", facts)).map((text) => text.split(":")[0])).toEqual([
      "minimum_order_value",
      "emails",
      "working_days",
    ]);
    expect(await warned("/suppliers/leaf", { ...facts, send: "auto", lead_time_in: "working" })).toEqual([]);
  });
});

describe("an event", () => {
  const days = { from: date(5), to: date(6) };

  it("that changes nothing says so", async () => {
    expect(await warned("/events/fair", { ...days, multiplier: 1 })).toEqual(["multiplier: 1 changes nothing"]);
    await ask("PUT", "/events/past", { from: date(-5), to: date(-4) });
    expect(await warned("/events/fair", { ...days, like: "past" })).toEqual([
      "like: nothing was measured of past yet, so demand stays as it is until then",
    ]);
    expect(await warned("/events/fair", { ...days, like: "past", multiplier: 2 })).toEqual([
      "like: the multiplier goes before it",
    ]);
    expect(await warned("/events/fair", { ...days, multiplier: 2 })).toEqual([]);
  });

  it("of stores and suppliers that nobody described names them", async () => {
    await ask("PUT", "/products/TEA?store_id=kyoto", {});
    const facts = { ...days, multiplier: 2, stores: ["kyoto", "kyotoo"], suppliers: ["leaf"] };
    expect(await warned("/events/fair", facts)).toEqual([
      "suppliers: leaf: not described, so no item is theirs",
      "stores: kyotoo: neither described nor with an item",
    ]);
  });
});

it("a person who approves nothing, or whose delegate cannot take their place, comes with a warning", async () => {
  await ask("PUT", "/stores/main", {});
  await ask("PUT", "/people/ben", { name: "Ben", email: "ben@example.com", stores: ["main"], may: ["order"] });
  const away = { from: date(1), to: date(4), delegate: "ben" };
  const ana = { name: "Ana", email: "ana@example.com" };
  expect(await warned("/people/ana", { ...ana, value_limit: 0, stores: ["mian"] })).toEqual([
    "value_limit: with 0 this person approves nothing that costs money",
    "stores: mian: neither described nor with an item yet",
  ]);
  expect((await warned("/people/ana", { ...ana, away })).map((text) => text.slice(0, 14))).toEqual([
    "away: ben does",
    "away: ben is w",
  ]);
  expect(await warned("/people/ana", { ...ana, away: { ...away, from: date(-9), to: date(-5) } })).toEqual([
    "away: is over, so nobody else is asked",
  ]);
  await ask("PUT", "/people/ben", { name: "Ben", email: "ben@example.com" });
  expect(await warned("/people/ana", { ...ana, value_limit: 10, stores: ["main"], away })).toEqual([]);
});

it("settings of an item that other settings go before, or that nothing is known of, come with a warning", async () => {
  expect(await warned("/products/TEA", { service_level: 0.9, holding_cost: 1, shortage_cost: 4 })).toEqual([
    "service_level: holding_cost and shortage_cost go before it (TEA)",
  ]);
  expect(await warned("/products/TEA", { phase_out_on: date(-3) })).toEqual([
    "phase_out_on: has passed, so nothing is ordered (TEA)",
  ]);
  const like = { product_id: "OLD", factor: 1 };
  expect(await warned("/products/TEA", { like, replaces: "OLDER" })).toEqual([
    "like: OLD of main has nothing stored yet, so no history is taken from it",
    "replaces: OLDER of main has nothing stored yet, so no history is taken from it",
  ]);
  await ask("PUT", "/products/OLD", {});
  expect(await warned("/products/TEA", { like, service_level: 0.9, holding_cost: 1, phase_out_on: date(3) })).toEqual(
    [],
  );
});

it("an endpoint or a key of a store that nobody described, and a season without one, come with a warning", async () => {
  await ask("PUT", "/stores/main", {});
  const endpoint = { url: "http://localhost:9/hook", events: ["review.opened"], secret: "a-secret-of-this-endpoint" };
  const [unknown] = await warned("/webhooks/till", { ...endpoint, stores: ["main", "mian"] });
  expect(unknown).toBe("stores: mian: neither described nor with an item yet");
  expect(await warned("/webhooks/till", { ...endpoint, stores: ["main"] })).toEqual([]);
  const key = (stores: string[]) => ask("POST", "/keys", { name: "till", scopes: ["read"], stores });
  expect([(await key(["mian"])).body.warnings, (await key(["main"])).body.warnings]).toEqual([[unknown], undefined]);
  const week = Array.from({ length: 53 }, () => 1);
  expect(await warned("/stores/main/season", { week })).toEqual(["week: factors of 1 change nothing"]);
  expect(await warned("/stores/main/season", { week: week.with(50, 2) })).toEqual([]);
});
