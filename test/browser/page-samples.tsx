/** @jsxImportSource hono/jsx */
/** Every page in every state, from plain values: looked at as screenshots and checked by axe. */
import type { ChartData } from "../../src/review/chart-data.ts";
import { outcomeOf } from "../../src/review/question-outcome.ts";
import { questionOf } from "../../src/review/question.ts";
import type { EarlierDecision } from "../../src/ui/earlier-decisions.tsx";
import { ResultPage, SecondLookPage } from "../../src/ui/inbox/bulk-page.tsx";
import { HistoryPage } from "../../src/ui/inbox/history-page.tsx";
import { InboxPage } from "../../src/ui/inbox/inbox-page.tsx";
import type { OpenRow } from "../../src/ui/inbox/question-table.tsx";
import { DecisionPage } from "../../src/ui/today/decision-page.tsx";
import { ItemsPage } from "../../src/ui/today/items-page.tsx";
import { StorePage } from "../../src/ui/today/store-page.tsx";
import type { ItemRow } from "../../src/ui/today/item-row.ts";
import { TodayPage } from "../../src/ui/today/today-page.tsx";
import { WelcomePage } from "../../src/ui/today/welcome-page.tsx";
import { SignInPage } from "../../src/ui/sign-in-page.tsx";
import { ItemPage } from "../../src/ui/item-page.tsx";
import { BROOM, ORDER_SAMPLES } from "./order-samples.tsx";
import { renderPage } from "../../src/ui/page-layout.tsx";
import { MessagePage } from "../../src/ui/message-page.tsx";
import { ReviewPage, type ReviewPageProps } from "../../src/ui/review/review-page.tsx";
import type { Workflow } from "../../src/workflow/types/workflow.ts";
import { aDecision, aReview, aSnapshot, aWorkflow, HOUR_MS, T0 } from "../support/builders/a-workflow.ts";
import { aStore } from "../world/builders.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const NOW = T0 + 1.3 * HOUR_MS;
const TODAY = Math.floor(T0 / DAY_MS);
const session = { name: "root", csrf: "csrf-token" };

const demand = [7, 9, 6, 8, 11, 14, 5, 6, 8, 9, 7, 12, 15, 6, 7, 9, 0, 3, 12, 16, 8, 9, 8, 11, 9, 14, 18, 9].map(
  (units, index, all) => ({
    day: TODAY - (all.length - index),
    units,
    inStock: index !== 16 && index !== 17,
  }),
);

function band(quantity: number, label: string) {
  return {
    label,
    quantity,
    lasting: {
      quantity,
      soldOutOn: TODAY + 4,
      lastsUntil: quantity > 0 ? TODAY + 7 + Math.floor(quantity / 9) : TODAY + 4,
      arrivesOn: TODAY + 7,
      isEmpty: false,
    },
    days: Array.from({ length: 21 }, (_, day) => {
      const mean =
        12 - 8.2 * (day + 1) + (day >= 3 ? 24 : 0) + (day >= 7 ? quantity : 0) + (day > 4 && day < 8 ? 12 : 0);
      const spread = 5 * Math.sqrt(day + 1);
      return { p10: Math.max(0, mean - spread), p50: Math.max(0, mean), p90: Math.max(0, mean + spread) };
    }),
  };
}

export { NOW };
const chart: ChartData = {
  today: TODAY,
  onHand: 12,
  safetyStock: 40,
  arrivalDay: 7,
  demand,
  approve: band(120, "Approve 120"),
  reject: band(0, "Reject (order nothing)"),
  tried: null,
};

const anEarlier = { onHand: 22, how: "the plan", isExpired: false, href: "/decisions/wf-0" };
const earlier: EarlierDecision[] = [
  { ...anEarlier, at: T0 - 3 * DAY_MS, ordered: 0, confidence: 0.81, onHand: 38 },
  { ...anEarlier, at: T0 - 5 * DAY_MS, ordered: 0, confidence: null, how: "nobody answered", isExpired: true },
  { ...anEarlier, at: T0 - 9 * DAY_MS, ordered: 96, confidence: 0.52, how: "approved by ana@example.com" },
  { ...anEarlier, at: T0 - 18 * DAY_MS, ordered: 108, confidence: 0.77 },
];

