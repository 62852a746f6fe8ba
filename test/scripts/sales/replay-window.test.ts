import { describe, expect, it } from "vitest";
import { replayWindow } from "../../../scripts/lib/replay/replay-window.ts";
import type { Sales } from "../../../scripts/lib/import/sales-file.ts";

function sales(items: Partial<Sales["items"][number]>[], periodDays = 1): Sales {
  return {
    periodDays,
    warnings: [],
    items: items.map((item, index) => ({
      item: `item-${index}`,
      start: "2026-01-01",
      units: [],
      inStock: null,
      ...item,
    })),
  };
}

describe("the window of a replay", () => {
  it("is the file's last days, with everything before as history", () => {
    const window = replayWindow(sales([{ units: [1, 2, 3, 4, 5] }]), { items: 1, days: 2 }, "2026-01-06");
    expect(window).toMatchObject({ dates: ["2026-01-04", "2026-01-05"], movedDays: 0 });
    expect(window.items[0]).toMatchObject({ demand: [4, 5], dailyMean: 2 });
    expect(window.items[0]?.history).toEqual(["2026-01-01,1,1", "2026-01-02,2,1", "2026-01-03,3,1"]);
  });

  it("moves old dates by whole weeks, so that weekdays stay and the end is recent", () => {
    const { dates, movedDays } = replayWindow(sales([{ units: [1, 2, 3] }]), { items: 1, days: 1 }, "2026-03-01");
    expect(movedDays % 7).toBe(0);
    expect(new Date(`${dates[0]}`).getUTCDay()).toBe(new Date("2026-01-03").getUTCDay());
    const daysAgo = (Date.parse("2026-03-01") - Date.parse(`${dates[0]}`)) / 86_400_000;
    expect(daysAgo).toBeGreaterThanOrEqual(1);
    expect(daysAgo).toBeLessThanOrEqual(7);
  });

  it("marks days without stock or without a record as censored", () => {
    const { items } = replayWindow(
      sales([{ units: [4, null, 6, 9], inStock: [false, true, true, true] }]),
      { items: 1, days: 1 },
      "2026-01-05",
    );
    expect(items[0]?.history).toEqual(["2026-01-01,4,0", "2026-01-02,0,0", "2026-01-03,6,1"]);
  });

  it("gives an item that started within the window no history, and no demand before it existed", () => {
    const { items } = replayWindow(
      sales([{ units: [1, 1, 1, 1, 1] }, { start: "2026-01-04", units: [7, 8] }]),
      { items: 2, days: 3 },
      "2026-01-06",
    );
    expect(items[1]).toMatchObject({ history: [], demand: [0, 7, 8], dailyMean: 0 });
  });

  it.each([
    ["sales per week", sales([{ units: [1, 2, 3] }], 7), /plays days/u],
    ["no dates", sales([{ start: null, units: [1, 2, 3] }]), /needs dates/u],
    ["no history before the window", sales([{ units: [1, 2] }]), /no history/u],
  ])("refuses %s and says why", (_, file, message) => {
    expect(() => replayWindow(file, { items: 1, days: 2 }, "2026-01-05")).toThrow(message);
  });
});
