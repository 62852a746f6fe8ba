import { describe, expect, it } from "vitest";
import { ask, DAY_MS, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

const date = (days: number) => new Date(T0 + days * DAY_MS).toISOString().slice(0, 10);
const history = async (product = "SKU-1") => (await ask("GET", `/history/${product}`)).body;
const put = (csv: string, query = "", product = "SKU-1") => ask("PUT", `/history/${product}?${query}`, csv);
const ndjson = (rows: unknown[], headers = {}) =>
  ask("POST", "/sales", rows.map((row) => JSON.stringify(row)).join("\n"), {
    "Content-Type": "application/x-ndjson",
    ...headers,
  });

describe("sales of a product", () => {
  it("of one date in one upload are added up, returns included; any row marks the day as sold out", async () => {
    const { body } = await put("date,units,in_stock\n2040-02-01,5,\n2040-02-01,4,0\n2040-02-02,3,1\n2040-02-01,-2,1\n");
    expect(body).toMatchObject({ days: 2, added_up: 2, period: "day", complete_through: "2040-02-02" });
    expect((await history()).days).toEqual([
      { date: "2040-02-01", units: 7, in_stock: 0 },
      { date: "2040-02-02", units: 3, in_stock: 1 },
    ]);
  });

  it("of two sources add up; within one the last upload of a date wins", async () => {
    await put("date,units\n2040-02-01,5\n", "source=till-1");
    await put("date,units\n2040-02-01,3\n", "source=till-2");
    await put("date,units\n2040-02-01,6\n", "source=till-1");
    expect((await history()).days).toEqual([{ date: "2040-02-01", units: 9, in_stock: 1 }]);
  });

  it("are known to the day that the upload says, and to no less later", async () => {
    expect((await put("date,units\n2040-02-01,5\n", "complete_through=2040-02-20")).body.complete_through).toBe(
      "2040-02-20",
    );
    expect((await put("date,units\n2040-02-03,5\n")).body.complete_through).toBe("2040-02-20");
    expect((await history()).days).toHaveLength(20);
  });

  it("after today in the store are refused, and today is not", async () => {
    await ask("PUT", "/stores/main", { time_zone: "America/Los_Angeles" });
    // 2040-03-01T06:00Z is still the last of February there.
    const refused = await put("date,units\n2040-02-29,5\n2040-03-01,5\n");
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: "line 3, column 1" }] } });
    expect((await ask("GET", "/history/SKU-1")).status).toBe(404);
    expect((await put("date,units\n2040-02-29,5\n")).status).toBe(201);
    expect((await put("date,units\n2040-02-29,5\n", "complete_through=2040-03-01")).status).toBe(422);
  });

  it("that look like weeks or months are asked for their period", async () => {
    const weekly = `date,units\n${[0, 7, 14, 21].map((day) => `${date(day - 60)},70`).join("\n")}\n`;
    const refused = await put(weekly);
    expect(refused.status).toBe(422);
    expect(refused.body.detail).toContain("period=week");
    expect((await put(weekly, "period=day")).status).toBe(201);
    expect(await put(weekly, "period=week")).toMatchObject({ status: 409, body: { code: "period_differs" } });
    expect(await put(weekly, "period=week&replace=true")).toMatchObject({ status: 200, body: { period: "week" } });
    expect((await history()).days).toHaveLength(4);
    expect((await put(weekly)).status).toBe(200);
    const monthly = "date,units\n2039-10-01,9\n2039-11-01,9\n2039-12-01,9\n2040-01-01,9\n";
    expect((await put(monthly, "", "SKU-2")).body.detail).toContain("period=month");
  });

  it("are removed by a range of days", async () => {
    await put("date,units\n2040-02-01,5\n2040-02-02,6\n2040-02-03,7\n");
    expect((await ask("DELETE", "/history/SKU-1?from=2040-02-02&to=2040-02-02")).status).toBe(204);
    expect((await history()).days.map((day: any) => day.units)).toEqual([5, 0, 7]);
    expect((await ask("DELETE", "/history/SKU-1?from=2040-02-03&to=2040-02-02")).status).toBe(422);
    expect((await ask("DELETE", "/history/SKU-1")).status).toBe(204);
    expect((await ask("GET", "/history/SKU-1")).status).toBe(404);
    expect((await ask("DELETE", "/history/SKU-1")).status).toBe(404);
  });
});

it("a day that nobody called complete is not listed as a day without sales", async () => {
  await put("date,units\n2040-02-24,3\n2040-02-28,4\n", "complete_through=2040-02-26");
  const { body } = await ask("GET", "/history/SKU-1");
  expect(body.days.map(({ date, units }: any) => [date, units])).toEqual([
    ["2040-02-24", 3],
    ["2040-02-25", 0],
    ["2040-02-26", 0],
    ["2040-02-28", 4],
  ]);
});

it("weeks that come one by one are taken as days, and said to look like weeks", async () => {
  for (const day of ["2040-01-30", "2040-02-06", "2040-02-13"])
    expect((await put(`date,units\n${day},70\n`)).body.warnings, day).toEqual([]);
  const { status, body } = await put("date,units\n2040-02-20,70\n");
  expect(status).toBe(200);
  expect(body.warnings).toEqual([expect.stringContaining("throughout a week apart")]);
  expect((await put("date,units\n2040-02-27,70\n", "period=day")).body.warnings).toEqual([]);
});

