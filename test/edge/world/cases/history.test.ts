/** Cases from life: what the past says of the order, and the dates on which it hangs. */
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { seeded } from "../../../support/seeded.ts";
import {
  begin,
  csv,
  dateOf,
  decided,
  FRIDAY,
  known,
  near,
  SATURDAY,
  steady,
  SUNDAY,
  upload,
  weekendShop,
  type Units,
} from "../../support/shop-of-life.ts";
import { approve, ask, DAY_MS, openOrders, passTime, useWorld } from "../../support/world.ts";

useWorld();

describe("history", () => {
  it("steady days are restocked by 15", async () => {
    begin(SATURDAY);
    for (const seed of [1, 2, 3, 16, 42]) {
      await known(csv(steady(seed)), "", `S${seed}`);
      near((await decided({ product_id: `S${seed}` })).quantity, 15, 1);
    }
  });

  it("that ended is zeros where it is complete, and else unseen, less sure, and asked about", async () => {
    begin(SATURDAY);
    const sales = csv(steady(), 120, -61);
    const zeros = csv(() => 0, 60).replace("date,units\n", "");
    await known(sales, `?complete_through=${dateOf(-1)}`, "A");
    await known(sales + zeros, "", "B");
    await known(sales, "", "C");
    const counts = { current_stock: 10, safety_stock_level: 10 };
    // What is on the shelf is enough, and a floor of as much asks for the unit that might still sell.
    for (const [changes, right] of [
      [{}, 0],
      [counts, 1],
    ] as const) {
      const stated = await decided({ product_id: "A", ...changes });
      expect(stated.quantity).toBe(right);
      expect(stated.body.decision).toEqual((await decided({ product_id: "B", ...changes })).body.decision);
      passTime(DAY_MS);
    }
    begin(SATURDAY);
    const unseen = await decided({ product_id: "C" });
    expect(unseen).toMatchObject({ status: 202, asked: "stale_history" });
    expect(unseen.confidence).toBeLessThan(0.8);
  });

  it("hangs on dates: a weekend shop on a Friday, the last row Wednesday's", async () => {
    begin(FRIDAY);
    await known(csv(weekendShop), "", "A");
    await known(csv(weekendShop, 120, -2), "", "B");
    near((await decided({ product_id: "A", lead_time_days: 1 })).quantity, 27, 1);
    near((await decided({ product_id: "B", lead_time_days: 1 })).quantity, 27, 2);
  });

  it("after three years whose Decembers sell threefold, orders about threefold for the next one", async () => {
    begin(FRIDAY);
    const random = seeded(3);
    const sold: Units = (day) => Math.round((5 + 4 * random()) * (dateOf(day).slice(5, 7) === "12" ? 3 : 1));
    const sales = csv(sold, 3 * 365);
    await known(sales);
    const without = await decided({ lead_time_days: 14 });
    near(without.quantity, 11, 1);
    await known(sales, "?store_id=taught");
    await env.STORE.getByName("taught").learn("taught");
    const taught = await decided({ store_id: "taught", lead_time_days: 14 });
    expect(taught.quantity / without.quantity).toBeGreaterThan(2.5);
    expect(taught.quantity / without.quantity).toBeLessThan(3.5);
    expect(taught.reasons).toMatch(/Week 50 of the year: 2\.\d times the usual/);
  });

  it("with a spike of yesterday is asked about; one of a month ago is left out", async () => {
    begin(SATURDAY);
    const spiked = (ago: number) => {
      const usual = steady();
      return csv((day, index) => (day === -ago ? 500 : usual(day, index)));
    };
    await known(spiked(1), "", "A");
    await known(spiked(30), "", "B");
    expect(await decided({ product_id: "A" })).toMatchObject({ status: 202, asked: "unusual_demand" });
    near((await decided({ product_id: "B" })).quantity, 15, 1);
  });

  it("a count below zero is asked about; an order that comes too late fills no gap", async () => {
    begin(SATURDAY);
    await known(csv(steady()), "", "A");
    await known(csv(steady()), "", "B");
    const negative = await decided({ product_id: "A", current_stock: -30 });
    expect(negative).toMatchObject({ asked: "negative_stock" });
    near(negative.quantity, 15, 1);
    const late = { reference: "PO-1", quantity: 100, expected_at: dateOf(60) };
    const empty = await decided({ product_id: "B", current_stock: 0, open_orders: [late] });
    near(empty.quantity, 15, 1);
  });

  it("today is the store's day", async () => {
    // 20:00 on Saturday in London is Sunday in Tokyo and Saturday noon in Los Angeles.
    vi.setSystemTime(Date.parse(`${SATURDAY}T20:00:00Z`));
    const through: string[] = [];
    for (const [store, zone] of [
      ["tokyo", "Asia/Tokyo"],
      ["la", "America/Los_Angeles"],
    ] as const) {
      await ask("PUT", `/stores/${store}`, { time_zone: zone });
      await known(csv(steady(), 121, 0), `?store_id=${store}`);
      through.push((await decided({ store_id: store })).evidence.history_through);
    }
    expect(through).toEqual([SATURDAY, FRIDAY]);
    expect((await upload(`date,units\n${SUNDAY},3\n`, "?store_id=la")).status).toBe(422);
  });
});

