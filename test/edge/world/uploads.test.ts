import { describe, expect, it } from "vitest";
import { ask, salesCsv, T0, trigger, useWorld } from "../support/world.ts";

useWorld();

const putHistory = (csv: string) => ask("PUT", "/history/SKU-1", csv);
const putForecast = (csv: string) => ask("PUT", "/forecasts/SKU-1", csv);

describe("a demand history", () => {
  it("is appended by date, the last write wins, and missing days in between are days without sales", async () => {
    expect((await putHistory("date,units\n2040-02-01,5\n2040-02-02,6\n")).status).toBe(201);
    const second = await putHistory("date,units,in_stock\n2040-02-02,7,0\n2040-02-04,8,1\n");
    expect(second).toMatchObject({ status: 200, body: { days: 2, first_date: "2040-02-02", last_date: "2040-02-04" } });
    expect((await ask("GET", "/history/SKU-1")).body.days).toEqual([
      { date: "2040-02-01", units: 5, in_stock: 1 },
      { date: "2040-02-02", units: 7, in_stock: 0 },
      { date: "2040-02-03", units: 0, in_stock: 1 },
      { date: "2040-02-04", units: 8, in_stock: 1 },
    ]);
  });

  it("may come with BOM, CRLF, quotes, blank lines and columns in any order", async () => {
    const csv = '\uFEFF"units","date"\r\n\r\n"5","2040-02-01"\r\n6,2040-02-02\r\n\r\n';
    expect((await putHistory(csv)).status).toBe(201);
    expect((await ask("GET", "/history/SKU-1")).body.days.map((d: any) => d.units)).toEqual([5, 6]);
  });

  it("counts returns as no sales and says so", async () => {
    const { body } = await putHistory("date,units\n2040-02-01,5\n2040-02-02,-2\n");
    expect(body.warnings).toEqual(["2040-02-02: the sum is below 0 (returns) and counts as 0"]);
    expect((await ask("GET", "/history/SKU-1")).body.days[1].units).toBe(0);
  });

  it.each([
    ["date,units\n2040-02-30,5\n", "line 2, column 1"],
    ["date,units\n2040-02-01,5\n01/02/2040,5\n", "line 3, column 1"],
    ["date,units\n2040-02-01,five\n", "line 2, column 2"],
    ["date,units\n2040-02-01,\n", "line 2, column 2"],
    ["date,units\n2040-02-01,1e400\n", "line 2, column 2"],
    ["date,units,in_stock\n2040-02-01,5,2\n", "line 2, column 3"],
    ["date,units\n2040-02-01,5,6\n", "line 2, column 3"],
    ["date,sold\n2040-02-01,5\n", "line 1, column 2"],
    ["date\n2040-02-01\n", "line 1, column 1"],
    ["date,units\n", "line 2, column 1"],
    ['date,units\n"2040-02-01,5\n', "line 2, column 1"],
    ["", "line 1, column 1"],
  ])("with an error in %j names %s and stores nothing", async (csv, where) => {
    const refused = await putHistory(csv);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([{ pointer: where, message: expect.stringContaining(where) }]);
    expect((await ask("GET", "/history/SKU-1")).status).toBe(404);
  });

  it("of more than 2 MiB is refused while it is read", async () => {
    const csv = `date,units\n${"2040-02-01,5\n".repeat(170_000)}`;
    expect(csv.length).toBeGreaterThan(2 * 1024 * 1024);
    expect(await putHistory(csv)).toMatchObject({ status: 413, body: { code: "payload_too_large" } });
  });

  it("of ten thousand days is stored whole", async () => {
    const csv = salesCsv(10_000, (day) => day % 7);
    expect((await putHistory(csv)).body).toMatchObject({ days: 10_000 });
    expect((await ask("GET", "/history/SKU-1")).body.days).toHaveLength(1_100);
  });

  it("of another media type is refused", async () => {
    expect((await ask("PUT", "/history/SKU-1", { days: [] })).status).toBe(415);
  });
});

