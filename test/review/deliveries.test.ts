/** Proves I7. */
import { describe, expect, it } from "vitest";
import { deliveriesFor } from "../../src/review/meant-deliveries.ts";
import { isStillDue } from "../../src/review/channel.ts";
import { afterAttempt } from "../../src/review/after-attempt.ts";
import { aDelivery, aReview, aWorkflow, HOUR_MS, T0 } from "../support/builders/a-workflow.ts";
import { aStore } from "../world/builders.ts";
import { someSettings } from "./some-settings.ts";

const BOT = { SLACK_BOT_TOKEN: "t", SLACK_SIGNING_SECRET: "s", SLACK_CHANNEL: "C" };
const all = someSettings({
  ...BOT,
  WEBHOOK_URL: "https://hooks.example.com/x",
  WEBHOOK_SECRET: "w",
  REVIEW_ESCALATION_TO: "boss@example.com, ana@example.com",
});
const names = (deliveries: readonly { key: string }[]): string[] => deliveries.map(({ key }) => key);

describe("which deliveries a notice means", () => {
  it("asks each reviewer by mail and the channel in Slack, each under a key that says what it is", () => {
    expect(names(deliveriesFor({ purpose: "ask", revision: 1 }, aWorkflow(), all, T0))).toEqual([
      "wf-1/1/ask/email/ana@example.com",
      "wf-1/1/ask/email/ben@example.com",
      "wf-1/1/ask/slack",
    ]);
  });

  it("leaves what can wait to the morning's mail, and asks in Slack at once", () => {
    const world = { store: aStore({ reviewAt: 6 * 60, timeZone: "UTC" }), webhooks: [] };
    const lasting = aWorkflow({ review: aReview({ expiresAt: T0 + 48 * HOUR_MS }) });
    expect(names(deliveriesFor({ purpose: "ask", revision: 1 }, lasting, all, T0, world))).toEqual([
      "wf-1/1/ask/slack",
    ]);
    const short = aWorkflow({ review: aReview({ expiresAt: T0 + HOUR_MS / 2 }) });
    expect(names(deliveriesFor({ purpose: "ask", revision: 1 }, short, all, T0, world))).toHaveLength(3);
  });

  it("escalates to those of the second list who were not asked yet", () => {
    expect(names(deliveriesFor({ purpose: "escalate", revision: 1 }, aWorkflow(), all, T0))).toEqual([
      "wf-1/1/escalate/email/boss@example.com",
      "wf-1/1/escalate/slack",
    ]);
  });

  it("sends the outcome to those who were asked, escalation included, and to the webhook", () => {
    const workflow = aWorkflow({
      status: "completed",
      review: aReview({ status: "approved" }),
      deliveries: [
        aDelivery(),
        aDelivery({ recipient: "boss@example.com", purpose: "escalate" }),
        aDelivery({ purpose: "remind" }),
      ],
    });
    expect(names(deliveriesFor({ purpose: "outcome", revision: 1 }, workflow, all, T0))).toEqual([
      "wf-1/1/outcome/email/ana@example.com",
      "wf-1/1/outcome/email/boss@example.com",
      "wf-1/1/outcome/slack",
      "wf-1/1/decision/webhook",
    ]);
  });

  it.each([
    ["by their link", { principal: "link:ana@example.com" }],
    ["as a person of the roster, on any channel", { principal: "person:ana", address: "ana@example.com" }],
  ])("mails nobody their own answer, given %s", (_how, by) => {
    const deliveries = [aDelivery(), aDelivery({ recipient: "ben@example.com" })];
    const review = aReview({ status: "rejected", ...by });
    const workflow = aWorkflow({ status: "rejected", review, deliveries });
    expect(names(deliveriesFor({ purpose: "outcome", revision: 1 }, workflow, all, T0))).toEqual([
      "wf-1/1/outcome/email/ben@example.com",
      "wf-1/1/outcome/slack",
      "wf-1/1/decision/webhook",
    ]);
  });

  it("sends a decision that nobody was asked about to the webhook alone", () => {
    const workflow = aWorkflow({ status: "completed", review: null });
    expect(names(deliveriesFor({ purpose: "outcome", revision: 1 }, workflow, all, T0))).toEqual([
      "wf-1/1/decision/webhook",
    ]);
  });

  it("sends no webhook for a superseded workflow, which decided nothing", () => {
    const workflow = aWorkflow({ status: "superseded", review: aReview({ status: "superseded" }) });
    expect(names(deliveriesFor({ purpose: "outcome", revision: 1 }, workflow, all, T0))).not.toContain(
      "wf-1/1/decision/webhook",
    );
  });

  it("sends each endpoint the events that it asked for, and a question only where there was one", () => {
    const webhooks = [
      { webhookId: "erp", events: ["review.opened", "decision.completed"] },
      { webhookId: "bi", events: ["review.decided", "purchase_order.sent"] },
    ] as const;
    const none = { ...someSettings(), email: null };
    const planned = (purpose: "ask" | "remind" | "outcome", workflow = aWorkflow()): string[] =>
      names(deliveriesFor({ purpose, revision: 1 }, workflow, none, T0, { store: null, webhooks }));
    expect(planned("ask")).toEqual(["wf-1/1/opened/webhook/erp"]);
    expect(planned("remind")).toEqual([]);
    expect(planned("outcome", aWorkflow({ status: "completed", review: aReview({ status: "approved" }) }))).toEqual([
      "wf-1/1/decided/webhook/bi",
      "wf-1/1/decision/webhook/erp",
    ]);
    expect(planned("outcome", aWorkflow({ status: "completed", review: null }))).toEqual([
      "wf-1/1/decision/webhook/erp",
    ]);
    expect(planned("outcome", aWorkflow({ status: "superseded" }))).toEqual([]);
  });

  it("does not mail about updated facts, and edits Slack only where a bot can", () => {
    expect(names(deliveriesFor({ purpose: "facts_updated", revision: 1 }, aWorkflow(), all, T0))).toEqual([
      "wf-1/1/facts_updated/slack",
    ]);
    const webhookOnly = someSettings({ SLACK_WEBHOOK_URL: "https://hooks.slack.com/services/x" });
    expect(deliveriesFor({ purpose: "facts_updated", revision: 1 }, aWorkflow(), webhookOnly, T0)).toEqual([]);
  });

  it("means nothing where no channel is set", () => {
    const none = { ...someSettings(), email: null };
    expect(deliveriesFor({ purpose: "ask", revision: 1 }, aWorkflow(), none, T0)).toEqual([]);
  });
});