function review(workflow: Workflow, change: Partial<ReviewPageProps> = {}): string {
  const question = questionOf(workflow, "hold")!;
  const outcome = outcomeOf(workflow, NOW);
  return renderPage(
    <ReviewPage
      question={question}
      outcome={outcome}
      form={
        outcome === null
          ? {
              action: "/review/token",
              csrf: null,
              quantity: String(question.quantity),
              tried: null,
              comment: "",
              quantityError: null,
              extendMs: 2 * HOUR_MS,
              as: "ana@example.com",
              approved: null,
              limit: null,
            }
          : null
      }
      whyNot={null}
      notice={null}
      chart={outcome === null ? chart : null}
      usual={{ onHand: 22, order: 108 }}
      earlier={earlier}
      now={NOW}
      {...change}
    />,
  );
}

const decided = (status: "approved" | "modified" | "rejected" | "expired" | "superseded", quantity: number) =>
  aWorkflow({
    recommendation: { action: "restock", quantity: 120, confidence: 0.46 },
    status: status === "approved" || status === "modified" ? "completed" : status,
    decision: aDecision({ quantity, action: quantity > 0 ? "restock" : "hold", decidedBy: "human" }),
    review: aReview({
      status,
      decidedAt: T0 + HOUR_MS,
      decidedBy: "ben@example.com",
      channel: "slack",
      comment: status === "rejected" ? "The festival was cancelled." : null,
    }),
  });

const question = aWorkflow({
  snapshot: aSnapshot({ notes: "Festival on Saturday <b>next door</b>" }),
  decision: aDecision({
    modelWords: "The note mentions a festival, so demand on Saturday may double.",
    decidedBy: "llm",
  }),
  review: aReview({
    reasons: ["low_confidence", "value_above_cap"],
    approvalsNeeded: 2,
    approvals: [
      { actor: { principal: "p", label: "ben@example.com", channel: "link" }, kind: "approve", quantity: 120, at: T0 },
    ],
  }),
});

const rows: OpenRow[] = [
  {
    workflowId: "wf-1",
    revision: 1,
    storeId: "tokyo-3",
    productId: "GREEN-TEA-500",
    shownAs: { name: "緑茶 Green tea 500 g", store: "Tokyo 3", supplier: "Uji Tea", currency: "JPY", locale: "ja-JP" },
    onHand: 12,
    daysOfCover: 1.46,
    soldOutOn: TODAY + 1,
    approvals: { given: 1, needed: 2 },
    action: "restock",
    quantity: 120,
    confidence: 0.46,
    value: 420,
    reason: "low_confidence",
    expiresAt: NOW + 0.4 * HOUR_MS,
  },
  {
    workflowId: "wf-2",
    revision: 2,
    storeId: "osaka-1",
    productId: "RICE-CRACKER",
    shownAs: {},
    onHand: 0,
    daysOfCover: null,
    soldOutOn: null,
    approvals: null,
    action: "restock",
    quantity: 48,
    confidence: 0.5,
    value: null,
    reason: "plain_rule",
    expiresAt: NOW + 2.5 * HOUR_MS,
  },
  {
    workflowId: "wf-3",
    revision: 1,
    storeId: "main",
    productId: "A-VERY-LONG-PRODUCT-CODE-WITH-MANY-PARTS-0123456789",
    shownAs: { name: "Sourdough crackers with rosemary and sea salt, gift box" },
    onHand: 1_040,
    daysOfCover: 96.2,
    soldOutOn: TODAY + 96,
    approvals: null,
    action: "hold",
    quantity: 0,
    confidence: 0.55,
    value: 0,
    reason: "world_moved",
    expiresAt: NOW + 3.8 * HOUR_MS,
  },
];
const items: ItemRow[] = [
  {
    storeId: "tokyo-3",
    productId: "GREEN-TEA-500",
    name: "緑茶 Green tea 500 g",
    gtin: "4006381333931",
    supplierId: "uji-tea",
    salesThrough: TODAY - 1,
    countedAt: T0,
    soldOutOn: TODAY + 1,
    arrivesOn: TODAY + 3,
    storeFacts: { name: "Tokyo 3", locale: "ja-JP", timeZone: "Asia/Tokyo" },
  },
  {
    storeId: "main",
    productId: "RICE",
    name: null,
    gtin: null,
    supplierId: null,
    salesThrough: null,
    countedAt: null,
    soldOutOn: null,
    arrivesOn: null,
    storeFacts: null,
  },
];
const stores = [
  { storeId: "main", name: null },
  { storeId: "osaka-1", name: null },
  { storeId: "tokyo-3", name: "Tokyo 3" },
];
const noFilter = { store: "", search: "", sort: "deadline", group: "none" };

