/** What a store's sales teach by themselves. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { env, exports } from "cloudflare:workers";
import { takeDatabaseAway } from "../support/away-database.ts";
import { signIn } from "../support/sign-in.ts";
import { ask, DAY_MS, passTime, projected, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

const date = (days: number) => new Date(T0 + days * DAY_MS).toISOString().slice(0, 10);
const learn = () => env.STORE.getByName("main").learn("main");
const isDecember = (days: number) => date(days).slice(5, 7) === "12";

async function itemPage(product: string): Promise<string> {
  const headers = { Cookie: await signIn() };
  return (await exports.default.fetch(`http://localhost:8787/items/main/${product}`, { headers })).text();
}

/** Daily sales of three items: ten, twenty and thirty a day, three times that in December. */
function sales(days: number, factor: (day: number) => number = () => 1): string {
  const rows = Array.from({ length: days }, (_, index) => index - days).flatMap((day) =>
    [1, 2, 3].map((size) => `P${size},${date(day)},${Math.round(size * 10 * (isDecember(day) ? 3 : 1) * factor(day))}`),
  );
  return `product_id,date,units\n${rows.join("\n")}\n`;
}

describe("a season", () => {
  it("is learned once sales span 104 weeks, shown with the store, and not learned again within a day", async () => {
    await ask("POST", "/sales", sales(103 * 7));
    await learn();
    expect((await ask("GET", "/stores/main")).body.season).toBeNull();
    await ask("POST", "/sales", sales(110 * 7));
    expect(await learn()).toBe(true);
    const { season } = (await ask("GET", "/stores/main")).body;
    expect(season).toMatchObject({
      source: "learned",
      items: 3,
      span_weeks: 110,
      learned_at: new Date(T0).toISOString(),
    });
    expect(season.weeks).toHaveLength(53);
    // Weeks 49 to 52 lie in December, week 20 in May.
    expect(season.weeks[49] / season.weeks[19]).toBeGreaterThan(2);
    expect(await learn()).toBe(false);
    await ask("POST", "/sales", sales(111 * 7));
    await learn();
    expect((await ask("GET", "/stores/main")).body.season.span_weeks).toBe(110);
    passTime(DAY_MS);
    expect(await learn()).toBe(true);
    expect((await ask("GET", "/stores/main")).body.season.span_weeks).toBe(111);
  });

  it("that was set by hand goes before the learned one until it is given back", async () => {
    await ask("POST", "/sales", sales(110 * 7));
    await learn();
    const week = Array.from({ length: 53 }, () => 1);
    expect((await ask("PUT", "/stores/main/season", { week })).body.season.source).toBe("set");
    expect((await ask("PUT", "/stores/main/season", { week: null })).body.season.source).toBe("learned");
  });
});

it("days on which an item's own counts found its shelf empty are no low season", async () => {
  const count = (stock: number, store: string) =>
    ask("POST", "/inventory-trigger", {
      product_id: "P1",
      store_id: store,
      current_stock: stock,
      safety_stock_level: 0,
    });
  const outages = [T0, T0 + 365 * DAY_MS];
  for (const from of outages) {
    passTime(from - Date.now());
    await count(0, "main");
    passTime(14 * DAY_MS);
    await count(50, "main");
  }
  await projected("P1");
  passTime(DAY_MS);
  const now = Date.now();
  const rows = Array.from({ length: 104 * 7 }, (_, index) => now - (104 * 7 - index) * DAY_MS)
    .filter((day) => outages.every((from) => day < from - DAY_MS || day > from + 14 * DAY_MS))
    .map((day) => `P1,${new Date(day).toISOString().slice(0, 10)},10`);
  const weeks: number[] = [];
  for (const store of ["main", "uncounted"]) {
    const text = `product_id,date,units,store_id\n${rows.map((row) => `${row},${store}`).join("\n")}\n`;
    expect((await ask("POST", "/sales", text)).status).toBe(200);
    await ask("POST", "/sales/complete", { store_id: store, through: date(379) });
    await env.STORE.getByName(store).learn(store);
    // Early in March nothing was sold, in either year.
    weeks.push((await ask("GET", `/stores/${store}`)).body.season.weeks[10]);
  }
  expect(weeks[0]).toBeCloseTo(1, 1);
  expect(weeks[1]).toBeLessThan(0.5);
});

it("is shown on an item's page, by its weeks, and named in a decision's reasons", async () => {
  const week = Array.from({ length: 53 }, (_, index) => (index === 50 || index === 51 ? 2.8 : 1));
  await ask("PUT", "/stores/main/season", { week });
  passTime(Date.parse("2040-12-18T09:00:00Z") - T0);
  await ask("POST", "/sales", sales(110 * 7).replaceAll(",90", ",30"));
  const { body } = await trigger({ product_id: "P2", current_stock: 0, safety_stock_level: 0, lead_time_days: 7 });
  expect(body.decision.reasons.join(" ")).toContain("Christmas week: 2.8 times the usual");
  const html = await itemPage("P2");
  expect(html).toContain("Christmas week: 2.8 times the usual");
  expect(html).toContain("Week 51 of the year: 2.8 times the usual");
  expect(html).toContain("set by you");
});

describe("an event that is over", () => {
  it("measures itself against the days around it, and an event that is like it takes that factor", async () => {
    await ask(
      "POST",
      "/sales",
      sales(200, (day) => (day >= -32 && day <= -30 ? 4 : 1)),
    );
    await ask("PUT", "/events/fair", { from: date(-32), to: date(-30) });
    await learn();
    const { measured } = (await ask("GET", "/events/fair")).body;
    expect(measured).toMatchObject({ items: 3, days: 3 });
    expect(measured.multiplier).toBeGreaterThan(3.7);
    expect(measured.multiplier).toBeLessThanOrEqual(4);
    await ask("PUT", "/events/next", { from: date(20), to: date(22), like: "fair" });
    const { events } = await env.STORE.getByName("main").slice("main", "P1", null);
    expect(events.find(({ eventId }) => eventId === "next")?.factor).toBe(measured.multiplier);
    await ask("PUT", "/events/fair", { from: date(-150), to: date(-148) });
    expect((await ask("GET", "/events/fair")).body.measured).toBeNull();
    await learn();
    expect((await ask("GET", "/events/fair")).body.measured.multiplier).toBeCloseTo(1, 1);
  });
});

it("is learned again a minute after a failure, and not ten times a second while the database is away", async () => {
  await ask("POST", "/sales", sales(110 * 7));
  const store = env.STORE.getByName("main");
  const alarmAt = () => runInDurableObject(store, (_, { storage }) => storage.getAlarm());
  await store.slice("main", "P1", null);
  const giveBack = takeDatabaseAway();
  expect(await learn().catch(String)).toContain("D1_ERROR");
  await runInDurableObject(store, (_, { storage }) => storage.setAlarm(Date.now() + 1));
  await runDurableObjectAlarm(store);
  expect(await alarmAt()).toBe(Date.now() + 60_000);
  giveBack();
  await runDurableObjectAlarm(store);
  expect((await ask("GET", "/stores/main")).body.season).toMatchObject({ source: "learned" });
  expect(await alarmAt()).toBeNull();
});