describe("a forecast", () => {
  const tomorrow = new Date(T0 + 86_400_000).toISOString().slice(0, 10);

  it("is given back with its age and source, and the next trigger rests on it", async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${new Date(T0 + i * 86_400_000).toISOString().slice(0, 10)},10,6,10,14`,
    );
    expect((await putForecast(`date,mean,p10,p50,p90\n${rows.join("\n")}\n`)).status).toBe(201);
    const { body } = await ask("GET", "/forecasts/SKU-1");
    expect(body).toMatchObject({ source: "upload", age_seconds: 0 });
    expect(body.points).toHaveLength(30);
    const decided = await trigger({ current_stock: 0, safety_stock_level: 0 });
    expect(decided.body.decision).toMatchObject({ recommended_action: "restock" });
    expect(decided.body.decision.decided_by).not.toBe("fallback");
    expect(decided.body.nodes[1].note).toBe("forecast of 30 days");
  });

  it("may be JSON", async () => {
    const put = await ask("PUT", "/forecasts/SKU-1", { points: [{ date: tomorrow, mean: 4, std: 2 }] });
    expect(put).toMatchObject({ status: 201, body: { points: 1, first_date: tomorrow } });
    expect((await ask("GET", "/forecasts/SKU-1")).body.points).toEqual([{ date: tomorrow, mean: 4, std: 2 }]);
  });

  it("replaces the earlier one whole", async () => {
    await putForecast(`date,mean\n2040-03-01,5\n2040-03-02,5\n`);
    expect((await putForecast(`date,mean\n2040-03-05,7\n`)).status).toBe(200);
    expect((await ask("GET", "/forecasts/SKU-1")).body.points).toEqual([{ date: "2040-03-05", mean: 7 }]);
  });

  it.each([
    [{ points: [] }, "/points"],
    [{ points: [{ date: "2040-02-30", mean: 1 }] }, "/points/0/date"],
    [{ points: [{ date: "2040-03-01", mean: -1 }] }, "/points/0/mean"],
    [{ points: [{ date: "2040-03-01", mean: 5, p10: 9, p90: 3 }] }, "/points/0"],
    [
      {
        points: [
          { date: "2040-03-01", mean: 5 },
          { date: "2040-03-01", mean: 6 },
        ],
      },
      "/points",
    ],
    [{ points: [{ date: "2040-03-01", mean: 5, mode: 5 }] }, "/points/0/mode"],
  ])("as %j is refused at %s", async (body, pointer) => {
    const refused = await ask("PUT", "/forecasts/SKU-1", body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0].pointer).toBe(pointer);
  });

  it("as CSV is refused at every fault of its rows, and nothing of it is stored", async () => {
    const rows = ["2040-03-01,5,9,3", "2040-03-01,-1,,", "tomorrow,5,,", "2040-03-02,,,"];
    const refused = await putForecast(`date,mean,p10,p90\n${rows.join("\n")}\n`);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ message }: { message: string }) => message)).toEqual([
      "line 2, column 4: quantiles must rise: p10 <= p50 <= p90",
      "line 3, column 1: the date is repeated",
      "line 3, column 2: -1 is out of range",
      'line 4, column 1: "tomorrow" is not a date like 2026-01-31',
      'line 5, column 2: "" is not a number',
    ]);
    expect((await ask("GET", "/forecasts/SKU-1")).status).toBe(404);
  });
});

describe("item settings", () => {
  it("are put, read, replaced and deleted", async () => {
    expect((await ask("PUT", "/products/SKU-1", { pack_size: 6, lead_time_days: 3 })).status).toBe(201);
    expect((await ask("PUT", "/products/SKU-1", { pack_size: 12 })).status).toBe(200);
    expect((await ask("GET", "/products/SKU-1")).body).toMatchObject({ settings: { pack_size: 12 }, open_orders: [] });
    expect((await ask("DELETE", "/products/SKU-1")).status).toBe(204);
    expect((await ask("GET", "/products/SKU-1")).status).toBe(404);
    expect((await ask("DELETE", "/products/SKU-1")).status).toBe(404);
  });

  it("that are no settings are refused by name", async () => {
    const refused = await ask("PUT", "/products/SKU-1", { pack_size: 0, color: "red" });
    expect(refused.body.errors.map((e: any) => e.pointer).toSorted()).toEqual(["/color", "/pack_size"]);
  });
});
