/** What pages say about lists that are longer than they show at once. */
import { describe, expect, it } from "vitest";
import { InboxPage } from "../../src/ui/inbox/inbox-page.tsx";
import type { OpenRow } from "../../src/ui/inbox/question-table.tsx";
import { renderPage } from "../../src/ui/page-layout.tsx";
import { TodayPage, type DueOrder } from "../../src/ui/today/today-page.tsx";

const NOW = Date.parse("2040-01-16T10:00:00Z");
const session = { name: "Ken", csrf: "token" };

const questions = (count: number): OpenRow[] =>
  Array.from({ length: count }, (_, index) => ({
    workflowId: `wf-${index}`,
    revision: 1,
    storeId: "osaka",
    productId: `SKU-${index}`,
    shownAs: {},
    action: "restock",
    quantity: 10,
    confidence: 0.5,
    value: null,
    reason: "low_confidence",
    expiresAt: NOW + 1,
    onHand: 1,
    daysOfCover: null,
    soldOutOn: null,
    approvals: null,
  }));

function inbox(sort: string, nextHref: string | null): string {
  const groups = [{ title: null, rows: questions(3) }];
  const filter = { store: "", search: "", sort, group: "none" };
  return renderPage(
    InboxPage({ groups, stores: [], filter, nextHref, now: NOW, session, reader: "key:root", notice: null }),
  );
}

describe("the inbox", () => {
  it("says how many questions are open, and that only those shown are sorted where there are more", () => {
    const more = "3+ open questions: these 3 are sorted, and others with later deadlines are on the next page";
    expect(inbox("worth", "/inbox?cursor=x")).toContain(more);
    for (const all of [inbox("worth", null), inbox("deadline", "/inbox?cursor=x")]) {
      expect(all).toMatch(/>3\+? open questions<\/p>/);
      expect(all).not.toContain("are sorted");
    }
  });
});

describe("today", () => {
  const order: DueOrder = {
    href: "/orders/a",
    supplier: "Dairy",
    buyer: "Osaka",
    closes: "Mon 16 Jan, 14:00",
    value: "￥12",
    lines: 1,
    shortBy: null,
    orderBy: NOW + 1,
    waitsFor: null,
  };
  const today = (orders: number, waiting: number): string =>
    renderPage(
      TodayPage({
        isNew: false,
        faults: [],
        due: Array.from({ length: orders }, () => order),
        own: [],
        waiting: questions(waiting),
        moreWaiting: false,
        expired: [],
        short: [],
        uncounted: [],
        silent: [],
        mayReview: true,
        mayOrder: true,
        now: NOW,
        session,
      }),
    );

  it("leads past a list of orders to the questions, and to all orders where it names the first alone", () => {
    expect(today(4, 29)).toContain('<a href="#waits">29 questions wait for an answer</a>');
    expect(today(4, 1)).toContain('<a href="#waits">1 question waits for an answer</a>');
    for (const short of [today(3, 29), today(9, 0)]) expect(short).not.toContain('href="#waits"');
    expect(today(12, 0)).toContain("These close first.");
    expect(today(11, 0)).not.toContain("These close first.");
  });
});