it.each(["till ", "\u00a0till", "ti\u200bll"])("a source that looks like another is refused: %j", async (source) => {
  const { status, body } = await put("date,units\n2040-02-24,3\n", `source=${encodeURIComponent(source)}`);
  expect({ status, pointer: body.errors[0].pointer }).toEqual({ status: 422, pointer: "source" });
});

it("a source written in two ways is one, and an empty one is the default", async () => {
  for (const source of ["caf\u00e9", "cafe\u0301"])
    await put("date,units\n2040-02-24,3\n", `source=${encodeURIComponent(source)}`);
  await put("date,units\n2040-02-24,2\n", "source=");
  await put("date,units\n2040-02-24,2\n");
  expect((await ask("GET", "/history/SKU-1")).body.days).toEqual([{ date: "2040-02-24", units: 5, in_stock: 1 }]);
});

describe("sales of a store", () => {
  it("come as CSV or NDJSON, are added up, and decide the next trigger", async () => {
    await trigger({ current_stock: 100, safety_stock_level: 1 });
    const rows = Array.from({ length: 60 }, (_, day) => ({ product_id: "SKU-1", date: date(day - 60), units: 5 }));
    const csv =
      `product_id,date,units\n${rows.map((row) => `${row.product_id},${row.date},${row.units}`).join("\n")}\n` +
      `SKU-2,${date(-1)},2\n`;
    expect((await ask("POST", "/sales", csv)).body).toEqual({
      items: 2,
      rows: 61,
      added_up: 0,
      first: date(-60),
      last: date(-1),
      units: 302,
      warnings: [],
    });
    const decided = await trigger({ current_stock: 10, safety_stock_level: 1 });
    expect(decided.body.decision.decided_by).toBe("plan");
    const before = (await history()).days;
    expect((await ndjson([...rows, { product_id: "SKU-2", date: date(-1), units: 2 }])).status).toBe(200);
    expect((await history()).days).toEqual(before);
  });

  it("are known to the part's last day that is over, for every product that is listed", async () => {
    await ndjson([
      { product_id: "A", date: date(-9), units: 1 },
      { product_id: "B", date: date(0), units: 2 },
    ]);
    expect((await history("A")).complete_through).toBe(date(-1));
  });

  it("may be of several stores", async () => {
    await ask(
      "POST",
      "/sales?store_id=osaka",
      `product_id,date,units,store_id\nA,${date(-2)},1,\nA,${date(-2)},2,kyoto\n`,
    );
    expect((await ask("GET", "/history/A?store_id=osaka")).body.days).toMatchObject([{ units: 1 }]);
    expect((await ask("GET", "/history/A?store_id=kyoto")).body.days).toMatchObject([{ units: 2 }]);
  });

  it("with wrong rows are stored not at all, and each wrong row is named", async () => {
    const csv = `product_id,date,units\nA,${date(-2)},1\nB ,${date(-2)},x\n,2040-13-01,1\nA,${date(3)},1\n`;
    const refused = await ask("POST", "/sales", csv);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((error: any) => error.pointer)).toEqual([
      "line 3, column 1",
      "line 3, column 3",
      "line 4, column 1",
      "line 4, column 2",
      "line 5, column 2",
    ]);
    const many = Array.from({ length: 300 }, () => "A,never,1").join("\n");
    expect((await ask("POST", "/sales", `product_id,date,units\n${many}\n`)).body.errors).toHaveLength(100);
    expect((await ask("GET", "/history/A")).status).toBe(404);
    expect((await ndjson([{ product_id: "A", date: date(-2), units: 1, unit: 2 }])).body.errors[0].pointer).toBe(
      "line 1, /unit",
    );
    expect((await ndjson([{ product_id: "A", date: date(2), units: 1 }])).status).toBe(422);
    expect((await ask("POST", "/sales", {})).status).toBe(415);
  });

  it("under one Idempotency-Key are taken once", async () => {
    const key = { "Idempotency-Key": "monday" };
    const rows = [{ product_id: "A", date: date(-2), units: 1 }];
    const first = await ndjson(rows, key);
    const again = await ndjson(rows, key);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect((await ndjson([{ ...rows[0], units: 2 }], key)).body.code).toBe("idempotency_mismatch");
    // What was refused frees its key.
    await ndjson([{ ...rows[0], units: "x" }], { "Idempotency-Key": "b" });
    expect((await ndjson(rows, { "Idempotency-Key": "b" })).headers.get("Idempotency-Replayed")).toBeNull();
  });

  it("are complete once the store says so, also of products without a row", async () => {
    await ndjson([{ product_id: "A", date: date(-9), units: 1 }]);
    expect(await ask("POST", "/sales/complete", { store_id: "main", through: date(-1) })).toMatchObject({
      status: 200,
      body: { items: 1, through: date(-1) },
    });
    expect((await history("A")).complete_through).toBe(date(-1));
    expect((await history("A")).days).toHaveLength(9);
    expect((await ask("POST", "/sales/complete", { through: date(1) })).status).toBe(422);
  });

  it("of fifty thousand rows are one upload", async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => `P${at % 500},${date(-1 - Math.floor(at / 500))},${at % 7}`);
    const stored = await ask("POST", "/sales", `product_id,date,units\n${rows.join("\n")}\n`);
    expect(stored).toMatchObject({ status: 200, body: { items: 500, rows: 50_000 } });
    expect((await history("P499")).days).toHaveLength(100);
    expect((await ask("POST", "/sales", `product_id,date,units\n${rows.join("\n")}\nA,${date(-1)},1\n`)).status).toBe(
      422,
    );
  });
});
