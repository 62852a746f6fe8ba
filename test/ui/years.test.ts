import { expect, it } from "vitest";
import { DAY_MS } from "../../src/shared/durations.ts";
import { EarlierDecisions } from "../../src/ui/earlier-decisions.tsx";
import { StorePage } from "../../src/ui/today/store-page.tsx";
import { formatsOf } from "../../src/shared/formats.ts";
import type { EventFacts } from "../../src/world/types.ts";
import { aStore } from "../world/builders.ts";

const TODAY = Date.UTC(2040, 10, 30) / DAY_MS;
const now = TODAY * DAY_MS;
const textOf = (page: unknown): string => String(page).replaceAll(/<[^>]+>/g, "");

it("events of next year and closed days of last year have it on the page of a store", () => {
  const event = { eventId: "black", name: "Black Friday", factor: 3 } as EventFacts;
  const text = textOf(
    StorePage({
      storeId: "main",
      store: aStore({
        closed: [
          { from: TODAY - 340, to: TODAY - 340 },
          { from: TODAY + 25, to: TODAY + 26 },
        ],
      }),
      suppliers: [],
      events: [
        { ...event, from: TODAY + 1, to: TODAY + 3 },
        { ...event, from: TODAY + 361, to: TODAY + 364 },
      ],
      season: null,
      warnings: [],
      now,
      session: { name: "Ken", csrf: "token" },
    }),
  );
  for (const days of [
    "Mon 26 Dec 2039, Tue 25 Dec to Wed 26 Dec",
    "Sat 1 Dec to Mon 3 Dec, 3 times",
    "Tue 26 Nov 2041 to Fri 29 Nov 2041, 3 times",
  ])
    expect(text).toContain(days);
});

it("decisions of last year have it among those of an item", () => {
  const made = { ordered: 0, confidence: 0.9, onHand: 3, how: "plan", isExpired: false, href: null };
  const decisions = [1, 370].map((days) => ({ ...made, at: now - days * DAY_MS }));
  const text = textOf(EarlierDecisions({ decisions, label: "Decisions", formats: formatsOf({}), now }));
  expect(text).toContain("Thu 29 Nov, 00:00");
  expect(text).toContain("Sat 26 Nov 2039, 00:00");
});
