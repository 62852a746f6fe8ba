/** What a store's sales teach by themselves. */
import { describe, expect, it } from "vitest";
import { env } from "cloudflare:workers";
import { ask, DAY_MS, passTime, T0, useWorld } from "./support/world.ts";

useWorld();

const date = (days: number) => new Date(T0 + days * DAY_MS).toISOString().slice(0, 10);
const learn = () => env.STORE.getByName("main").learn("main");
const isDecember = (days: number) => date(days).slice(5, 7) === "12";

/** Daily sales of three items: ten, twenty and thirty a day, three times that in December. */
function sales(days: number, factor: (day: number) => number = () => 1): string {
  const rows = Array.from({ length: days }, (_, index) => index - days).flatMap((day) =>
    [1, 2, 3].map((size) => `P${size},${date(day)},${Math.round(size * 10 * (isDecember(day) ? 3 : 1) * factor(day))}`),
  );
  return `product_id,date,units\n${rows.join("\n")}\n`;
}

describe("a season", () => {
  it("is learned once sales span 104 weeks, shown with the store, and learned anew a day later at the earliest", async () => {
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