export const SAMPLES: Readonly<Record<string, () => string>> = {
  ...ORDER_SAMPLES,
  "review-open": () => review(aWorkflow()),
  "review-two-people-model-words": () => review(question),
  "review-ask-a-colleague": () =>
    review(aWorkflow(), {
      ask: {
        action: "/review/token",
        csrf: null,
        colleagues: [
          { personId: "ben", name: "Ben Okafor" },
          { personId: "cleo", name: "Cleo" },
        ],
      },
      linkOf: { name: "Ana Silva", action: "/review/token" },
    }),
  "review-tried-quantity": () => review(aWorkflow(), { chart: { ...chart, tried: band(60, "Order 60") } }),
  "review-bad-quantity": () =>
    review(aWorkflow(), {
      form: {
        action: "/review/token",
        csrf: null,
        quantity: "50",
        tried: 50,
        comment: "less is enough",
        quantityError: "It must be a multiple of the pack size of 12.",
        extendMs: 0,
        as: "ana@example.com",
        approved: null,
        limit: null,
      },
    }),
  "review-above-limit": () =>
    review(aWorkflow(), {
      form: {
        action: "/review/token",
        csrf: null,
        quantity: "120",
        tried: null,
        comment: "",
        quantityError: null,
        extendMs: 0,
        as: "ana@example.com",
        approved: null,
        limit: { most: 96, whyNot: "Above your limit of €40.00" },
      },
    }),
  "review-hold": () =>
    review(aWorkflow({ decision: aDecision({ action: "hold", quantity: 0, rationale: "Open orders cover it." }) })),
  "review-look-only": () =>
    review(aWorkflow(), {
      form: null,
      whyNot:
        "This link shows the question but does not answer it. Answer with the buttons in Slack, or sign in to " +
        "the inbox.",
    }),
  "review-just-approved": () =>
    review(decided("approved", 120), {
      notice: { tone: "green", title: "Thank you, recorded", text: "120 will be ordered." },
      after: {
        next: null,
        mailNext: { action: "/review/token", step: "mail_next" },
        itemHref: "/items/tokyo-3/GREEN-TEA-500",
        orderHref: null,
        press: null,
      },
    }),
  "review-rejected": () =>
    review(decided("rejected", 0), {
      after: {
        next: { href: "/inbox/reviews/wf-2", title: "Order 48 of RICE-CRACKER for osaka-1?" },
        mailNext: null,
        itemHref: "/items/tokyo-3/GREEN-TEA-500",
        orderHref: null,
        press: {
          label: "Take it back",
          action: "/decisions/wf-1/take-back",
          csrf: "csrf-token",
          step: "take_back",
          says: "You are asked again, and nothing is ordered before you answer.",
        },
      },
    }),
  "review-modified": () => review(decided("modified", 96)),
  "review-expired": () =>
    review(decided("expired", 0), {
      after: { next: null, mailNext: null, itemHref: null, orderHref: "/inbox/reviews/wf-1", press: null },
    }),
  "review-superseded": () => review(decided("superseded", 0)),
  "sign-in-mailed": () =>
    renderPage(
      <MessagePage
        title="Look into your mail"
        lines={["If this address belongs to somebody here, a link is on its way. It is good once, for 15 minutes."]}
        next={{ href: "/orders", title: "Go on" }}
      />,
    ),
  "wrong-link": () =>
    renderPage(
      <MessagePage
        title="This link does not work"
        lines={[
          "It may have been cut off when it was copied, or it was signed too long ago.",
          "Open the newest message about the item, or look in the inbox.",
        ]}
      />,
    ),
  inbox: () =>
    renderPage(
      <InboxPage
        groups={[{ title: null, rows }]}
        stores={stores}
        filter={noFilter}
        nextHref={null}
        now={NOW}
        session={session}
        reader="key:root"
        notice={null}
      />,
    ),
  "inbox-empty": () =>
    renderPage(
      <InboxPage
        groups={[]}
        stores={stores}
        filter={noFilter}
        nextHref={null}
        now={NOW}
        session={session}
        reader="key:root"
        notice={null}
      />,
    ),
  "inbox-nothing-matches": () =>
    renderPage(
      <InboxPage
        groups={[]}
        stores={stores}
        filter={{ store: "", search: "zzz" }}
        nextHref={null}
        now={NOW}
        session={session}
        reader="key:root"
        notice={null}
      />,
    ),
  "inbox-second-look": () =>
    renderPage(
      <SecondLookPage
        rows={rows.map((row, index) => ({
          ...row,
          typed: index === 1 ? 60 : null,
          problem: index === 2 ? '"many" is no quantity.' : null,
          href: "/inbox/reviews/wf-1?quantity=many",
        }))}
        gone={1}
        reader="key:root"
        back="/inbox?group=store"
        decision="approve"
        session={session}
      />,
    ),
  "inbox-answered": () =>
    renderPage(
      <ResultPage
        session={session}
        title="1 of 2 approved"
        back={{ href: "/inbox", title: "Back to the inbox" }}
        results={[
          {
            name: "Green tea 500 g for Tokyo",
            href: "/inbox/reviews/wf-1",
            ok: true,
            text: "approved, 120 will be ordered",
          },
          {
            name: "RICE-CRACKER for osaka-1",
            href: "/inbox/reviews/wf-2",
            ok: false,
            text: "was already rejected by ben@example.com",
          },
        ]}
      />,
    ),
  "inbox-history": () =>
    renderPage(
      <HistoryPage
        rows={[
          {
            workflowId: "wf-9",
            storeId: "tokyo-3",
            productId: "GREEN-TEA-500",
            shownAs: { name: "Green tea 500 g" },
            outcome: "approved",
            quantity: 96,
            by: "ana@example.com",
            channel: "link",
            at: T0 - DAY_MS,
          },
          {
            workflowId: "wf-8",
            storeId: "main",
            productId: "RICE-CRACKER",
            shownAs: {},
            outcome: "expired",
            quantity: 0,
            by: null,
            channel: "expiry",
            at: T0 - 2 * DAY_MS,
          },
        ]}
        stores={stores}
        filter={noFilter}
        nextHref="/inbox?show=history&cursor=x"
        now={NOW}
        session={session}
      />,
    ),
  welcome: () => renderPage(<WelcomePage byMail />),
  today: () =>
    renderPage(
      <TodayPage
        isNew={false}
        own={Array.from({ length: 13 }, (_, at) => ({ ...BROOM, workflowId: `wf-${at}` }))}
        faults={[
          {
            storeId: "main",
            text: "In the last 24 hours 2 of the shop's deliveries failed, the last since TEA has no safety stock.",
          },
        ]}
        due={[
          {
            href: "/orders/po-1",
            supplier: "Uji Tea",
            buyer: "Tokyo 3",
            closes: "Mon 16 Jan, 11:00 GMT+9",
            value: "￥48,200",
            lines: 7,
            shortBy: "￥1,800",
            orderBy: NOW + 2 * HOUR_MS,
            waitsFor: "Aiko or Ben",
          },
        ]}
        waiting={rows}
        moreWaiting={false}
        expired={[
          {
            workflowId: "wf-7",
            storeId: "main",
            productId: "OAT-BAR",
            shownAs: { name: "Oat bar" },
            asked: 36,
            at: T0,
          },
        ]}
        short={items.slice(0, 1)}
        uncounted={items.slice(1)}
        silent={[{ ...items[0]!, productId: "UMBRELLA", name: "Umbrella, folding", salesThrough: TODAY - 9 }]}
        mayReview
        mayOrder
        now={NOW}
        session={session}
      />,
    ),
  "today-new": () =>
    renderPage(
      <TodayPage
        isNew
        {...{ faults: [], due: [], own: [], waiting: [], expired: [], short: [], uncounted: [], silent: [] }}
        moreWaiting={false}
        mayReview
        mayOrder
        now={NOW}
        session={session}
      />,
    ),
  items: () =>
    renderPage(
      <ItemsPage
        rows={items}
        stores={stores}
        filter={{ store: "", search: "", show: "" }}
        supplierNames={new Map([["uji-tea", "Lebensmittelgroßhandelsgesellschaft mbH"]])}
        now={NOW}
        nextHref="/items?after=x"
        session={session}
      />,
    ),
  store: () =>
    renderPage(
      <StorePage
        storeId="tokyo-3"
        store={aStore({ storeId: "tokyo-3", name: "Tokyo three", reviewers: ["bob"] })}
        suppliers={[]}
        events={[]}
        season={null}
        now={NOW}
        warnings={["reviewers: bob: no person who sees this store, so not asked, and REVIEW_EMAIL_TO is asked instead"]}
        session={session}
      />,
    ),
  decision: () =>
    renderPage(
      <DecisionPage
        workflow={aWorkflow()}
        sum={questionOf(aWorkflow(), "hold")!.sum}
        steps={[{ what: "received", detail: "12 on hand", actor: "till", at: T0 }]}
        now={NOW}
        session={session}
      />,
    ),
  "sign-in": () => renderPage(<SignInPage error={null} next="/inbox" byMail />),
  "sign-in-refused": () =>
    renderPage(<SignInPage isOver error="This key is not known, has ended, or may not review." next="/inbox" byMail />),
  item: () =>
    renderPage(
      <ItemPage
        now={NOW}
        storeId="tokyo-3"
        productId="GREEN-TEA-500"
        shownAs={{ name: "Green tea 500 g", supplier: "Uji Tea" }}
        lasting="Without an order it lasts to Fri 20 Jan."
        stock={{ ...questionOf(aWorkflow(), "hold")!.stock, receivedSince: 6 }}
        countedAt={T0}
        usual={{ onHand: 22, order: 108 }}
        chart={chart}
        season={{
          now: "Week 3 of the year: 0.82 times the usual",
          atArrival: "Week 4 of the year: 1.3 times the usual",
          from: "learned from 412 items, 130 weeks",
        }}
        openOrders={[{ quantity: 24, how: "placed Sun 25 Feb by Ana, number 4711", expected: "Sun 4 Mar" }]}
        decisions={earlier}
        warnings={["supplier_id: bean is not a known supplier, so it counts as none"]}
        confidenceRecord={[
          { label: "60 % and more", decisions: 14, asked: 0, approvedAsAsked: 0 },
          { label: "under 60 %", decisions: 3, asked: 3, approvedAsAsked: 2 },
        ]}
        outcomes={{ scored: 41, claimed: 0.86, right: 0.88 }}
        openQuestion={{ href: "/inbox/reviews/wf-1", title: "Order 120?" }}
        settings={{
          action: "/items/tokyo-3/GREEN-TEA-500/settings",
          stored: { supplier_id: "uji-tea", pack_size: 12, unit_cost: 3.5 },
          csrf: "token",
        }}
        session={session}
      />,
    ),
};

