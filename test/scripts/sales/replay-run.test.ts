import { afterEach, describe, expect, it } from "vitest";
import { runReplay, type ReplayResult } from "../../../scripts/lib/replay/replay-run.ts";
import { replayWindow } from "../../../scripts/lib/replay/replay-window.ts";
import { serviceClient } from "../../../scripts/lib/server/service-client.ts";
import { fakeStockwarden, type BrokenPromise, type FakeStockwarden } from "../../support/peers/fake-stockwarden.ts";

let server: FakeStockwarden | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

async function replayAgainst(broken: BrokenPromise): Promise<ReplayResult> {
  server = await fakeStockwarden(broken);
  const sales = {
    periodDays: 1,
    warnings: [],
    items: ["tea", "漢".repeat(27), "soap"].map((item, index) => ({
      item,
      start: "2026-01-01",
      units: Array.from({ length: 60 }, (_, day) => (day * 7 + index * 3) % 11),
      inStock: null,
    })),
  };
  return runReplay(serviceClient(server.url, "key"), replayWindow(sales, { items: 3, days: 20 }, "2026-03-10"), {
    storeId: "replay-test",
    leadTimeDays: 3,
    serviceLevel: 0.95,
    packSize: 1,
    safetyDays: 1,
    concurrency: 2,
    leaveSomeOpen: true,
    onDay: () => undefined,
  });
}

describe("a replay", () => {
  it("finds no fault in a server that keeps its promises, and accounts for every unit", async () => {
    const result = await replayAgainst("none");
    expect(result.faults).toEqual([]);
    expect(result.triggers).toBe(60);
    expect(result.repeats).toBe(3);
    expect(result.reviews.asked).toBe(result.reviews.approved + result.reviews.rejected + result.reviews.expired);
    expect(result.reviews.expired).toBeGreaterThan(0);
    for (const { totals, outstanding } of result.ledgers)
      expect(totals.unitsOrdered).toBe(totals.unitsReceived + outstanding);
  });

  it.each<[BrokenPromise, RegExp]>([
    ["forgets open orders", /^\[order not counted\] .*inventory position/u],
    ["decides repeats anew", /^\[repeat decided\] .*repeated post/u],
    ["loses a decision", /^\[decided otherwise\] .*still running/u],
    ["counts receipts twice", /^\[(order not counted|books differ)\] /u],
  ])("notices a server that %s", async (broken, fault) => {
    const { faults } = await replayAgainst(broken);
    expect(faults.filter((text) => fault.test(text))).not.toEqual([]);
  });
});
