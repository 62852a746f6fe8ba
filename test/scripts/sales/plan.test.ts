import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { answerLines } from "../../../scripts/lib/plan/ndjson.ts";
import { idOf, parsePlanInput } from "../../../scripts/lib/plan/plan-input.ts";

describe("the offline plan", () => {
  it("answers each line as soon as it is in, and goes on after a bad one", async () => {
    const child = spawn(process.execPath, ["scripts/plan.ts"], { stdio: ["pipe", "pipe", "inherit"] });
    const replies: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => replies.push(...chunk.toString().trim().split("\n")));
    const reply = async (count: number): Promise<void> => {
      while (replies.length < count) await once(child.stdout, "data");
    };
    child.stdin.write('{"id":1,"history":[5,6,5,7],"on_hand":0,"lead_time":{"promised":1}}\n');
    await reply(1);
    expect(JSON.parse(replies[0] ?? "")).toMatchObject({ id: 1, action: "restock" });
    child.stdin.write('{"id":2,"history":"many"}\nnot json\n{"id":"d","history":[5,6,5,7]}\n');
    await reply(4);
    expect(JSON.parse(replies[1] ?? "")).toMatchObject({ id: 2, error: expect.stringContaining("history") });
    expect(JSON.parse(replies[2] ?? "")).toEqual({ id: null, error: "not JSON" });
    expect(JSON.parse(replies[3] ?? "")).toMatchObject({ id: "d", quantity: expect.any(Number) });
    child.stdin.end();
    await once(child, "exit");
  });

  it("takes a line without its optional fields", () => {
    expect(parsePlanInput({})).toMatchObject({
      history: [],
      periodDays: 7,
      tolerance: "period",
      unmet: "lost",
      reviewPeriod: 1,
    });
  });

  it("refuses numbers that no plan can be made of, and names beside those of constraints", () => {
    const refused = (line: object, says: RegExp): void => expect(() => parsePlanInput(line)).toThrow(says);
    // A single such receipt took all memory, and the other lines of the run with it.
    const late = [100, Number.MAX_VALUE, 100];
    refused({ lead_time: { promised: 20, observed: late }, lots: [{ quantity: 0, keeps: 3 }] }, /^lead_time/);
    refused({ lead_time: 1e9 }, /^lead_time/);
    refused({ history: [1e300] }, /^history\.0: /);
    refused({ on_hand: -1e13 }, /^on_hand: /);
    refused({ constraints: { pack_size: 1e-320 } }, /^constraints\.pack_size: /);
    refused({ constraints: { max_stock: 1e300 } }, /^constraints\.max_stock: /);
    refused({ constraints: { pack: 6 } }, /^constraints\.pack: no such field/);
    refused({ open_orders: [{ quantity: 1, age: 1e6 }] }, /^open_orders\.0\.age: /);
    expect(parsePlanInput({ lead_time: { promised: 1e-320 } }).leadTime.promised).toBe(0);
  });

  it("plans the same orders alike however they are listed", () => {
    const openOrders = [
      { quantity: 36, age: 6, due: 4 },
      { quantity: 56, age: 7 },
      { quantity: 15, age: 0, due: 3 },
      { quantity: 12, age: 7 },
    ];
    const planned = (open_orders: typeof openOrders) =>
      parsePlanInput({ history: [5, 6], open_orders, lead_time: { promised: 8, observed: [5, 9, 7] } });
    expect(planned(openOrders).openOrders.map(({ quantity }) => quantity)).toEqual([12, 56, 15, 36]);
    expect(planned(openOrders.toReversed())).toEqual(planned(openOrders));
  });

  it.each([
    [{ on_hnad: 500 }, "on_hnad: no such field"],
    [{ costs: { holdin: 1 } }, "costs.holdin: no such field"],
    [{ lead_time: { promisd: 2 } }, "lead_time.promisd: no such field"],
    [{ open_orders: [{ quantity: 1, age: 0, dueon: 3 }] }, "open_orders.0.dueon: no such field"],
    [{ forecast: { points: [{ mean: 3, p51: 3 }] } }, "forecast.points.0.p51: no such field"],
    [{ a: 1, b: 2 }, "a, b: no such field"],
  ])("names a field that it does not know: %o", (line, message) => {
    expect(() => parsePlanInput({ history: [1, 2], ...line })).toThrow(message);
  });

  it("takes lots, events behind, dated orders, arrivals by calendar and a lent history", () => {
    expect(
      parsePlanInput({
        history: [5, 6],
        history_factors: [1, 2],
        lots: [{ quantity: 3, keeps: 1 }],
        open_orders: [{ quantity: 9, due: 4 }],
        arrivals: [2, 6],
        elapsed: 0.5,
        lead_time: { promised: 2, observed: [2, 9], shares: [0.95, 0.05] },
        borrowed: { history: [null, 8], scale: 0.5 },
        forecast: [null, 4],
      }),
    ).toMatchObject({
      historyFactors: [1, 2],
      lots: [{ quantity: 3, keeps: 1 }],
      openOrders: [{ quantity: 9, age: 0, due: 4 }],
      arrivals: [2, 6],
      elapsed: 0.5,
      leadTime: { shares: [0.95, 0.05] },
      borrowed: { history: [0, 8], inStock: [false, true], scale: 0.5, as: "like" },
      forecast: { points: [null, { mean: 4 }] },
    });
    expect(() => parsePlanInput({ history: [5], history_factors: [1, 2] })).toThrow("history_factors: has 2");
    expect(() => parsePlanInput({ arrivals: [5, 2] })).toThrow("arrivals: must ascend");
  });

  it("counts a null as a period that nobody recorded, and returns as no sales", () => {
    expect(parsePlanInput({ history: [4, null, -2] })).toMatchObject({
      history: [4, 0, 0],
      inStock: [true, false, true],
    });
  });

  it("takes a forecast's points as objects or as bare means", () => {
    expect(parsePlanInput({ forecast: { points: [5, { mean: 6, p90: 9 }] } }).forecast?.points).toEqual([
      { mean: 5 },
      { mean: 6, p90: 9 },
    ]);
  });

  it("takes a first line that begins with a byte order mark", async () => {
    const output = new PassThrough();
    await answerLines(Readable.from(['\uFEFF{"id":1}\r\n']), output, (value) => ({ echo: idOf(value) }), idOf);
    expect(String(output.read())).toBe('{"echo":1}\n');
  });

  it("turns a service level into a shortage cost", () => {
    const input = parsePlanInput({ costs: { holding: 1 }, service_level: 0.95 });
    expect(input.costs.shortage).toBeCloseTo(19, 9);
    expect(input.serviceLevel).toBe(0.95);
    expect(parsePlanInput({ costs: { shortage: 4 }, service_level: 0.95 })).toMatchObject({
      serviceLevel: null,
      costs: { shortage: 4 },
    });
  });

  it.each([
    [{ in_stock: [1], history: [1, 2] }, /in_stock: has 1 flags for 2 periods/u],
    [{ lead_time: { promised: -1 } }, /lead_time/u],
    [{ lead_time: "soon" }, /lead_time: expected periods, or \{ promised, observed \}/u],
    [{ forecast: "high" }, /forecast: expected points/u],
    [{ seasonal_profile: "profile.json" }, /seasonal_profile: expected 53 factors/u],
    [{ history_start: "June" }, /history_start/u],
    [{ history_start: "2026-02-31" }, /history_start: expected a date/u],
    [[], /JSON object/u],
  ])("names the field that is wrong: %j", (value, message) => {
    expect(() => parsePlanInput(value)).toThrow(message);
  });

  it("survives a reader that is slower than the plans", async () => {
    const output = new PassThrough({ highWaterMark: 16 });
    const input = new PassThrough();
    const run = answerLines(input, output, (value) => ({ echo: idOf(value) }), idOf);
    input.end(Array.from({ length: 50 }, (_, id) => JSON.stringify({ id })).join("\n"));
    const lines: string[] = [];
    for await (const chunk of output) {
      lines.push(...String(chunk).trim().split("\n"));
      if (lines.length === 50) break;
    }
    await run;
    expect(lines).toHaveLength(50);
  });
});