/** What each route that answers with a page can show; a POST shows again what its GET does. */
export const SAMPLES_OF: Readonly<Record<string, readonly (keyof typeof SAMPLES)[]>> = {
  "/": ["welcome", "today", "today-new"],
  "/docs": ["docs"],
  "/items": ["items"],
  "/items/:store_id/:product_id": ["item"],
  "/items/:store_id/:product_id/ask-again": ["wrong-link"],
  "/items/:store_id/:product_id/settings": ["wrong-link"],
  "/decisions/:workflow_id": ["decision"],
  "/decisions/:workflow_id/take-back": ["wrong-link"],
  "/stores/:store_id": ["store"],
  "/review/:token": ["review-open", "review-look-only", "review-just-approved", "review-expired", "wrong-link"],
  "/inbox": ["inbox", "inbox-empty", "inbox-history", "sign-in"],
  "/inbox/sign-in": ["sign-in-refused"],
  "/inbox/sign-out": ["sign-in"],
  "/sign-in": ["sign-in-mailed"],
  "/sign-in/:link": ["sign-in-link", "wrong-link"],
  "/inbox/approve": ["inbox-second-look", "inbox-answered"],
  "/inbox/reviews/:workflow_id": ["review-open", "review-bad-quantity", "review-above-limit", "review-rejected"],
  "/orders": ["orders"],
  "/orders/:po_id": ["order", "order-wrong-quantity", "order-sent"],
  "/orders/:po_id/:file": ["wrong-link"],
  "/order-link/:token": ["order-link-look-only", "order"],
  "/import": ["import"],
};
