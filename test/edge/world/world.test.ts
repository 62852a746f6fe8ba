import { describe, expect, it } from "vitest";
import { ask, DAY_MS, projected, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

const date = (days: number) => new Date(T0 + days * DAY_MS).toISOString().slice(0, 10);
const pointers = (answer: { body: { errors: { pointer: string }[] } }) =>
  answer.body.errors.map(({ pointer }) => pointer);

describe("a store", () => {
  const TOKYO = {
    name: "Tokyo 3",
    time_zone: "Asia/Tokyo",
    locale: "ja-JP",
    currency: "JPY",
    open_days: ["mon", "sat"],
    closed: ["2040-12-31", { from: "2041-01-01", to: "2041-01-03" }],
    review_at: "06:00",
    review_hours: { from: "07:00", to: "19:00" },
    count_max_age_hours: 12,
    reviewers: ["ana@example.com"],
  };

  it("comes back as it was described, and is described anew whole", async () => {
    expect(await ask("PUT", "/stores/tokyo-3", TOKYO)).toMatchObject({
      status: 201,
      body: { store_id: "tokyo-3", ...TOKYO },
    });
    expect((await ask("GET", "/stores/tokyo-3")).body).toEqual({ store_id: "tokyo-3", ...TOKYO, season: null });
    expect((await ask("PUT", "/stores/tokyo-3", {})).status).toBe(200);
    expect((await ask("GET", "/stores/tokyo-3")).body).toEqual({
      store_id: "tokyo-3",
      name: null,
      time_zone: "UTC",
      locale: "en",
      currency: null,
      open_days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
      closed: [],
      review_at: null,
      review_hours: null,
      count_max_age_hours: 36,
      reviewers: null,
      season: null,
    });
  });

  it("of the night has hours of answering that last until the next day", async () => {
    const review_hours = { from: "23:00", to: "01:00" };
    expect((await ask("PUT", "/stores/main", { review_hours })).body).toMatchObject({ review_hours });
    // Four hours from 06:00 on: two in each of two nights.
    expect((await trigger()).body.review.expires_at).toBe("2040-03-03T01:00:00.000Z");
  });

  it("is listed by id in pages, and forgotten once", async () => {
    for (const id of ["b", "c", "a\u0308/x"]) await ask("PUT", `/stores/${encodeURIComponent(id)}`, {});
    const first = await ask("GET", "/stores?limit=2");
    expect(first.body.stores.map((store: any) => store.store_id)).toEqual(["b", "c"]);
    const second = await ask("GET", `/stores?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ stores: [{ store_id: "\u00e4/x" }], next_cursor: null });
    expect((await ask("DELETE", "/stores/b")).status).toBe(204);
    expect((await ask("DELETE", "/stores/b")).status).toBe(404);
    expect((await ask("GET", "/stores/b")).status).toBe(404);
    expect((await ask("GET", "/stores?cursor=%21")).status).toBe(422);
  });

  it("is not forgotten while one of its questions waits", async () => {
    await ask("PUT", "/stores/main", {});
    const asked = await trigger();
    expect(asked.status).toBe(202);
    await projected();
    expect((await ask("DELETE", "/stores/main")).body.code).toBe("in_use");
    await ask("POST", `/approve/${asked.body.workflow_id}`, { decision: "reject" });
    await projected();
    expect((await ask("DELETE", "/stores/main")).status).toBe(204);
  });

  it.each([
    [{ time_zone: "Mars/Olympus" }, "/time_zone"],
    [{ time_zone: "+09:00" }, "/time_zone"],
    [{ locale: "not a tag" }, "/locale"],
    [{ currency: "yen" }, "/currency"],
    [{ currency: "EUX" }, "/currency"],
    [{ open_days: [] }, "/open_days"],
    [{ open_days: ["mon", "mon"] }, "/open_days"],
    [{ closed: ["2040-02-30"] }, "/closed/0"],
    [{ closed: [{ from: "2041-01-03", to: "2041-01-01" }] }, "/closed/0"],
    [{ closed: Array.from({ length: 401 }, () => "2040-12-31") }, "/closed"],
    [{ review_at: "24:00" }, "/review_at"],
    [{ review_hours: { from: "07:00", to: "07:00" } }, "/review_hours/to"],
    [{ count_max_age_hours: 0 }, "/count_max_age_hours"],
    [{ colour: "green" }, "/colour"],
  ])("with %j is refused at %s", async (body, pointer) => {
    const refused = await ask("PUT", "/stores/main", body);
    expect(refused.status).toBe(422);
    expect(pointers(refused)[0]).toContain(pointer);
  });

  it("whose name looks like another is refused", async () => {
    expect((await ask("PUT", `/stores/${encodeURIComponent("main\u200B")}`, {})).status).toBe(422);
  });
});

describe("a store's season", () => {
  it("is set by 53 factors, and given back to learning", async () => {
    const week = Array.from({ length: 53 }, (_, index) => (index === 50 ? 2.8 : 1));
    expect(await ask("PUT", "/stores/main/season", { week })).toMatchObject({
      status: 201,
      body: { season: { weeks: week, source: "set" } },
    });
    expect((await ask("GET", "/stores/main")).body.season.weeks).toEqual(week);
    expect(await ask("PUT", "/stores/main/season", { week: null })).toMatchObject({
      status: 200,
      body: { season: null },
    });
    for (const wrong of [week.slice(1), week.map(() => 0), "spring"])
      expect((await ask("PUT", "/stores/main/season", { week: wrong })).status, `${wrong}`).toBe(422);
  });
});

describe("a supplier", () => {
  const LEAF = {
    name: "Leaf",
    emails: ["orders@leaf.example"],
    currency: "EUR",
    rate: 161.5,
    time_zone: "Europe/Berlin",
    lead_time_days: 2,
    lead_time_in: "working",
    working_days: ["mon", "tue", "wed", "thu", "fri"],
    order_days: ["mon", "thu"],
    cut_off: "11:00",
    delivery_days: null,
    closed: [{ from: "2026-12-25", to: "2026-12-26" }],
    minimum_order_value: 200,
    send: "manual",
  };

  it("comes back as it was described, is listed and forgotten", async () => {
    expect(await ask("PUT", "/suppliers/leaf", LEAF)).toMatchObject({
      status: 201,
      body: { supplier_id: "leaf", ...LEAF },
    });
    expect((await ask("PUT", "/suppliers/leaf", LEAF)).status).toBe(200);
    expect((await ask("GET", "/suppliers")).body).toEqual({
      suppliers: [{ supplier_id: "leaf", ...LEAF }],
      next_cursor: null,
    });
    expect((await ask("DELETE", "/suppliers/leaf")).status).toBe(204);
    expect((await ask("GET", "/suppliers/leaf")).status).toBe(404);
  });

  it("takes orders until its cut-offs, and what arrives when follows from its days", async () => {
    await ask("PUT", "/suppliers/leaf", LEAF);
    const calendar = (from: string, to: string) =>
      ask("GET", `/suppliers/leaf/calendar?store_id=main&from=${from}&to=${to}`);
    expect((await calendar("2026-12-21T10:00:00Z", "2026-12-28T10:00:00Z")).body.opportunities).toEqual([
      { order_by: "2026-12-21T10:00:00.000Z", arrives_on: "2026-12-23" },
      { order_by: "2026-12-24T10:00:00.000Z", arrives_on: "2026-12-29" },
      { order_by: "2026-12-28T10:00:00.000Z", arrives_on: "2026-12-30" },
    ]);
    expect((await calendar("2026-12-21T10:00:00Z", "2028-12-21T10:00:00Z")).status).toBe(422);
    expect((await ask("GET", "/suppliers/nobody/calendar")).status).toBe(404);
  });

  it.each([
    [{ send: "auto" }, "/emails"],
    [{ emails: ["nobody"] }, "/emails/0"],
    [{ cut_off: "11" }, "/cut_off"],
    [{ lead_time_days: -1 }, "/lead_time_days"],
    [{ rate: 0 }, "/rate"],
    [{ order_days: ["monday"] }, "/order_days/0"],
  ])("with %j is refused at %s", async (body, pointer) => {
    const refused = await ask("PUT", "/suppliers/leaf", body);
    expect(refused.status).toBe(422);
    expect(pointers(refused)).toContain(pointer);
  });
});

describe("an event", () => {
  it("comes back as it was stated, and one that others are like is kept", async () => {
    const fair = { name: "Fair", from: date(10), to: date(12), multiplier: 2.5, stores: ["main"] };
    expect(await ask("PUT", "/events/fair", fair)).toMatchObject({
      status: 201,
      body: { event_id: "fair", ...fair, like: null, products: null, suppliers: null, measured: null },
    });
    expect((await ask("PUT", "/events/next", { from: date(40), to: date(40), like: "fair" })).status).toBe(201);
    expect((await ask("DELETE", "/events/fair")).body.code).toBe("in_use");
    expect((await ask("DELETE", "/events/next")).status).toBe(204);
    expect((await ask("DELETE", "/events/fair")).status).toBe(204);
    expect((await ask("GET", "/events")).body).toEqual({ events: [], next_cursor: null });
  });

  it("may be like one that is like another, and not like one that leads back to it", async () => {
    const put = (id: string, day: number, facts: object) =>
      ask("PUT", `/events/${id}`, { from: date(day), to: date(day), ...facts });
    await put("first", -30, {});
    expect((await put("second", -10, { like: "first" })).status).toBe(201);
    expect((await put("third", 10, { like: "second" })).status).toBe(201);
    expect(pointers(await put("first", -30, { like: "third" }))).toEqual(["/like"]);
    expect((await put("first", -30, { like: "third", multiplier: 2 })).status).toBe(200);
    await put("first", -30, {});
    await put("third", 10, { like: "second", multiplier: 2 });
    expect((await put("first", -30, { like: "third" })).status).toBe(200);
  });

  it("that is over may be left to be measured; one that lies ahead may not", async () => {
    expect((await ask("PUT", "/events/past", { from: date(-10), to: date(-9) })).status).toBe(201);
    expect(pointers(await ask("PUT", "/events/ahead", { from: date(9), to: date(10) }))).toEqual(["/multiplier"]);
  });

  it.each([
    [{ multiplier: 0.01 }, "/multiplier"],
    [{ multiplier: 51 }, "/multiplier"],
    [{ to: date(8), multiplier: 2 }, "/to"],
    [{ like: "unknown" }, "/like"],
    [{ like: "self" }, "/like"],
    [{ multiplier: 2, products: [] }, "/products"],
  ])("with %j is refused at %s", async (changes, pointer) => {
    const refused = await ask("PUT", "/events/self", { from: date(9), to: date(10), ...changes });
    expect(refused.status).toBe(422);
    expect(pointers(refused)).toContain(pointer);
  });
});
