/** One store's questions flood nobody: beyond its share they wait in the inbox and in the next mail. */
import { env } from "cloudflare:workers";
import { reset, runInDurableObject } from "cloudflare:test";
import { afterEach, expect, it } from "vitest";
import { withinQuota } from "../../../src/item/effects/within-quota.ts";
import { isStillDue } from "../../../src/review/channel.ts";
import type { Deliverer } from "../../../src/review/deliverer.ts";
import { QuestionQuota, type Telling } from "../../../src/store/question-quota.ts";
import type { ReviewReason } from "../../../src/workflow/review.ts";
import { aDelivery, aReview, aWorkflow, HOUR_MS } from "../../support/builders/a-workflow.ts";
import { T0 } from "../support/item-life.ts";

afterEach(() => reset());

function withQuota(
  test: (
    ask: (n: number, reason: ReviewReason, now?: number, seq?: number) => Promise<Telling>,
    items: { count: number },
  ) => Promise<void>,
) {
  return () =>
    runInDurableObject(env.STORE.getByName("quota"), async (_, { storage }) => {
      const items = { count: 10 };
      const ask = (n: number, reason: ReviewReason, now = T0, seq = 1) =>
        new QuestionQuota(storage).mayTell(
          { schema: 1, storeId: "main", question: `${n}-${seq}/1`, reason },
          now,
          async () => items.count,
        );
      await test(ask, items);
    });
}

async function told(ask: (n: number) => Promise<Telling>, questions: number, from = 0): Promise<number> {
  let count = 0;
  for (let n = from; n < from + questions; n++) if ((await ask(n)) === true) count++;
  return count;
}

it(
  "of two hundred questions in an hour sixty make messages, also over restarts, and the next hour has its own",
  withQuota(async (ask) => {
    expect(await told((n) => ask(n, "plain_rule"), 200)).toBe(60);
    expect(await ask(3, "plain_rule")).toBe(true);
    expect(await ask(199, "plain_rule")).toBe(false);
    expect(await told((n) => ask(n, "plain_rule", T0 + HOUR_MS), 10, 200)).toBe(10);
  }),
);

it(
  "of one guard's code five a day make messages, or 2 % of the store's items",
  withQuota(async (ask, items) => {
    expect(await told((n) => ask(n, "stale_history"), 20)).toBe(5);
    expect(await told((n) => ask(n, "negative_stock"), 20, 100)).toBe(5);
    items.count = 1_000;
    expect(await told((n) => ask(n, "stale_history", T0 + HOUR_MS), 20, 200)).toBe(15);
    expect(await told((n) => ask(n, "stale_history", T0 + 25 * HOUR_MS), 20, 300)).toBe(20);
  }),
);

const nothingEarlier = () => ({ refs: [], unconfirmed: [] });

it("a question that makes no message has no reminder and no outcome in its place, but its webhooks", async () => {
  const reached: string[] = [];
  const deliverer: Deliverer = {
    plan: () => [],
    attempt: async (_workflow, delivery) => (reached.push(delivery.key), { ...delivery, status: "done" }),
  };
  const ask = aDelivery({ key: "ask", channel: "email", purpose: "ask", recipient: "ana@example.com", dueAt: T0 });
  const asked = aWorkflow({ review: aReview({ askedAt: T0, expiresAt: T0 + HOUR_MS }), deliveries: [ask] });
  const quiet = withinQuota(deliverer, async () => false);
  const after = await quiet.attempt(asked, ask, nothingEarlier, null, T0);
  expect(after).toMatchObject({ status: "dropped" });
  await quiet.attempt(
    asked,
    { ...ask, key: "opened", channel: "webhook", purpose: "opened" },
    nothingEarlier,
    null,
    T0,
  );
  expect(reached).toEqual(["opened"]);
  const workflow = { ...asked, deliveries: [after] };
  const isDue = (purpose: "remind" | "outcome" | "escalate") =>
    isStillDue({ workflow, delivery: { ...ask, purpose, revision: workflow.revision }, now: T0 });
  expect([isDue("remind"), isDue("outcome"), isDue("escalate")]).toEqual([false, false, false]);
  const unreachable = withinQuota(deliverer, () => Promise.reject(new Error("away")));
  expect(await unreachable.attempt(asked, ask, nothingEarlier, null, T0)).toMatchObject({ status: "done" });
});

it(
  "one item's next question waits until ten minutes after the last that was told, and other items do not",
  withQuota(async (ask) => {
    const minutes = (count: number): number => T0 + count * 60_000;
    expect(await ask(1, "plain_rule")).toBe(true);
    expect(await ask(1, "plain_rule", minutes(1), 2)).toBe(minutes(10));
    expect(await ask(1, "plain_rule", minutes(9), 3)).toBe(minutes(10));
    expect(await ask(11, "plain_rule", minutes(9))).toBe(true);
    expect(await ask(1, "plain_rule", minutes(10), 3)).toBe(true);
    expect(await ask(1, "plain_rule", minutes(11), 4)).toBe(minutes(20));
  }),
);

it(
  "a question that waits for its time is asked then, and nothing follows it before; a chat's message is edited " +
    "at once",
  async () => {
    const reached: string[] = [];
    const deliverer: Deliverer = {
      plan: () => [],
      attempt: async (_workflow, delivery) => (reached.push(delivery.key), { ...delivery, status: "done" }),
    };
    const later = T0 + 60_000;
    const mail = aDelivery({ key: "mail", channel: "email", purpose: "ask", recipient: "ana@example.com", dueAt: T0 });
    const chat = aDelivery({ key: "chat", channel: "slack", purpose: "ask", dueAt: T0 });
    const asked = aWorkflow({ review: aReview({ askedAt: T0, expiresAt: T0 + HOUR_MS }), deliveries: [mail, chat] });
    const soon = withinQuota(deliverer, async () => later);
    const waiting = await soon.attempt(asked, mail, nothingEarlier, null, T0);
    expect(waiting).toMatchObject({ status: "pending", attempts: 0, dueAt: later });
    const outcome = { ...mail, key: "outcome", purpose: "outcome" } as const;
    expect(isStillDue({ workflow: { ...asked, deliveries: [waiting, chat] }, delivery: outcome, now: T0 })).toBe(false);
    await soon.attempt(asked, chat, () => ({ refs: ["C:1"], unconfirmed: [] }), null, T0);
    expect(reached).toEqual(["chat"]);
  },
);