describe("forecasts and days", () => {
  const forecast = (days: number[], mean: (day: number) => number) =>
    `date,mean\n${days.map((day) => `${dateOf(day)},${mean(day)}\n`).join("")}`;

  it("forecasts hold for their dates", async () => {
    begin(SUNDAY);
    const weeks = forecast([0, 7, 14, 21, 28, 35, 42, 49, 56, 63], () => 70);
    expect((await ask("PUT", "/forecasts/A", weeks)).status).toBe(422);
    expect((await ask("PUT", "/forecasts/A?period=week", weeks)).status).toBe(201);
    expect((await decided({ product_id: "A" })).quantity).toBe(18);
    const days = Array.from({ length: 60 }, (_, index) => index);
    await ask(
      "PUT",
      "/forecasts/B",
      forecast(
        days.map((day) => day + 1),
        (day) => weekendShop(day, 0),
      ),
    );
    expect((await decided({ product_id: "B", current_stock: 0 })).quantity).toBe(72);
    await ask(
      "PUT",
      "/forecasts/C",
      forecast(
        days.map((day) => day + 20),
        () => 10,
      ),
    );
    expect((await decided({ product_id: "C", current_stock: 0 })).body.decision.recommended_action).toBe("hold");
  });

  it("a row of today changes nothing", async () => {
    begin(SATURDAY);
    await known(csv(weekendShop), "", "A");
    await known(`${csv(weekendShop)}${dateOf(0)},6\n`, "", "B");
    const shop = { current_stock: 0, lead_time_days: 5 };
    expect((await decided({ product_id: "A", ...shop })).quantity).toBe(13);
    expect((await decided({ product_id: "B", ...shop })).quantity).toBe(13);
  });

  it("of the future nothing is taken, and rows can be removed", async () => {
    begin(SATURDAY);
    await known(csv(steady()));
    expect((await upload("date,units\n2062-11-28,9\n")).status).toBe(422);
    const receipt = { quantity: 10, received_at: "2062-11-28T00:00:00Z" };
    expect((await ask("POST", "/products/SKU-1/receipts", receipt)).status).toBe(422);
    expect((await decided()).evidence.inventory_position).toBe(20);
    expect((await ask("DELETE", `/history/SKU-1?from=${dateOf(-10)}&to=${dateOf(-1)}`)).status).toBeLessThan(300);
  });

  it("kilograms are planned as grams, hundredths as whole packs", async () => {
    begin(SATURDAY);
    const random = seeded(5);
    const packs = Array.from({ length: 120 }, () => 9 + Math.floor(random() * 3));
    await known(
      csv(() => 0.003),
      "",
      "KG",
    );
    await known(
      csv(() => 3),
      "",
      "G",
    );
    await known(
      csv((_, index) => packs[index]! / 100),
      "",
      "PART",
    );
    await known(
      csv((_, index) => packs[index]!),
      "",
      "WHOLE",
    );
    const of = (product: string, stock: number, pack: number) =>
      decided({ product_id: product, current_stock: stock, pack_size: pack, lead_time_days: 2 });
    expect((await of("KG", 0.001, 0.001)).quantity).toBe(0.006);
    expect((await of("G", 1, 1)).quantity).toBe(6);
    const whole = (await of("WHOLE", 15, 1)).quantity;
    expect(whole).toBe(12);
    expect((await of("PART", 0.15, 0.01)).quantity).toBe(whole / 100);
  });

  it("numbers in words are the numbers, without the dust of fractions", async () => {
    begin(SATURDAY);
    const asked = await decided({ current_stock: 0, safety_stock_level: 0.004, pack_size: 0.001 });
    expect(asked.quantity).toBe(0.004);
    expect(asked.reasons).toContain("0.004");
    expect(asked.reasons).not.toMatch(/Order 0|safety stock of 0 /);
    const tenths = await decided({ product_id: "T", current_stock: 0, safety_stock_level: 2, pack_size: 0.1 });
    const verdict = await approve(tenths.id, { decision: "modify", quantity: 0.1 + 0.2 });
    expect(verdict.body.decision.recommended_quantity).toBe(0.3);
    expect(await openOrders("T")).toMatchObject([{ quantity: 0.3 }]);
  });
});