describe("a delivery acts on present truth", () => {
  it("asks only while the question is open, as it was planned", () => {
    const due = (workflow = aWorkflow(), now = T0) => isStillDue({ workflow, delivery: aDelivery(), now });
    expect(due()).toBe(true);
    expect(due(aWorkflow({ status: "completed" }))).toBe(false);
    expect(due(aWorkflow({ revision: 2 }))).toBe(false);
    expect(due(aWorkflow(), T0 + 4 * HOUR_MS)).toBe(false);
  });

  it("does not remind of a question that is only now on its way to the same person", () => {
    const remind = aDelivery({ purpose: "remind" });
    const due = (ask: Partial<ReturnType<typeof aDelivery>>) =>
      isStillDue({ workflow: aWorkflow({ deliveries: [aDelivery(ask), remind] }), delivery: remind, now: T0 });
    expect(due({ status: "pending" })).toBe(false);
    expect(due({ status: "done" })).toBe(true);
    expect(due({ status: "parked" })).toBe(true);
    expect(due({ status: "pending", recipient: "ben@example.com" })).toBe(true);
  });

  it("sends an outcome whenever it is due", () => {
    expect(
      isStillDue({
        workflow: aWorkflow({ status: "expired" }),
        delivery: aDelivery({ purpose: "outcome" }),
        now: T0 + 99 * HOUR_MS,
      }),
    ).toBe(true);
  });
});

describe("after an attempt", () => {
  it("keeps what the channel gave back", () => {
    expect(afterAttempt(aDelivery({ error: "before" }), { ok: true, ref: "C:1" }, T0, 0)).toEqual({
      ...aDelivery(),
      status: "done",
      attempts: 1,
      ref: "C:1",
    });
  });

  it("comes back later after a passing failure, and is parked after a lasting one", () => {
    expect(afterAttempt(aDelivery(), { ok: false, retry: true, error: "503" }, T0, 0)).toMatchObject({
      status: "pending",
      attempts: 1,
      dueAt: T0 + 5_000,
      error: "503",
    });
    expect(afterAttempt(aDelivery(), { ok: false, retry: false, error: "no such address" }, T0, 0)).toMatchObject({
      status: "parked",
      error: "no such address",
    });
  });

  it("is parked after the last attempt of the schedule", () => {
    expect(afterAttempt(aDelivery({ attempts: 10 }), { ok: false, retry: true, error: "503" }, T0, 0).status).toBe(
      "parked",
    );
  });
});
